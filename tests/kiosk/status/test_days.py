"""The checks of the days: last tap, reconciliation, open matters."""

import json
from pathlib import Path

import pytest

from kiosk.status.checked_home import CheckedHome
from kiosk.status.days import check_reconciled
from tests.kiosk.status.conftest import ApplyLines, run_check, set_clock_line
from tests.support.builders import ANN, BEN, SETUP_LINES, coordinator_line, shift, tap
from tests.support.kiosk_program import OPEN_UNIT, run_kiosk
from tests.support.people import local_time

DAYS = ("11-16", "11-17", "11-18")


@pytest.fixture
def unit(simulation: Path, carry_out: ApplyLines) -> Path:
    """Ann, Ben and Cat serve; nothing is planned."""
    carry_out(simulation, {**OPEN_UNIT, "at": "2026-11-16T08:00"}, *SETUP_LINES[1:])
    return simulation


# --- The last tap ---


def test_a_unit_without_taps_is_new(unit: Path) -> None:
    check = run_check(unit, "last_tap")
    assert (check.ok, check.detail) == (True, "no card has been tapped yet")


@pytest.mark.parametrize(("missed", "ok"), [(2, True), (3, False)])
def test_three_duties_in_a_row_without_anybody_are_a_reader_that_reads_nothing(
    unit: Path, carry_out: ApplyLines, missed: int, ok: bool
) -> None:
    shifts = [shift(f"S{day}", day, ANN) for day in DAYS[:missed]]
    carry_out(unit, tap(ANN, "11-01 07:00"), *shifts, set_clock_line("2026-11-19T09:00"))
    check = run_check(unit, "last_tap")
    assert (check.ok, check.detail.startswith("on 2026-11-01 07:00 at entrance")) == (ok, True)
    assert ("hold a card to the reader" in check.detail) != ok


def test_a_refused_tap_is_a_tap(unit: Path) -> None:
    run_kiosk("tap", "04999999999999", "--at", "2026-11-19T09:00", "--home", unit)
    assert run_check(unit, "last_tap").detail == "on 2026-11-19 09:00 at entrance"


# --- Reconciled days ---


@pytest.mark.parametrize(("now", "ok"), [("2026-11-18T04:00:00", True), ("2026-11-18T04:00:01", False)])
def test_a_day_is_overdue_a_day_after_its_end(unit: Path, carry_out: ApplyLines, now: str, ok: bool) -> None:
    """The service day of the 16th ends at four on the 17th."""
    carry_out(unit, tap(ANN, "11-16 09:00"), set_clock_line(now))
    check = run_check(unit, "reconciled")
    assert (check.ok, "2026-11-16 is overdue: run `kiosk reconcile`" in check.detail) == (ok, not ok)


def test_a_reconciled_day_is_not_overdue(unit: Path, carry_out: ApplyLines) -> None:
    carry_out(unit, tap(ANN, "11-16 09:00"), set_clock_line("2026-11-17T09:00"))
    assert run_kiosk("reconcile", "--home", unit).status == 0
    check = run_check(unit, "reconciled")
    assert (check.ok, check.detail) == (True, "settled up to 2026-11-16")


def test_a_day_with_a_night_shift_is_not_overdue_before_that_is_over(unit: Path, carry_out: ApplyLines) -> None:
    long = shift("Long", "11-16", BEN) | {"end": "2026-11-18T09:00", "long": True}
    carry_out(unit, long, tap(ANN, "11-16 09:00"), set_clock_line("2026-11-18T06:00"))
    assert run_check(unit, "reconciled").ok


def test_a_shift_of_a_century_holds_its_day_back_by_one_day(unit: Path, carry_out: ApplyLines) -> None:
    """Its year was mistyped, and its length confirmed all the same: overdue as any other day, and it is settled."""
    endless = shift("Endless", "11-16", BEN) | {"end": "2126-11-16T12:00", "long": True}
    carry_out(unit, endless, tap(ANN, "11-16 09:00"), set_clock_line("2026-11-18T03:59:59"))
    assert json.loads(run_kiosk("reconcile", "--home", unit, "--format", "json").out) == []
    carry_out(unit, set_clock_line("2026-11-19T04:00:01"))
    check = run_check(unit, "reconciled")
    assert (check.ok, "2026-11-16 is overdue" in check.detail) == (False, True)
    settled = json.loads(run_kiosk("reconcile", "--home", unit, "--format", "json").out)
    assert [(row["date"], row["duties"]) for row in settled] == [(f"2026-{day}", 0) for day in DAYS]
    assert run_check(unit, "reconciled").ok


