"""Standard output and error of the command line: escaped, in UTF-8, and with a sentence where nothing can be written.

Rule: everything that a command prints passes here: tables, JSON, CSV, errors, prompts and the report
of a fault. Full-screen programs draw on the terminal itself.
"""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Any, TextIO, cast

from kiosk.errors import EXIT_USAGE, UserError
from kiosk.text.escaping import escape_controls
from kiosk.words.command_line import CommandLineText


class OutputClosed(Exception):
    """The reader of the output has closed it: `kiosk visits | head`."""


class EscapedStream:
    """A text stream that escapes what it is given. Raises: UserError where it cannot be written, OutputClosed."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text, escaped; its length. Raises: TypeError for bytes."""
        escaped = escape_controls(text)
        if text:  # click asks with an empty one what kind of stream this is, and hides the trouble
            with self._explain_trouble():
                self._stream.write(escaped)
        return len(text)

    def flush(self) -> None:
        """Write what was held back."""
        with self._explain_trouble():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        """Everything else is the stream's own."""
        return getattr(self._stream, name)

    @contextmanager
    def _explain_trouble(self) -> Generator[None]:
        try:
            yield
        except BrokenPipeError:
            self._give_up()
            raise OutputClosed from None
        except OSError as error:
            self._give_up()
            raise UserError(CommandLineText.OUTPUT_NOT_WRITTEN.fill(strerror=error.strerror), EXIT_USAGE) from None

    def _give_up(self) -> None:
        """Let the rest go nowhere: Python would try once more at its end, and complain."""
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


@contextmanager
def escape_output() -> Generator[None]:
    """Escape what is printed meanwhile. Raises: UserError, OutputClosed where standard output cannot be written."""
    before = sys.stdout, sys.stderr
    for stream in before:
        if isinstance(stream, TextIOWrapper):  # whatever the locale says; a name that it cannot hold would be a fault
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.stdout, sys.stderr = (stream and cast("TextIO", EscapedStream(stream)) for stream in before)
    try:
        yield
        if sys.stdout:  # None where the program was started without it
            sys.stdout.flush()
    finally:
        sys.stdout, sys.stderr = before
