"""In a real terminal: no key leaves the entrance but Ctrl+C twice, and none as a service; a signal ends it tidily, a
bug shows no personal data."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.entrance.service import EntranceOptions
from kiosk.entrance.watchdog import Supervisor
from tests.kiosk.entrance.app_harness import AT, UNIT, async_test, open_entrance
from tests.support.terminal import Terminal

KEYS = {
    "ctrl+q": b"\x11",
    "ctrl+c": b"\x03",
    "ctrl+p": b"\x10",
    "ctrl+z": b"\x1a",
    "ctrl+d": b"\x04",
    "ctrl+\\": b"\x1c",
    "ctrl+s": b"\x13",
    "escape": b"\x1b",
    "f1": b"\x1bOP",
    "tab and enter": b"\t\r",
    "words": b"quit q :q",
}
SHOWN_AGAIN, LEFT = b"\x1b[?25h", b"\x1b[?1049l"
"""The cursor is shown again; the full screen is left (xterm control sequences)."""


@pytest.fixture
def entrance(tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(["-m", "tests.kiosk.entrance.entrance_program", str(tmp_path / "log")]) as terminal:
        terminal.wait_for_text("Please tap your card")
        yield terminal


def test_no_key_leaves_the_entrance(entrance: Terminal) -> None:
    for key in KEYS.values():
        entrance.type_keys(key)
    for day in range(24, 27):
        entrance.wait_for_text(f"2026-11-{day}")
    assert entrance.running


ASKS_AGAIN = "再按一次 Ctrl+C 結束 | Press Ctrl+C again to end"


def test_ctrl_c_twice_ends_it_and_the_first_says_so(entrance: Terminal) -> None:
    entrance.type_keys(KEYS["ctrl+c"])
    entrance.wait_for_text(ASKS_AGAIN)
    assert entrance.running
    entrance.type_keys(KEYS["ctrl+c"])
    assert entrance.wait_for_exit() == 0
    assert LEFT in entrance.output


@async_test
async def test_a_tick_that_comes_when_the_screen_is_taken_down_is_no_bug() -> None:
    async with open_entrance() as scene:
        scene.app._tick()
    scene.app._board.show_time(AT)
    scene.app._board.show_bars(reader="a", clock="b", hub="c")
    scene.app._board.show_idle()


@async_test
async def test_as_a_service_no_key_ends_it() -> None:
    async with open_entrance() as scene:
        scene.app.attach_supervisor(Supervisor("@nobody-listens-here"))
        await scene.pilot.press("ctrl+c", "ctrl+c", "ctrl+c")
        assert scene.app.return_code is None
        assert not scene.shows_text(ASKS_AGAIN)


@async_test
async def test_while_the_screen_asks_for_it_ctrl_c_ends_it_and_afterwards_it_asks_again() -> None:
    async with open_entrance(EntranceOptions(UNIT, leave_seconds=0.1)) as scene:
        texts = scene.record_reader_bars()
        for times in (1, 2):
            await scene.pilot.press("ctrl+c")
            await scene.wait_until(lambda: texts == ["", *[ASKS_AGAIN, ""] * times], "it does not ask, or for ever")  # noqa: B023
        assert scene.app.return_code is None
    async with open_entrance(EntranceOptions(UNIT, leave_seconds=600)) as scene:
        await scene.pilot.press("ctrl+c")
        await scene.pilot.press("q", "escape", "ctrl+q", "ctrl+d")
        assert scene.app.return_code is None
        await scene.pilot.press("ctrl+c")
        assert scene.app.return_code == 0


def test_two_presses_have_to_come_within_two_seconds() -> None:
    assert EntranceOptions(UNIT).leave_seconds == 2.0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal_and_ends_with_zero(entrance: Terminal, number: signal.Signals) -> None:
    entrance.send_signal(number)
    assert entrance.wait_for_exit() == 0
    assert SHOWN_AGAIN in entrance.output
    assert LEFT in entrance.output


def test_a_bug_shows_a_calm_sentence_and_no_personal_data(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Terminal(["-m", "tests.kiosk.entrance.entrance_program", str(log), "--with-a-bug"]) as terminal:
        assert terminal.wait_for_exit() == 1
    _, _, after = terminal.output.rpartition(LEFT)
    assert "系統暫停服務，請洽櫃台".encode() in after
    assert b"Out of service, please see the counter" in after
    assert b"Traceback" not in terminal.output
    assert "王小明".encode() not in terminal.output
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert "王小明" not in log.read_text(encoding="utf-8")
