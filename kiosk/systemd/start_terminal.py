"""Starts the terminal at the door with letters as large as the screen allows: `python -m kiosk.systemd.start_terminal`.

Rule: the screen is measured, not looked up. foot has no setting for a number of rows, and what the kernel says of a
screen is wrong where it is turned, scaled, or one of two. So foot is started twice: with tiny cells, in which a second
run of this module measures the window, and then for good. It imports next to nothing, since it runs at every start.
"""

import fcntl
import os
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import NamedTuple

from kiosk.words.reports import SystemdText

FOOT = Path("/usr/bin/foot")
FONT = "Noto Sans Mono CJK TC"
"""It has every character of the names, two columns wide, and Latin letters of one column."""
ROWS = 27
"""Rows along the shorter side of a screen: between the 24 that the entrance needs and 30, where text gets too small."""
COLUMNS = 80
"""The fewest columns that the entrance needs."""
LINE_HEIGHT = 1.45
"""Height of a line of that font as a multiple of its size; letters with marks above or below are cut in a lower one."""
USUAL_SCREEN = (1920, 1080)
"""Width and height in pixels, where a screen cannot be measured."""
TINY_CELL = 8
"""Font size and line height in pixels while the window is measured: its size is found to so many pixels."""
MEASURE_SECONDS = 10
"""Seconds after which measuring is given up."""
SETTLE_SECONDS = 0.3
"""Seconds for which a window must keep its size. Observed: 80 x 24 cells of no pixels, 700 x 500 pixels, the screen."""


class TextSize(NamedTuple):
    """Sizes in pixels."""

    font: int
    """A column is half as wide."""
    line: int


def compute_text_size(width: int, height: int) -> TextSize:
    """The largest text with `ROWS` rows along the shorter side of a screen and `COLUMNS` columns on it; pixels."""
    line = max(min(width, height) // ROWS, 1)
    return TextSize(max(min(int(line / LINE_HEIGHT), 2 * (width // COLUMNS)), 1), line)


def build_command(config: str, size: TextSize, words: list[str]) -> list[str]:
    """The command line of a full-screen foot that runs these words."""
    fonts = ", ".join(f"{family}:pixelsize={size.font}" for family in (FONT, "monospace"))
    options = [f"--config={config}", "--fullscreen", f"--font={fonts}", f"--override=line-height={size.line}px"]
    return [str(FOOT), *options, "--", *words]


def measure_screen(config: str) -> tuple[int, int]:
    """Width and height in pixels of the window that foot opens; the usual ones where that cannot be found out."""
    near, far = os.pipe()  # foot hands its program no file of ours, but the kernel has a name for it (proc_pid_fd(5))
    run_again = [
        sys.executable,
        "-I",
        "-m",
        "kiosk.systemd.start_terminal",
        "--measure",
        f"/proc/{os.getpid()}/fd/{far}",
    ]
    command = build_command(config, TextSize(TINY_CELL, TINY_CELL), run_again)
    try:
        subprocess.run(command, timeout=MEASURE_SECONDS, check=True)  # noqa: S603 - the terminal of this machine
        os.close(far)
        with os.fdopen(near, encoding="ascii") as written:
            width, height = map(int, written.read().split())
    except (OSError, ValueError, subprocess.SubprocessError):
        return USUAL_SCREEN
    return width, height


def _write_pixels(result: Path) -> None:
    """Write the size of this terminal's window once it stays the same."""
    before, now = (0, 0), _read_pixels()
    while now != before or now == (0, 0):
        time.sleep(SETTLE_SECONDS)
        before, now = now, _read_pixels()
    result.write_text(f"{now[0]} {now[1]}", encoding="ascii")


def _read_pixels() -> tuple[int, int]:
    _, _, width, height = struct.unpack("HHHH", fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8)))
    return width, height


def main() -> None:
    """Arguments: the configuration of foot, and the words of the command to run in it; or `--measure FILE`."""
    first, *rest = sys.argv[1:]
    if first == "--measure":
        _write_pixels(Path(rest[0]))
        return
    width, height = measure_screen(first)
    size = compute_text_size(width, height)
    found = SystemdText.SCREEN.fill(width=width, height=height, font=size.font, rows=height // size.line)
    sys.stderr.write(f"{found}\n")
    command = build_command(first, size, rest)
    os.execv(command[0], command)  # noqa: S606 - the terminal takes the place of this program, and its signals


if __name__ == "__main__":
    main()