def test_a_day_before_the_opening_that_gains_facts_waits_for_a_night(unit: Path, carry_out: ApplyLines) -> None:
    """It is no overdue one; the first of the unit is, a day after its end."""
    early = shift("Early", "11-01", BEN)
    carry_out(unit, early, set_clock_line("2026-11-18T04:00:00"))
    assert run_check(unit, "reconciled").ok
    carry_out(unit, set_clock_line("2026-11-18T04:00:01"))
    assert "2026-11-16 is overdue" in run_check(unit, "reconciled").detail


def test_a_shift_of_a_mistyped_year_begins_no_backlog(unit: Path, carry_out: ApplyLines) -> None:
    """1926 for 2026: the night settles that day, and not the 36,500 since."""
    early = shift("Early", "11-16", BEN) | {"start": "1926-11-16T09:00", "end": "1926-11-16T12:00"}
    carry_out(unit, early, tap(ANN, "11-16 09:00"), set_clock_line("2026-11-17T09:00"))
    settled = json.loads(run_kiosk("reconcile", "--home", unit, "--format", "json").out)
    assert [row["date"] for row in settled] == ["1926-11-16", "2026-11-16"]


def test_a_settled_day_that_is_not_over_needs_a_person(unit: Path, carry_out: ApplyLines) -> None:
    """A night on a clock that was ahead; then the clock is right again."""
    carry_out(unit, tap(ANN, "11-16 09:00"), set_clock_line("2026-12-06T09:00"))
    assert run_kiosk("reconcile", "--home", unit).status == 0
    with CheckedHome(unit) as subject:
        subject.home.set_clock(local_time("2026-11-17 09:00"))
        check = check_reconciled(subject)
    assert (check.ok, "a day that is not over" in check.detail) == (False, True)


# --- What the night left open ---


def reconcile_days(home: Path, carry_out: ApplyLines, *lines: dict[str, str], until: str = "2026-11-17T09:00") -> None:
    carry_out(home, *lines, set_clock_line(until))
    assert run_kiosk("reconcile", "--home", home).status == 0


def test_a_visit_without_check_out_waits_until_it_is_closed(unit: Path, carry_out: ApplyLines) -> None:
    reconcile_days(unit, carry_out, tap(ANN, "11-16 09:00"))
    check = run_check(unit, "left_open")
    assert (check.ok, "visits without check-out, to be closed: 1" in check.detail) == (False, True)
    assert check.detail.endswith(f"(report: {unit}/reports/2026-11-16.zh-TW.txt)")
    span = {"check_in": "2026-11-16T09:00", "check_out": "2026-11-16T12:00"}
    carry_out(unit, coordinator_line("close_visit", "11-17 10:00", volunteer=ANN, **span))
    assert run_check(unit, "left_open").ok


def test_a_departure_without_an_arrival_waits_until_the_visit_is_added(unit: Path, carry_out: ApplyLines) -> None:
    bens = tap(BEN, "11-16 09:00"), tap(BEN, "11-16 12:00")
    reconcile_days(unit, carry_out, *bens, tap(ANN, "11-16 12:00:30", direction="out"))
    check = run_check(unit, "left_open")
    assert (check.ok, "departures without an arrival, visits to be added: 1" in check.detail) == (False, True)
    span = {"check_in": "2026-11-16T09:00", "check_out": "2026-11-16T12:01"}
    carry_out(unit, coordinator_line("add_visit", "11-17 10:00", volunteer=ANN, **span))
    assert run_check(unit, "left_open").ok


def test_a_departure_that_was_tapped_twice_is_no_second_one(unit: Path, carry_out: ApplyLines) -> None:
    taps = (tap(ANN, "11-16 09:00"), tap(ANN, "11-16 12:00", direction="out"))
    reconcile_days(unit, carry_out, *taps, tap(ANN, "11-16 12:00:30", direction="out"))
    assert run_check(unit, "left_open").ok


def test_an_exit_case_waits_for_a_decision(unit: Path, carry_out: ApplyLines) -> None:
    score = {"do": "record_assessment", "at": "2026-11-10T09:00", "volunteer": ANN, "period_end": "2026-06-30"}
    reconcile_days(unit, carry_out, {**score, "score": 55}, tap(ANN, "11-16 09:00"), tap(ANN, "11-16 12:00"))
    check = run_check(unit, "left_open")
    assert (check.ok, "exit cases that wait for a decision: 1" in check.detail) == (False, True)
    carry_out(unit, coordinator_line("decide_exit", "11-17 10:00", volunteer=ANN, rule="R-052", decision="keep"))
    assert run_check(unit, "left_open").ok


