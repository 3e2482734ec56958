"""The screen is measured when the entrance opens; text that nobody can read from a metre away is said."""

import fcntl
import os
import pty
import struct
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.entrance.screen_size import SCREEN_FILE, ScreenSize, check_screen_size, load_screen_size, measure_screen
from tests.kiosk.status.conftest import run_check

Resize = Callable[..., None]


@pytest.fixture
def resize(monkeypatch: pytest.MonkeyPatch) -> Iterator[Resize]:
    """Makes standard error a terminal of so many columns and rows, of a window of so many pixels."""
    near, far = pty.openpty()

    def set_size(columns: int, rows: int, width: int = 0, height: int = 0) -> None:
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, width, height))

    with os.fdopen(far, "w") as terminal:
        monkeypatch.setattr(sys, "__stderr__", terminal)
        yield set_size
    os.close(near)


# --- When text is too small ---


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((100, 30), False),
        ((100, 31), True),
        ((100, 30, 1900, 1080), False),
        ((100, 31, 1900, 1085), True),
        ((80, 48, 1080, 1920), False),
        ((80, 53, 1080, 1908), False),
        ((80, 54, 1080, 1890), True),
        ((80, 24), False),
        ((274, 54, 1918, 1080), True),
    ],
    ids=lambda value: "x".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_a_line_is_a_thirtieth_of_the_shorter_side_or_text_is_too_small(size: tuple[int, ...], small: bool) -> None:
    """An upright screen of 1080 x 1920 pixels may have 53 rows: they are as high as 30 on one that lies."""
    assert ScreenSize(*size).is_text_small == small


# --- Measured at the start, known to the status ---


def test_what_the_entrance_measured_is_known_to_the_status(real_home: Path, resize: Resize) -> None:
    assert run_check(real_home, "screen") == ("screen", True, "not measured yet: the entrance does so when it opens")
    resize(100, 30, 1900, 1080)
    check_screen_size(real_home)
    assert load_screen_size(real_home) == ScreenSize(100, 30, 1900, 1080)
    assert run_check(real_home, "screen") == ("screen", True, "100 x 30 cells")
    assert run_check(real_home, "files").ok


def test_text_that_is_too_small_is_logged_and_fails_the_status(
    real_home: Path, resize: Resize, caplog: pytest.LogCaptureFixture
) -> None:
    resize(100, 30)
    check_screen_size(real_home)
    assert caplog.messages == []
    resize(100, 31)
    check_screen_size(real_home)
    assert [message.partition(":")[0] for message in caplog.messages] == [
        "plain text is lower than 1/30 of this screen (100 x 31 cells)"
    ]
    check = run_check(real_home, "screen")
    assert (check.ok, check.detail.partition(":")[0]) == (False, "100 x 31 cells")


def test_a_terminal_without_a_size_leaves_no_older_one(real_home: Path, resize: Resize) -> None:
    resize(100, 31)
    check_screen_size(real_home)
    resize(0, 0)
    check_screen_size(real_home)
    assert load_screen_size(real_home) is None


def test_what_is_no_terminal_has_no_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "file").open("w") as file:
        monkeypatch.setattr(sys, "__stderr__", file)
        assert measure_screen() is None


@pytest.mark.parametrize("content", ["", "{}", '{"columns": "many", "rows": 3}', "\x00"])
def test_a_damaged_note_is_no_size(real_home: Path, content: str) -> None:
    (real_home / SCREEN_FILE).write_text(content)
    assert load_screen_size(real_home) is None
