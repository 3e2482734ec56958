"""The size of the entrance's screen in cells and pixels, and whether plain text on it can be read from a metre away.

Rule: it is measured when the entrance opens and kept in the home for `kiosk status`, which runs on another terminal.
The file is disposable; one that cannot be written or read keeps the entrance from nothing.
"""

import fcntl
import logging
import struct
import sys
import termios
from contextlib import suppress
from pathlib import Path

import msgspec

from domain.typed_decoding import decode_json
from kiosk.home_files import write_atomically
from kiosk.words.reports import ScreenText

LOG = logging.getLogger(__name__)

SCREEN_FILE = "screen.json"
"""In the home: the size of the screen when the entrance was opened last."""
MOST_ROWS = 30
"""Text that is lower than this share of the screen is not read from a metre away, without glasses."""


class ScreenSize(msgspec.Struct, frozen=True):
    """The grid of a terminal; the pixels are 0 where the terminal does not give them."""

    columns: int
    rows: int
    width_pixels: int = 0
    height_pixels: int = 0

    @property
    def is_text_small(self) -> bool:
        """Whether a line of plain text is lower than 1/30 of the screen, measured along its shorter side.

        An upright screen has more rows than 30 and letters that are as large; only the pixels show it.
        """
        shorter_side = min(self.width_pixels, self.height_pixels) or self.height_pixels
        return self.height_pixels * MOST_ROWS < shorter_side * self.rows if shorter_side else self.rows > MOST_ROWS


def check_screen_size(home: Path) -> None:
    """Measure the terminal on which the entrance opens, keep its size, and log a warning where text is too small."""
    size = measure_screen()
    with suppress(OSError):
        if size is None:
            (home / SCREEN_FILE).unlink(missing_ok=True)
        else:
            write_atomically(home / SCREEN_FILE, msgspec.json.encode(size))
    if size is not None and size.is_text_small:
        LOG.warning("%s", ScreenText.TEXT_TOO_SMALL.fill(columns=size.columns, rows=size.rows))


def measure_screen() -> ScreenSize | None:
    """The size of the terminal on standard error, where the entrance draws; None where there is none."""
    try:
        packed = fcntl.ioctl(sys.__stderr__ or 2, termios.TIOCGWINSZ, bytes(8))
    except (OSError, ValueError):
        return None
    rows, columns, width, height = struct.unpack("HHHH", packed)
    return ScreenSize(columns, rows, width, height) if rows and columns else None


def load_screen_size(home: Path) -> ScreenSize | None:
    """The size of the screen when the entrance was opened last; None where it is not known."""
    try:
        return decode_json((home / SCREEN_FILE).read_bytes(), ScreenSize)
    except (OSError, msgspec.DecodeError):
        return None
