"""What the page of heads asks of the home: what was signed, where it was copied to, whether the log extends it.

Rule: what is shown is found anew: the files as they stand in each folder now, and the chain of the log at each head.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from domain.log.checkpoint import ProvedHead
from domain.log.signed_note import NoteKey
from kiosk.backups.heads.head_copies import find_copy
from kiosk.backups.heads.head_notes import (
    COSIGNED,
    list_heads_folders,
    list_heads_of,
    list_log_keys,
    list_witness_folders,
    list_witness_keys,
)
from kiosk.desk.home_access import HomeReader
from kiosk.text.short_codes import compute_code

MOST_HEADS = 31
"""The last ones."""


class HeadCopy(NamedTuple):
    """A place where a head is kept beside the home."""

    place: str
    """A folder, or the name of a witness."""
    at: datetime | None
    """When its file was written there, local; None where it is not there."""
    is_witness: bool = False


class ShownHead(NamedTuple):
    """A signed head."""

    position: int
    code: str
    signed_at: datetime | None
    """When its file was written in the home, local."""
    is_extended: bool
    copies: list[HeadCopy]


class HeadSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader) -> None:
        self._reader = reader

    def find_now(self) -> tuple[int, str]:
        """The last position of the log, and the short code there."""
        position, chain = self._reader.home.log.head()
        return position, compute_code(chain)

    def list_heads(self) -> list[ShownHead]:
        """The last signed heads, the latest first, and files that say something else than the log. Raises: LogError."""
        home = self._reader.home
        own, *elsewhere = list_heads_folders(home.path, home.settings)
        keys = list_log_keys(own)
        found = sorted(list_heads_of(own, set(home.log.list_names())), key=lambda one: one[1].checkpoint.head.position)
        places = [*elsewhere, *(beside for one in (own, *elsewhere) for beside in list_witness_folders(one))]
        described = ((proved, self._describe(file, proved, keys, places)) for file, proved in reversed(found))
        shown = (head for proved, head in described if proved.is_signed_by(keys) or not head.is_extended)
        return list(islice(shown, MOST_HEADS))

    def _describe(self, file: Path, proved: ProvedHead, keys: Sequence[NoteKey], places: list[Path]) -> ShownHead:
        head = proved.checkpoint.head
        is_extended = self._reader.home.log.find_objection(head) is None
        copies = list(self._list_copies(proved, keys, places))
        code = f"{head.position}:{compute_code(head.chain)}"
        return ShownHead(head.position, code, self._find_written(file), is_extended, copies)

    def _list_copies(self, proved: ProvedHead, keys: Sequence[NoteKey], places: list[Path]) -> Iterator[HeadCopy]:
        """A witness has not every head: it co-signs the last that it is shown. What it did not sign is none of its."""
        for place in places:
            is_witness = place.name.startswith(COSIGNED)
            copy = find_copy(place, proved, list_witness_keys(place) if is_witness else keys)
            if copy or not is_witness:
                name = place.name.removeprefix(COSIGNED) if is_witness else str(place)
                yield HeadCopy(name, self._find_written(copy) if copy else None, is_witness)

    def _find_written(self, file: Path) -> datetime | None:
        try:
            return datetime.fromtimestamp(file.stat().st_mtime, self._reader.home.zone)
        except OSError:
            return None
