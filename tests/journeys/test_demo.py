"""`kiosk demo`: the product shown without any preparation, on a screen or as lines, and what it leaves."""

import json
import re
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.kiosk_program import ProgramResult, run_kiosk, run_kiosk_process
from tests.support.terminal import Terminal
from tests.support.waiting import wait_until

KIOSK = Path(sys.executable).with_name("kiosk")

MONTHS = {
    "an ordinary month": ("2026-11-19", "2026-11-30"),
    "the shortest month there is": ("2026-02-10", "2026-02-26"),
    "the same of the ROC": ("115-02-10", "2026-02-26"),
    "a leap year's": ("2028-02-29", "2028-02-29"),
    "the fewest working days there are": ("2023-01-05", "2023-01-31"),
}
"""A day of each month, and its last working day, which is played."""

TAPS = """\
08:18  V001 arrives for a duty: checked in (0 min today)
08:18  V001 taps again, to be sure: already (0 min today)
08:41  V014 comes; they forgot to sign out last time: checked in, forgot last time (0 min today)
08:51  V002 arrives for a duty: checked in, late (0 min today)
09:37  V015, who serves when there is time: checked in (0 min today)
10:05  a card that was reported lost: revoked card
10:08  a person with an unknown card: unknown card
10:20  V018 looks in, with no duty today: checked in, off roster (0 min today)
10:31  V003 arrives for a duty: checked in, late (0 min today)
11:32  V003 goes home: checked out (58 min today)
11:34  V001 goes home: checked out (180 min today)
11:35  V002 goes home: checked out (158 min today)
11:45  V014 goes home: checked out (184 min today)
12:00  V018 goes home: checked out (0 min today)
13:20  V004 arrives for a duty: checked in (0 min today)
13:23  V006 arrives for a duty: checked in (0 min today)
13:46  V005 arrives for a duty: checked in, late (0 min today)
16:30  V004 goes home: checked out (180 min today)
16:37  V006 goes home: checked out (180 min today)
16:38  V005 goes home: checked out (163 min today)
"""

DUTIES = [
    ("261130-AM1", "V001", "attended", 0, 180),
    ("261130-AM2", "V002", "attended", 21, 158),
    ("261130-AM3", "V003", "attended", 121, 58),
    ("261130-PM1", "V004", "attended", 0, 180),
    ("261130-PM2", "V005", "attended", 16, 163),
    ("261130-PM3", "V006", "attended", 0, 180),
]
"""Of the day that is played, with the minutes late and credited."""


HEAD = re.compile(r"[0-9a-f]{12}…")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demos(folder: Path) -> dict[str, ProgramResult]:
    """All of them, side by side: a demonstration mostly waits for its reader."""
    with ThreadPoolExecutor() as side_by_side:
        running = {
            name: side_by_side.submit(run_kiosk_process, "demo", "--keep", folder / name, "--month", day)
            for name, (day, _) in MONTHS.items()
        }
    return {name: demo.result() for name, demo in running.items()}


@pytest.mark.parametrize("name", MONTHS)
def test_every_month_has_its_demonstration_and_proves_it(demos: dict[str, ProgramResult], name: str) -> None:
    ended = demos[name]
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(f"19 volunteers, 30 days up to {MONTHS[name][1]}, each settled in its night.")
    assert [tap in ended.out for tap in ("checked in", "already", "unknown card", "revoked card", "late")] == [True] * 5
    assert " events, 0 differences.\n" in ended.out
    assert " events, whole and unaltered.\n" in ended.out


def test_the_day_at_the_door_is_told_line_by_line(demos: dict[str, ProgramResult]) -> None:
    assert f"\n\n{TAPS}\n" in demos["an ordinary month"].out


def test_the_month_ends_with_duties_hours_absences_and_a_case(demos: dict[str, ProgramResult]) -> None:
    output = demos["an ordinary month"].out
    titles = ("The night settles the day", "Duties of the day", "Hours of the month", "Absences", "Cases for review")
    assert [output.count(f"\n{title}\n") for title in titles] == [1] * len(titles)
    (case,) = (row for row in output.splitlines() if "R-050" in row)
    assert case.split() == ["V013", "R-050", "2026-11-23", "3", "2026-11-11;", "2026-11-17;", "2026-11-23", "raised"]


