"""How a full-screen program ends, in a real terminal: by a signal whatever it does, and never without a reason."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

import pytest

from kiosk.tui.app import ENDING_SIGNALS
from tests.support.terminal import Terminal
from tests.support.waiting import wait_until

LEFT = b"\x1b[?1049l"
"""The full screen is left (xterm control sequence)."""


@contextmanager
def open_screen(mode: str, *, controlling: bool = True) -> Iterator[Terminal]:
    with Terminal(["-m", "tests.kiosk.tui.screen_program", mode], controlling=controlling) as terminal:
        terminal.wait_for_text(f"the screen is {mode}")
        yield terminal


def fill_terminal(terminal: Terminal) -> None:
    """Have whole screens drawn and read none, until the program waits for the terminal."""
    sizes = cycle([(200, 150), (200, 151)])

    def stands() -> bool:
        terminal.resize(*next(sizes))
        before = terminal.processor_seconds()
        terminal.resize(*next(sizes))
        time.sleep(0.1)
        return terminal.processor_seconds() == before

    wait_until(stands, lambda: "the terminal takes everything")


@pytest.mark.parametrize("number", ENDING_SIGNALS)
def test_a_signal_ends_it_with_zero_and_restores_the_terminal(number: signal.Signals) -> None:
    with open_screen("idle") as terminal:
        terminal.send_signal(number)
        assert terminal.wait_for_exit() == 0
        assert LEFT in terminal.output


def test_a_screen_that_never_rests_is_ended_all_the_same_and_the_terminal_restored() -> None:
    with open_screen("busy") as terminal:
        terminal.read_for(0.5)  # until it is busy: it says so before
        terminal.send_signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 128 + signal.SIGTERM
        assert LEFT in terminal.output


def test_a_screen_whose_terminal_takes_nothing_more_is_ended_all_the_same() -> None:
    with open_screen("idle") as terminal:
        fill_terminal(terminal)
        terminal.send_signal(signal.SIGTERM)
        assert terminal.wait_for_exit_unread() == 128 + signal.SIGTERM


def test_a_screen_that_is_left_without_a_reason_is_a_fault() -> None:
    with Terminal(["-m", "tests.kiosk.tui.screen_program", "leaves"]) as terminal:
        assert terminal.wait_for_exit() == 1
        assert b"fault: EndedWithoutReason()" in terminal.output


@pytest.mark.parametrize(("controlling", "status"), [(True, 0), (False, 1)], ids=["with a signal", "without one"])
def test_a_terminal_that_hangs_up_ends_it_and_without_a_signal_that_is_a_fault(controlling: bool, status: int) -> None:
    with open_screen("idle", controlling=controlling) as terminal:
        terminal.hang_up()
        assert terminal.wait_for_exit_unread() == status
