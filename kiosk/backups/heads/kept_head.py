"""A head of the log that was kept outside of it: as an administrator states it, one by one or in a file.

Rule: whatever the program prints a head in can be kept as it is: a hash alone, POSITION:HASH, POSITION:CODE as the
entrance shows it, or the JSON of `kiosk verify`, of `kiosk backup`, of `kiosk reconcile`, of a report and of a backup.
"""

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast
from uuid import UUID

import msgspec

from domain.log.chain import Head
from domain.log.checkpoint import ProvedHead
from kiosk.errors import UserError
from kiosk.text.short_codes import parse_code
from kiosk.words.errors import HeadText
from kiosk.words.heads import SignedHeadText

LARGEST_FILE = 2**20
"""Bytes of a file of heads: fourteen thousand of them."""
LONGEST_POSITION = 19
"""Digits."""
_WRITTEN = re.compile(r"(?:#?([0-9]{1,19}):)?([0-9a-fA-F]{64})")
"""POSITION:HASH, or HASH; the entrance writes # before a position."""
_TYPED = re.compile(r"(#?[0-9]+:.*|[0-9a-fA-F]{32,})?")
"""What a person meant so, with digits that are missing; no text at all, of a script without a value."""
_REMARK = re.compile(r"\s*#(?!\d+[:\uff1a])")
"""How a line begins that is no head: behind the # stands no number with a colon, as the entrance shows a head."""


class KeptHead(NamedTuple):
    """A head, and where it was seen."""

    chain: bytes
    source: str
    """A path, a path with a line or a row, or an option: for people."""
    position: int | None = None
    """Of the event that it ends with; None where only the hash was kept."""
    log_id: UUID | None = None
    """The name of the log then; None where it was not kept."""
    proved: ProvedHead | None = None
    """The signed note that it stands in; None where it was kept otherwise."""

    code: str | None = None
    """The short code of the hash, where that alone was kept, as the entrance shows it; then `chain` is empty."""

    @property
    def head(self) -> Head | None:
        """Position and hash; None where only one of them was kept."""
        return None if self.position is None or self.code else Head(self.position, self.chain)


def is_meant_as_head(text: str) -> bool:
    """Whether a text is a head as it is typed, right or not, and not the path of a file."""
    return _TYPED.fullmatch(text.strip()) is not None


def parse_head(text: str, source: str) -> KeptHead:
    """A head as it was typed. Raises: UserError."""
    if coded := _parse_coded(text, source):
        return coded
    if (written := _WRITTEN.fullmatch(text.strip())) is None:
        raise UserError(HeadText.NOT_A_HEAD.fill(source=source))
    position, chain = written.groups()
    return KeptHead(bytes.fromhex(chain), source, None if position is None else int(position))


def _parse_coded(text: str, source: str) -> KeptHead | None:
    """POSITION:CODE, as the entrance shows it after a tap; None for any other text."""
    position, _, code = text.strip().removeprefix("#").partition(":")
    typed = parse_code(code)
    if typed is None or not (position.isascii() and position.isdigit() and len(position) <= LONGEST_POSITION):
        return None
    return KeptHead(b"", source, int(position), code=typed)


def read_heads_file(path: Path) -> tuple[list[KeptHead], list[str]]:
    """The heads in a file: one a line, blank lines and remarks left out; or JSON. Also which line is no head.

    Raises: UserError, where the file cannot be read, or names nothing.
    """
    text, heads, unread = _read_text(path), list[KeptHead](), list[str]()
    rows = _decode_rows(text)
    for piece, source in _list_lines(text, path) if rows is None else _list_rows(rows, str(path)):
        try:
            heads += _parse_piece(piece, source)
        except UserError as bad:
            unread.append(str(bad))
    if not (heads or unread):
        raise UserError(HeadText.NO_HEAD_IN_FILE.fill(path=path))
    return heads, unread


def _read_text(path: Path) -> str:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST_FILE:
            raise UserError(HeadText.NOT_A_FILE_OF_HEADS.fill(path=path))
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(HeadText.CANNOT_READ.fill(path=path, strerror=error.strerror)) from None
    except ValueError:
        raise UserError(HeadText.NOT_A_FILE_OF_HEADS.fill(path=path)) from None


def _list_lines(text: str, path: Path) -> Iterator[tuple[str, str]]:
    """Each line that says something, and where it stands."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not _REMARK.match(line):
            yield line, f"{path}:{number}"


def _parse_piece(piece: str | dict[str, Any], source: str) -> list[KeptHead]:
    """The heads of a line, or of an object of JSON. Raises: UserError."""
    if not isinstance(piece, str):
        return [_parse_object(piece, source)]
    if rows := _decode_rows(piece):
        return [_parse_object(row, its_source) for row, its_source in _list_rows(rows, source)]
    return [parse_head(piece.split(maxsplit=1)[0], source)]


# --- The JSON of this program ---


def _decode_rows(text: str) -> list[dict[str, Any]] | None:
    """One object or a list of them; None where the text is something else."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    rows = cast("list[Any]", found) if isinstance(found, list) else [found]
    return rows if all(isinstance(row, dict) for row in rows) else None


def _list_rows(rows: list[dict[str, Any]], source: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Each object, and where it stands; of several by its number."""
    for number, row in enumerate(rows, 1):
        yield row, SignedHeadText.ROW.fill(source=source, row=number) if len(rows) > 1 else source


def _parse_object(row: dict[str, Any], source: str) -> KeptHead:
    """A head without a position, or with one that is null, is a hash alone; any other is a whole number."""
    chain, position = row.get("chain", row.get("head")), row.get("position", row.get("events"))
    if position is None:
        return parse_head(str(chain), source)
    if type(position) is not int or position < 0:
        raise UserError(HeadText.NOT_A_HEAD.fill(source=source))
    return parse_head(f"{position}:{chain}", source)
