"""The night's report names each case that has been raised since the settlement before it, whatever day dates it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch


def apply(home: Path, *lines: dict[str, Any]) -> None:
    assert run_kiosk("apply", write_batch(home.parent / "batch", *lines), "--home", home).err == ""


def reconcile(home: Path) -> list[str]:
    done = run_kiosk("reconcile", "--format", "json", "--home", home)
    assert done.status == 0, done.err
    return [row["date"] for row in json.loads(done.out)]


def schedule(day: str, at: str) -> dict[str, Any]:
    span = {"start": f"2026-11-{day}T09:00", "end": f"2026-11-{day}T12:00"}
    return line("schedule_shift", at, shift=f"D{day}", volunteers=["V001"], **span)


def tap(at: str) -> dict[str, Any]:
    return line("tap", at, card="04000000000001")


def list_reported_cases(home: Path) -> list[tuple[str, str, str]]:
    """The day of the report, the rule and the date of each case."""
    reports = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((home / "reports").glob("*.json"))]
    return [
        (report["date"], case["rule"], case["raised_on"])
        for report in reports
        for case in report["needs_a_person"]["cases"]
    ]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A simulation in which Ann is absent on the 19th and the 24th; days are settled up to the 26th."""
    home = tmp_path / "home"
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    apply(home, *ANNS_UNIT_LINES, schedule("24", "2026-11-01T08:00"), tap("2026-11-27T09:00"))
    assert reconcile(home)[-1] == "2026-11-26"
    assert list_reported_cases(home) == []
    return home


def test_a_case_that_a_day_settled_late_completes_is_in_the_report_of_that_day_alone(home: Path) -> None:
    """R-050: three absences. It is dated by the newest settled day, whose report was written before."""
    apply(home, schedule("10", "2026-11-27T10:00"), tap("2026-11-28T09:00"))
    assert reconcile(home) == ["2026-11-10", "2026-11-27"]
    assert list_reported_cases(home) == [("2026-11-10", "R-050", "2026-11-26")]


def test_a_case_stated_of_a_day_whose_report_is_written_is_in_the_next_report(home: Path) -> None:
    """R-054: it was stated on the 25th, and reached the log on the 27th."""
    late = line("report_misconduct", "2026-11-25T10:00", recorded_at="2026-11-27T10:00", volunteer="V001")
    apply(home, late | {"on": "2026-11-24", "reason": "on paper", "by": "lin"}, tap("2026-11-28T09:00"))
    assert reconcile(home) == ["2026-11-27"]
    assert list_reported_cases(home) == [("2026-11-27", "R-054", "2026-11-25")]
