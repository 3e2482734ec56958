"""The driver of the terminal: what it sends is read leniently, and its size is bounded.

Rule: no byte that arrives ends a program. What is no text or no known sequence is ignored; only keys, pasted text and
the focus reach the screens, which ask for nothing else.
"""

import os
import select
import shutil
import termios
import unicodedata
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from contextlib import suppress

from textual import events, messages
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from typing_extensions import override

CHUNK = 4096
"""Bytes of one read."""
POLL_SECONDS = 0.1
"""Seconds between two checks whether the program ends, and whether Escape was a key of its own."""
LARGEST_COLUMNS, LARGEST_ROWS = 500, 200
"""A terminal may report any size up to 65,535 by 65,535; drawing that would take all memory."""
USUAL_SIZE = (80, 24)
"""Columns and rows of a terminal that reports none."""
LONGEST_SILENCE = 65_536
"""Characters without a key after which a paste that does not end is forgotten."""
RESTORE = b"\x1b[?2004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""Ends what a full-screen program switched on: pasting in brackets, no line wrap, key reports, the other screen,
a hidden cursor, focus reports (xterm control sequences; the kitty keyboard protocol)."""


class TerminalGone(Message):
    """The terminal has hung up: nothing more can be typed or shown."""


def measure_terminal() -> tuple[int, int]:
    """Columns and rows of the terminal; the usual ones where it reports none."""
    columns, rows = shutil.get_terminal_size(USUAL_SIZE)
    return min(columns, LARGEST_COLUMNS), min(rows, LARGEST_ROWS)


class InputParser:
    """Parses the bytes of a terminal, however they are cut, into messages for a screen. No byte makes it raise."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")(errors="ignore")
        self._parser = XTermParser()
        self._silence = 0

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages in some more bytes; without bytes, those that only a pause makes certain, such as Escape."""
        for char in self._decoder.decode(data):
            yield from self._keep_harmless(self._parser.feed(char))
        yield from self._keep_harmless(self._parser.tick())

    def _keep_harmless(self, parsed: Iterable[Message]) -> Iterator[Message]:
        self._silence += 1
        try:
            found = list(parsed)
        except (ValueError, OverflowError):  # a key report with an impossible number; a parser that raised is spent
            found = []
            self._parser = XTermParser()
        if found or self._silence > LONGEST_SILENCE:
            self._parser = self._parser if found else XTermParser()
            self._silence = 0
        yield from filter(None, map(_keep_message, found))


def _keep_message(message: Message) -> Message | None:
    match message:
        case events.Key(character=str(character)) if unicodedata.category(character[:1] or " ") == "Cs":
            return None
        case events.Key() | events.AppFocus() | events.AppBlur() | messages.TerminalSupportsSynchronizedOutput():
            return message
        case events.Paste(text=text):
            return events.Paste("".join(char if _is_visible(char) else " " for char in text))
        case _:
            return None


def _is_visible(char: str) -> bool:
    return char == "\n" or not unicodedata.category(char).startswith("C")


class TerminalDriver(LinuxDriver):
    """Textual's driver, without what bytes from outside can do to it."""

    @override
    def run_input_thread(self) -> None:
        parser = InputParser()
        while not self.exit_event.is_set():
            ready = select.select([self.fileno], [], [], POLL_SECONDS)[0]
            data = self._read_chunk() if ready else b""
            if data is None:
                self.process_message(TerminalGone())
                return
            for message in parser.feed(data):
                self.process_message(message)

    def _read_chunk(self) -> bytes | None:
        """What the terminal sent; None once it has hung up."""
        try:
            return os.read(self.fileno, CHUNK) or None
        except BlockingIOError:  # another program that shares the terminal made it so
            return b""
        except OSError:  # Linux says so of a terminal that nothing holds any more
            return None

    @override
    def _get_terminal_size(self) -> tuple[int, int]:
        return measure_terminal()

    @override
    def _query_in_band_window_resize(self) -> None:
        """Sizes are taken from the kernel, which no typed sequence can imitate."""

    @override
    def write(self, data: str) -> None:
        if self._writer_thread is not None and self._writer_thread.is_alive():  # it ends where the terminal is gone
            super().write(data)

    def restore_at_once(self) -> None:
        """Give the terminal back without waiting for it, as far as it still takes anything."""
        with suppress(termios.error, OSError):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with suppress(OSError):
            direct = os.open(os.ttyname(self.fileno), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
            os.write(direct, RESTORE)
