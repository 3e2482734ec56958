"""Every day that a night settles has its report, however many days there are and however early they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.nightly import report_files
from tests.support.kiosk_program import ENROL_ANN, ISSUE_ANNS_CARD, line, run_kiosk, write_batch

CARD = "04000000000001"


def apply(home: Path, *lines: dict[str, Any]) -> None:
    assert run_kiosk("apply", write_batch(home.parent / "batch", *lines), "--home", home).err == ""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Ann did not come on 3 September; nothing was settled until it is 15 October."""
    home = tmp_path / "home"
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    unit = line("open_unit", "2026-09-01T08:00", name="戶政", kind="public", category="戶政")
    begins, ends = "2026-09-03T09:00", "2026-09-03T12:00"
    shift = line("schedule_shift", "2026-09-01T08:00", shift="S1", start=begins, end=ends, volunteers=["V001"])
    apply(home, unit, ENROL_ANN, ISSUE_ANNS_CARD, shift, line("tap", "2026-10-15T09:00", card=CARD))
    return home


def reconcile(home: Path) -> list[str]:
    done = run_kiosk("reconcile", "--format", "json", "--home", home)
    assert done.status == 0, done.err
    return [row["date"] for row in json.loads(done.out)]


def list_reported(home: Path) -> list[str]:
    return sorted(file.stem for file in (home / "reports").glob("*.json"))


def load_report(home: Path, day: str) -> dict[str, Any]:
    return json.loads((home / "reports" / f"{day}.json").read_text(encoding="utf-8"))


def test_every_day_of_a_long_pause_is_reported(home: Path) -> None:
    settled = reconcile(home)
    assert (len(settled), list_reported(home)) == (44, settled)
    assert [row["shift"] for row in load_report(home, "2026-09-03")["needs_a_person"]["absent"]] == ["S1"]


def test_reports_that_one_night_does_not_write_the_next_ones_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a restore, where those of all years are missing: no night takes hours for them."""
    monkeypatch.setattr(report_files, "OLD_REPORTS", 8)
    settled = reconcile(home)
    assert list_reported(home) == settled[-39:]
    assert reconcile(home) == []
    assert list_reported(home) == settled


def test_a_day_that_is_settled_long_after_it_is_reported(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forgotten visit of a day before the unit was opened is entered. Missing reports do not hold up its own."""
    settled = reconcile(home)
    (home / "reports" / "2026-09-05.json").unlink()
    span = {"check_in": "2026-08-20T09:00", "check_out": "2026-08-20T11:00"}
    visit = line("add_visit", "2026-08-20T12:00", recorded_at="2026-10-16T10:00", volunteer="V001", **span)
    apply(home, visit | {"reason": "paper", "by": "lin"})
    monkeypatch.setattr(report_files, "OLD_REPORTS", 1)
    assert reconcile(home) == ["2026-08-20", "2026-10-15"]
    assert list_reported(home) == sorted({"2026-08-20", *settled, "2026-10-15"} - {"2026-09-05"})


def test_the_report_of_an_old_day_has_the_corrections_since_the_settlement_before_it(home: Path) -> None:
    """Not those of the whole log: they are in the reports that were written before."""
    span = {"check_in": "2026-09-03T09:00", "check_out": "2026-09-03T11:00"}
    visit = line("add_visit", "2026-09-03T12:00", recorded_at="2026-10-15T10:00", volunteer="V001", **span)
    apply(home, visit | {"reason": "paper", "by": "lin"})
    reconcile(home)
    assert [row["kind"] for row in load_report(home, "2026-09-03")["corrections"]] == ["added"]
    assert load_report(home, "2026-09-05")["corrections"] == []
