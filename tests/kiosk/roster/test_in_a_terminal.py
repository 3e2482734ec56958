"""`kiosk roster` in a real terminal: it may be left, it ends tidily, and it says what it cannot do."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.ids import shift_stream
from kiosk.home import Home
from tests.kiosk.roster.app_harness import other_writer
from tests.support.kiosk_program import run_kiosk, run_kiosk_process
from tests.support.terminal import Terminal
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

PROGRAM = ("-c", "from kiosk.cli.program import main; main()", "roster", "--home")
SHOWN_AGAIN, ENTERED, LEFT = b"\x1b[?25h", b"\x1b[?1049h", b"\x1b[?1049l"
"""The cursor is shown again; the full screen is entered, and left (xterm control sequences)."""


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    with Terminal([*PROGRAM, str(home)]) as terminal:
        terminal.wait_for_text("王〇明")
        yield terminal


def test_what_another_process_taps_is_seen_and_q_leaves(terminal: Terminal, home: Path) -> None:
    with other_writer(home) as tap_at:
        tap_at("V003", "10:15")
    terminal.wait_for_text("10:15")
    terminal.type_keys(b"q")
    assert terminal.wait_for_exit() == 0
    assert LEFT in terminal.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal(terminal: Terminal, number: signal.Signals) -> None:
    terminal.send_signal(number)
    assert terminal.wait_for_exit() == 0
    assert SHOWN_AGAIN in terminal.output


def test_the_past_can_be_looked_at(home: Path) -> None:
    with Terminal([*PROGRAM, str(home), "--as-of", "2026-11-19T09:00"]) as terminal:
        terminal.wait_for_text("截至 2026-11-19 09:00")
        terminal.type_keys(b"q")
        assert terminal.wait_for_exit() == 0


def test_beside_the_past_an_event_that_cannot_be_read_is_named(home: Path) -> None:
    """Before the screen is full, so that it stands there when the roster was left."""
    with Home.open(home) as opened:
        position = insert_undecodable(opened.log, shift_stream("V001"), UNKNOWN_TOPIC)
    with Terminal([*PROGRAM, str(home), "--as-of", "2026-11-19T23:00"]) as terminal:
        terminal.wait_for_text("截至 2026-11-19 23:00")
        terminal.type_keys(b"q")
        assert terminal.wait_for_exit() == 0
    before, _, _ = terminal.output.partition(ENTERED)
    assert f"without event {position} ('{UNKNOWN_TOPIC}'): unknown name" in before.decode()


def test_a_bug_ends_it_with_the_terminal_restored_and_nobodys_data(home: Path) -> None:
    bug = ("-c", "from kiosk.roster.formatting import MARKS; MARKS.clear(); " + PROGRAM[1], *PROGRAM[2:])
    with Terminal([*bug, str(home)]) as terminal:
        assert terminal.wait_for_exit() == 70
    _, _, after = terminal.output.rpartition(LEFT)
    assert b"this is a fault of the program (KeyError)" in after
    assert "〇".encode() not in after


def test_without_a_terminal_it_says_so(home: Path) -> None:
    ended = run_kiosk_process("roster", "--home", home)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "kiosk: the roster needs a terminal: start it on one, without redirecting its output\n"


def test_a_folder_that_is_no_home_is_named(tmp_path: Path) -> None:
    ended = run_kiosk("roster", "--home", tmp_path)
    assert ended.status == 2
    assert ended.first_error_line.startswith(f"kiosk: {tmp_path} is not a home")
