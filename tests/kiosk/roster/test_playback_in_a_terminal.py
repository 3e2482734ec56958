"""`kiosk roster --replay` in a real terminal: it plays, it may be left, and it says what it cannot do."""

from pathlib import Path

import pytest

from tests.kiosk.roster.morning_data import DAY
from tests.kiosk.roster.test_in_a_terminal import LEFT, PROGRAM
from tests.support.kiosk_program import run_kiosk, run_kiosk_process
from tests.support.terminal import Terminal


def test_a_day_plays_by_itself_at_its_speed_and_q_leaves(home: Path) -> None:
    """An hour a second: in a few seconds it has come to the end. The date is one of the ROC."""
    with Terminal([*PROGRAM, str(home), "--replay", "115-11-19", "--speed", "3600"]) as terminal:
        terminal.wait_for_text(f"reading what was known on {DAY} ...")
        terminal.wait_for_text(f"重播 REPLAY {DAY} 星期四")
        terminal.wait_for_text("目前的紀錄到此為止，重播停止")
        terminal.type_keys(b"q")
        assert terminal.wait_for_exit() == 0
        assert LEFT in terminal.output


def test_a_bug_ends_it_with_the_terminal_restored_and_nobodys_data(home: Path) -> None:
    bug = ("-c", "from kiosk.roster.formatting import MARKS; MARKS.clear(); " + PROGRAM[1], *PROGRAM[2:])
    with Terminal([*bug, str(home), "--replay", DAY]) as terminal:
        assert terminal.wait_for_exit() == 70
    _, _, after = terminal.output.rpartition(LEFT)
    assert b"this is a fault of the program (KeyError)" in after
    assert "〇".encode() not in after


def test_without_a_terminal_it_says_so(home: Path) -> None:
    ended = run_kiosk_process("roster", "--replay", DAY, "--home", home)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "kiosk: the replay needs a terminal: start it on one, without redirecting its output\n"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--replay", "2026-11-20"), f"--replay 2026-11-20 has not begun: the last day that can be played is {DAY}"),
        (("--replay", DAY, "--as-of", f"{DAY}T09:00"), "--replay and --as-of do not go together"),
        (
            ("--replay", DAY, "--speed", "0"),
            "Invalid value for '--speed': 0 is not possible: write a number from 1",
        ),
        (("--replay", DAY, "--speed", "3601"), "Invalid value for '--speed': 3601 is not possible"),
        (("--replay", DAY, "--speed", "fast"), "Invalid value for '--speed': 'fast' is not a valid integer"),
        (("--replay", "yesterday"), "Invalid value for '--replay': this is no date: 'yesterday'"),
        (("--speed", "60"), "--speed is for a replay: name its day with --replay"),
    ],
)
def test_what_cannot_be_played_is_refused_in_one_sentence(home: Path, options: tuple[str, ...], complaint: str) -> None:
    ended = run_kiosk("roster", "--home", home, *options)
    assert (ended.status, ended.out) == (2, "")
    assert ended.first_error_line.startswith(f"kiosk: {complaint}")
