"""Which days a night settles: every one since the unit was opened, and an earlier one that gains facts."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.home import Home
from tests.kiosk.conftest import list_topics
from tests.support.kiosk_program import ENROL_ANN, line, run_kiosk, write_batch

OPENED = line("open_unit", "2026-11-16T08:00", name="U", kind="public", category="戶政")
SETTLED = "reconciliation.day-reconciled"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A simulation whose unit opened on the 16th; Ann serves in it."""
    Home.make(tmp_path / "home", simulation=True).close()
    apply(tmp_path / "home", OPENED, ENROL_ANN)
    return tmp_path / "home"


def apply(home: Path, *lines: dict[str, Any]) -> None:
    assert run_kiosk("apply", write_batch(home.parent / "batch", *lines), "--home", home).err == ""


def list_settled(home: Path, last: str) -> list[str]:
    done = run_kiosk("reconcile", "--date", last, "--format", "json", "--home", home)
    assert done.status == 0, done.err
    return [row["date"] for row in json.loads(done.out)]


def pass_time(home: Path, at: str) -> None:
    """The clock of a simulation goes on with a line."""
    apply(home, line("adopt_policy", at, effective_from="2026-11-16", rounding="none"))


def schedule(shift: str, start: str, end: str, at: str = "2026-11-19T08:00") -> dict[str, Any]:
    return line("schedule_shift", at, shift=shift, start=start, end=end, volunteers=["V001"])


def test_a_unit_without_duties_and_taps_is_settled_since_it_was_opened(home: Path) -> None:
    apply(home, line("record_assessment", "2026-11-19T08:00", volunteer="V001", period_end="2026-11-17", score=59))
    assert list_settled(home, "2026-11-18") == ["2026-11-16", "2026-11-17", "2026-11-18"]
    (case,) = json.loads(run_kiosk("exits", "--format", "json", "--home", home).out)
    assert (case["rule"], case["raised_on"]) == ("R-052", "2026-11-17")


def test_a_day_before_the_opening_that_gains_facts_is_settled_and_no_other_of_that_time(home: Path) -> None:
    pass_time(home, "2026-11-18T08:00")
    assert list_settled(home, "2026-11-17") == ["2026-11-16", "2026-11-17"]
    apply(home, schedule("S1", "2026-10-05T09:00", "2026-10-05T12:00"))
    assert list_settled(home, "2026-11-18") == ["2026-10-05", "2026-11-18"]
    apply(home, schedule("S2", "2026-10-07T09:00", "2026-10-07T12:00", "2026-11-20T08:00"))
    assert list_settled(home, "2026-11-19") == ["2026-10-07", "2026-11-19"]
    absences = json.loads(run_kiosk("absences", "--format", "json", "--home", home).out)
    assert [row["date"] for row in absences] == ["2026-10-05", "2026-10-07"]


def test_a_settled_day_that_gains_a_duty_is_a_late_fact(home: Path) -> None:
    pass_time(home, "2026-11-18T08:00")
    list_settled(home, "2026-11-17")
    apply(home, schedule("S1", "2026-11-16T09:00", "2026-11-16T12:00"))
    done = run_kiosk("reconcile", "--date", "2026-11-18", "--format", "json", "--home", home)
    assert [(row["date"], row["late_facts"]) for row in json.loads(done.out)] == [("2026-11-18", 1)]


def test_a_day_that_is_held_back_by_its_night_shift_is_refused_and_nothing_is_settled(home: Path) -> None:
    """By a date; without one the night stops before that day."""
    apply(home, schedule("N", "2026-11-18T22:00", "2026-11-19T09:00"))
    refused = run_kiosk("reconcile", "--date", "2026-11-18", "--format", "json", "--home", home)
    assert (refused.status, refused.out) == (1, "")
    assert "2026-11-19 09:00" in refused.err
    assert SETTLED not in list_topics(home)
    waiting = json.loads(run_kiosk("reconcile", "--format", "json", "--home", home).out)
    assert [row["date"] for row in waiting] == ["2026-11-16", "2026-11-17"]
    pass_time(home, "2026-11-19T09:00")
    assert list_settled(home, "2026-11-18") == ["2026-11-18"]


def test_a_night_goes_on_behind_the_last_settled_day(home: Path) -> None:
    pass_time(home, "2026-11-20T08:00")
    assert list_settled(home, "2026-11-16") == ["2026-11-16"]
    assert list_settled(home, "2026-11-19") == ["2026-11-17", "2026-11-18", "2026-11-19"]
    assert list_topics(home).count(SETTLED) == 4
