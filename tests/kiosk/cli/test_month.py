"""`kiosk month`: check, close, what was stated, and as of before and after a late correction (R-028, R-126)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, BEN, COORDINATOR, SETUP_LINES, coordinator_line, shift, tap
from tests.support.kiosk_program import line, run_kiosk


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    """Ann came on the 19th, Ben did not; it is 1 December."""
    lines = (shift("S1", "11-19", ANN, BEN), tap(ANN, "11-19 08:58"), tap(ANN, "11-19 12:01"))
    later = coordinator_line("acknowledge", "12-01 09:00", kind="absent", volunteer=BEN, events=[1])
    assert apply(simulation, *SETUP_LINES, *lines).status == 0
    apply(simulation, later)  # refused, and recorded: the clock of the simulation stands there
    return simulation


def ask(home: Path, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(run_kiosk("month", *arguments, "--format", "json", "--home", home).out)


def close(home: Path, *options: str) -> tuple[int, str, str]:
    ended = run_kiosk("month", "close", "2026-11", "--by", COORDINATOR, *options, "--home", home)
    return ended.status, ended.out, ended.err


def test_a_month_is_looked_at_closed_and_corrected(home: Path, apply: Apply) -> None:
    """R-126: as of before and after the late correction, and the difference between the two."""
    matters = ask(home, "check", "115-11")
    assert [(row["kind"], row["date"], row["volunteer"]) for row in matters[:1]] == [("absent", "2026-11-19", BEN)]
    assert {row["kind"] for row in matters[1:-1]} == {"unreconciled_day"}
    assert (matters[-1]["kind"], matters[-1]["date"]) == ("no_plan", "2026-11-19")
    assert close(home) == (0, "2026-11 is closed: statement 1\n", "")
    assert close(home)[0] == 1
    voided = coordinator_line("void_visit", "12-03 09:00", volunteer=ANN, check_in="2026-11-19T08:58")
    assert apply(home, voided).status == 0
    assert ask(home, "lines", "2026-11") == []
    assert [row["minutes"] for row in ask(home, "lines", "2026-11", "--as-of", "2026-12-02T00:00")] == [180]
    (difference,) = ask(home, "difference", "2026-11")
    assert (difference["volunteer"], difference["stated_minutes"], difference["change"]) == (ANN, 180, -180)
    assert ask(home, "difference", "2026-11", "--as-of", "2026-12-02T00:00") == []
    assert close(home, "--reason", "misuse")[1] == "2026-11 is closed: statement 2\n"
    assert [(row["statement"], row["minutes"], row["changed"], row["reason"]) for row in ask(home, "list")] == [
        (1, 180, None, None),
        (2, 0, 0, "misuse"),
    ]


def test_what_was_stated_contains_what_a_clock_ahead_dated_later(home: Path, apply: Apply) -> None:
    """R-126: the difference begins with the minutes that the statement says."""
    taps = (tap(ANN, "11-20 09:00", recorded_at="2026-12-10T09:00"), tap(ANN, "11-20 12:00"))
    closing = line("close_month", "2026-12-05T08:00", month="2026-11", by=COORDINATOR)
    assert apply(home, shift("S2", "11-20", ANN), *taps, shift("S3", "11-25", ANN), closing).status == 0
    assert [row["minutes"] for row in ask(home, "list")] == [360]
    span = {"check_in": "2026-11-25T09:00", "check_out": "2026-11-25T12:00"}
    assert apply(home, coordinator_line("add_visit", "12-12 08:00", volunteer=ANN, **span)).status == 0
    (difference,) = ask(home, "difference", "2026-11")
    assert (difference["stated_minutes"], difference["minutes"], difference["change"]) == (360, 540, 180)


def test_slips_have_names_where_they_are_wanted_and_it_is_recorded(home: Path) -> None:
    assert "陳" not in run_kiosk("month", "slips", "2026-11", "--home", home).out
    (row,) = ask(home, "slips", "2026-11", "--names", "--reason", "papers")
    assert (row["volunteer"], row["event"], row["minutes"]) == (ANN, None, 180)
    (access,) = json.loads(run_kiosk("accesses", "--format", "json", "--home", home).out)
    assert (access["shown"], access["volunteers"]) == ("month-slips", [ANN])


@pytest.mark.parametrize("month", ["2026-13", "november", "2026-11-01"])
def test_what_is_no_month_is_a_wrong_use(home: Path, month: str) -> None:
    ended = run_kiosk("month", "lines", month, "--home", home)
    assert (ended.status, ended.out) == (2, "")
    assert f"{month!r} is no month: write it as 2026-11 or 115-11" in ended.err