def test_a_demonstration_tells_the_same_however_a_month_is_written(demos: dict[str, ProgramResult]) -> None:
    """But for the heads of the log, which hold when each event was written to the microsecond."""
    gregorian, of_the_roc = (
        HEAD.sub("", demos[name].out) for name in ("the shortest month there is", "the same of the ROC")
    )
    assert gregorian.partition("\nThe home is in")[0] == of_the_roc.partition("\nThe home is in")[0]


def test_the_home_that_it_leaves_answers_every_question(demos: dict[str, ProgramResult], folder: Path) -> None:
    home = folder / "an ordinary month"
    assert demos["an ordinary month"].out.endswith(f"The home is in {home}: try `kiosk visits --home {home}`.\n")
    answers = {
        command: json.loads(run_kiosk(command, "--format", "json", "--home", home).out)
        for command in ("visits", "duties", "hours", "absences", "exits", "presence")
    }
    last_day = [duty for duty in answers["duties"] if duty["date"] == "2026-11-30"]
    found = ("shift", "volunteer", "outcome", "late_minutes", "credited_minutes")
    assert [tuple(duty[key] for key in found) for duty in last_day] == DUTIES
    assert sum(row["minutes"] for row in answers["hours"]) == sum(row["credited_minutes"] for row in answers["visits"])
    assert [row["status"] for row in answers["exits"]] == ["raised"]
    assert [row["volunteer"] for row in answers["presence"]] == []
    forgotten = [row["volunteer"] for row in answers["visits"] if row["status"] == "no_check_out"]
    assert forgotten == ["V014", "V015"]
    assert run_kiosk("replay", "--home", home).status == 0
    assert run_kiosk("verify", "--home", home).status == 0


@pytest.mark.parametrize(
    ("options", "status", "sentence"),
    [
        (["--month", "2000-12-31"], 2, "--month 2000-12-31: office days are known from 2001 to 2100"),
        (["--month", "2101-01-01"], 2, "--month 2101-01-01: office days are known from 2001 to 2100"),
        (["--month", "February"], 2, "Invalid value for '--month': this is no date: 'February'; write it as"),
        (["--keep", "."], 1, ". is not empty"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_sentence(options: list[str], status: int, sentence: str) -> None:
    ended = run_kiosk("demo", *options)
    assert (ended.status, ended.first_error_line.startswith(f"kiosk: {sentence}")) == (status, True), ended.err


# --- On a terminal ---


def on_screen(*options: str) -> Terminal:
    """The demonstration on a terminal, in a hurry."""
    return Terminal(["-m", "tests.journeys.fast_demo", "--month", "2026-11-19", *options])


def after_the_screen(terminal: Terminal) -> str:
    """What was printed since the screen was left (xterm control sequences)."""
    return terminal.output[terminal.output.rindex(b"\x1b[?1049l") :].decode()


def test_on_a_terminal_it_is_the_entrance_and_ctrl_c_ends_it_with_the_summary() -> None:
    with on_screen() as terminal:
        terminal.wait_for_text("Please tap your card")
        terminal.wait_for_text("示範 DEMO")
        terminal.wait_for_drawn_text("離開時請再刷卡")
        terminal.type_keys(b"\x03")
        assert terminal.wait_for_exit() == 0
    output = after_the_screen(terminal)
    assert ["Cases for review" in output, "Verify: " in output, "Traceback" in output] == [True, True, False]


def test_a_bug_on_the_screen_is_no_success() -> None:
    with on_screen("--with-a-bug") as terminal:
        terminal.wait_for_text("Please tap your card")
        assert terminal.wait_for_exit() == 70
    output = after_the_screen(terminal)
    assert "kiosk: the entrance ended of a fault: keep the home with --keep" in output
    assert "王小明" not in output


def test_without_a_terminal_on_every_side_it_is_lines_and_ctrl_c_ends_them(folder: Path) -> None:
    """A file must not be filled with a screen."""
    out = folder / "out"
    with Terminal(["-c", ONLY_ITS_OUTPUT_ELSEWHERE, str(out), str(KIOSK), "demo"]) as terminal:
        wait_until(lambda: out.exists() and b"V001 arrives" in out.read_bytes(), out.read_text)
        terminal.send_signal(signal.SIGINT)
        assert terminal.wait_for_exit() == 130
    assert terminal.output.decode().strip() == "kiosk: interrupted: what was done before stays done"


ONLY_ITS_OUTPUT_ELSEWHERE = """
import os, sys
os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT), 1)
os.execv(sys.argv[2], sys.argv[2:])
"""