def test_what_cannot_be_corrected_is_reported_and_is_ok(unit: Path, carry_out: ApplyLines) -> None:
    carry_out(unit, shift("S1", "11-16", BEN))
    run_kiosk("tap", "04999999999999", "--at", "2026-11-16T09:00", "--home", unit)
    reconcile_days(unit, carry_out)
    check = run_check(unit, "left_open")
    expected = "2026-11-16, unexcused absences: 1; shifts without anybody: 1; refused taps: 1"
    assert (check.ok, check.detail.partition(" (report")[0]) == (True, expected)


def test_what_is_open_of_an_earlier_day_is_named_with_the_report_of_that_day(unit: Path, carry_out: ApplyLines) -> None:
    absent, forgotten = (shift("S1", "11-16", BEN), shift("S2", "11-17", BEN)), tap(ANN, "11-17 09:00")
    there = [tap(BEN, f"11-{day} {hour}") for day in ("18", "19") for hour in ("09:00", "12:00")]
    reconcile_days(unit, carry_out, *absent, forgotten, *there, until="2026-11-20T09:00")
    check = run_check(unit, "left_open")
    reports = unit / "reports"
    assert (check.ok, check.detail.split(". 2026")) == (
        False,
        [
            "2026-11-17, visits without check-out, to be closed: 1; unexcused absences: 1"
            f" (report: {reports}/2026-11-17.zh-TW.txt)",
            f"-11-16, unexcused absences: 1 (report: {reports}/2026-11-16.zh-TW.txt)",
        ],
    )
    pending = json.loads(run_kiosk("pending", "--to", "2026-11-19", "--format", "json", "--home", unit).out)
    assert [(row["date"], row["kind"]) for row in pending if row["kind"] != "unscheduled"] == [
        ("2026-11-16", "absent"),
        ("2026-11-17", "no_check_out"),
        ("2026-11-17", "absent"),
    ]
    excused = coordinator_line("excuse_absence", "11-20 10:00", volunteer=BEN, shift="S1")
    carry_out(unit, excused)
    assert "2026-11-16" not in run_check(unit, "left_open").detail


def test_a_case_is_named_with_the_report_of_the_day_that_raised_it(unit: Path, carry_out: ApplyLines) -> None:
    score = {"do": "record_assessment", "at": "2026-11-10T09:00", "volunteer": ANN, "period_end": "2026-06-30"}
    there = [tap(BEN, f"11-{day} {hour}") for day in ("16", "17", "18") for hour in ("09:00", "12:00")]
    reconcile_days(unit, carry_out, {**score, "score": 55}, *there, until="2026-11-19T09:00")
    check = run_check(unit, "left_open")
    raised = json.loads(run_kiosk("exits", "--format", "json", "--home", unit).out)[0]["raised_on"]
    assert raised < "2026-11-18"
    expected = f"{raised}, exit cases that wait for a decision: 1 (report: {unit}/reports/{raised}.zh-TW.txt)"
    assert (check.ok, check.detail) == (False, expected)


@pytest.mark.parametrize(("days", "named"), [(7, False), (8, True)])
def test_a_week_is_named_day_by_day_and_what_is_older_is_summed(
    unit: Path, carry_out: ApplyLines, days: int, named: bool
) -> None:
    missed = [shift(f"S{day}", f"11-{day:02}", BEN) for day in range(2, 2 + days)]
    reconcile_days(unit, carry_out, *missed, until="2026-11-12T09:00")
    check = run_check(unit, "left_open")
    assert check.detail.count("(report: ") == 7
    assert ("1 earlier day, the first 2026-11-02: unexcused absences: 1" in check.detail) == named


@pytest.mark.parametrize(("until", "ok"), [("2026-12-17T09:00", False), ("2026-12-18T09:00", True)])
def test_a_visit_that_nobody_closes_is_reported_for_a_month(
    unit: Path, carry_out: ApplyLines, until: str, ok: bool
) -> None:
    reconcile_days(unit, carry_out, tap(ANN, "11-16 09:00"), until=until)
    check = run_check(unit, "left_open")
    assert (check.ok, "2026-11-16, visits without check-out, to be closed: 1" in check.detail) == (ok, True)


def test_the_path_of_a_report_has_no_steps_upwards(unit: Path, carry_out: ApplyLines) -> None:
    reconcile_days(unit, carry_out, tap(ANN, "11-16 09:00"))
    assert run_kiosk("backup", unit / ".." / "copies", "--home", unit).status == 0
    said = run_kiosk("status", "--home", unit / ".." / unit.name, "--format", "json").out
    assert f"(report: {unit}/reports/2026-11-16.zh-TW.txt)" in said
    assert ".." not in said
