"""The lines of a batch file, one after the other, however long the file is.

Rule: a file that cannot be read stops the batch, a bad line does not hide the next.
"""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kiosk.batch.command import UnusableLine
from kiosk.errors import UserError
from kiosk.input_files import open_input_file
from kiosk.words.errors import BatchText

STDIN = "-"
LONGEST_LINE = 262_144
"""Bytes: an event that lists twenty thousand volunteers."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class RawLine(NamedTuple):
    """A line that is neither blank nor a comment."""

    number: int
    content: bytes
    """Longer than LONGEST_LINE where the line was too long; the rest of it was skipped."""

    def decode(self) -> str:
        """Its text. Raises: UnusableLine."""
        if len(self.content) > LONGEST_LINE:
            raise UnusableLine(BatchText.LINE_TOO_LONG.fill(longest_line=LONGEST_LINE))
        try:
            return self.content.decode()
        except UnicodeDecodeError as error:
            byte = self.content[error.start]
            raise UnusableLine(BatchText.NOT_UTF_8.fill(start=error.start + 1, byte=byte)) from None


def read_raw_lines(name: str) -> Iterator[RawLine]:
    """The lines of a file, or of standard input. Raises: UserError where nothing can be read."""
    with _open_stream(name) as stream:
        number = 0
        for number, content in enumerate(_read_contents(name, stream), 1):
            if number == 1:
                content = content.removeprefix(BYTE_ORDER_MARK)  # noqa: PLW2901 - editors put it there, unseen
            if not _is_blank_or_comment(content):
                yield RawLine(number, content)
        if number == 0:
            raise UserError(BatchText.FILE_EMPTY.fill(name=name))


def _is_blank_or_comment(content: bytes) -> bool:
    """Whether a line is blank or a comment; one that was cut off counts as neither where its start is blank."""
    text = content.strip()
    return text.startswith(b"#") or (not text and len(content) <= LONGEST_LINE)


def _open_stream(name: str) -> AbstractContextManager[BinaryIO]:
    if name == STDIN:
        return nullcontext(sys.stdin.buffer)
    try:
        return open_input_file(Path(name), piped=True)
    except OSError as error:
        raise UserError(BatchText.CANNOT_OPEN.fill(name=name, strerror=error.strerror)) from None


def _read_contents(name: str, stream: BinaryIO) -> Iterator[bytes]:
    try:
        while content := stream.readline(LONGEST_LINE + 1):
            yield content
            while len(content) > LONGEST_LINE and not content.endswith(b"\n"):
                content = stream.readline(LONGEST_LINE + 1) or b"\n"
    except OSError as error:
        raise UserError(BatchText.CANNOT_READ.fill(name=name, strerror=error.strerror)) from None
