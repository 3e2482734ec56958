"""The totals of a settled day add up, and late facts are noticed (R-126)."""

from datetime import date
from pathlib import Path

import pytest

from domain.use_cases.unit_rules import UnitRules
from projections.read_models.day_findings import UnevenTotals, collect_findings, compute_day_totals, find_changed_days
from projections.read_models.day_totals import find_unreconciled_days
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT

DAY = date(2026, 11, 19)


def test_every_duty_has_one_outcome_and_the_outcomes_add_up(office: Office) -> None:
    office.at("2026-11-01 08:00")
    office.schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN, BEN)
    office.schedule_shift("PM", "2026-11-19 14:00", "17:00", ANN, CAT)
    office.schedule_shift("Off", "2026-11-19 14:00", "17:00", BEN)
    office.at("2026-11-18 09:00").request_leave("AM", BEN)
    office.swap("PM", CAT, BEN)
    office.cancel_shift("Off")
    for who, at in ((ANN, "08:55"), (ANN, "12:00"), (CAT, "15:00"), (CAT, "16:00"), (BEN, "14:00")):
        office.tap(who, f"2026-11-19 {at}")
    office.tap("a stranger's card", "2026-11-19 16:10")
    totals = compute_day_totals(office.at("2026-11-20 04:30").current_views(), DAY)
    assert totals == {
        "duties": 6,
        "attended": 1,
        "no_check_out": 1,
        "leave": 1,
        "swapped_away": 1,
        "cancelled": 1,
        "absent": 1,
        "unscheduled_visits": 1,
        "refused_taps": 1,
    }


def test_a_day_with_a_duty_that_is_not_over_cannot_be_settled(office: Office) -> None:
    """Checked, not assumed: a night shift runs past the end of its service day."""
    office.at("2026-11-01 08:00").schedule_shift("Night", "2026-11-19 22:00", "2026-11-20 06:00", ANN)
    with pytest.raises(UnevenTotals):
        compute_day_totals(office.at("2026-11-20 04:30").current_views(), DAY)


def test_a_late_fact_is_noticed_once(office: Office) -> None:
    """The settled day that it changed is named by the next settlement, and by no later one."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    office.at("2026-11-20 10:00").excuse_absence("AM", ANN)
    assert [day for day, _ in find_changed_days(office.current_views())] == [DAY]
    assert office.at("2026-11-21 04:30").reconcile("2026-11-20").totals["late_facts"] == 1
    assert office.at("2026-11-22 04:30").reconcile("2026-11-21").totals["late_facts"] == 0


def test_a_fact_written_while_the_night_ran_is_noticed_by_the_next(office: Office) -> None:
    """Between what the night read and what it wrote, the desk excused an absence."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.at("2026-11-20 04:30")
    read = collect_findings(office.current_views(), DAY, UnitRules(office.log).load().policies)
    office.excuse_absence("AM", ANN)
    office.night.reconcile(DAY, read, office.act)
    assert office.at("2026-11-21 04:30").reconcile("2026-11-20").totals["late_facts"] == 1
    assert office.at("2026-11-22 04:30").reconcile("2026-11-21").totals["late_facts"] == 0


def test_a_rebuild_makes_no_late_facts(office: Office, tmp_path: Path) -> None:
    """Every day is reckoned again then, and none has changed."""
    office.tap(ANN, "2026-11-19 09:00")
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    office.restart()
    (tmp_path / "views.db").unlink()
    assert list(find_changed_days(office.at("2026-11-21 04:30").current_views())) == []


@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_a_settled_day_that_has_lost_its_only_fact_is_noticed(office: Office, tmp_path: Path, is_rebuilt: bool) -> None:
    """Also by views that are built from a log in which the fact was taken back already."""
    office.at("2026-11-19 18:00").add_visit(ANN, "2026-11-19 09:00", "2026-11-19 12:00")
    added = office.log.head().position
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    office.at("2026-11-20 10:00").retract(added)
    if is_rebuilt:
        office.restart()
        (tmp_path / "views.db").unlink()
    assert [day for day, _ in find_changed_days(office.at("2026-11-21 04:30").current_views())] == [DAY]


def test_a_late_tap_that_changes_nothing_is_no_late_fact(office: Office) -> None:
    """A repetition is recorded, and the day stays what it was."""
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00")
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    office.tap(ANN, "2026-11-19 09:00:20", recorded="2026-11-20 10:00")
    assert list(find_changed_days(office.current_views())) == []


def test_without_an_opening_the_first_day_to_settle_is_the_first_with_a_fact(office: Office) -> None:
    next_day = date(2026, 11, 20)
    assert find_unreconciled_days(office.current_views(), None, DAY) == []
    office.tap(ANN, "2026-11-19 09:00")
    assert find_unreconciled_days(office.current_views(), None, next_day) == [DAY, next_day]
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    assert find_unreconciled_days(office.current_views(), None, next_day) == [next_day]


def test_the_days_to_settle_are_all_since_the_opening_and_earlier_ones_with_facts(office: Office) -> None:
    opened, next_day = date(2026, 11, 18), date(2026, 11, 20)
    assert find_unreconciled_days(office.current_views(), opened, DAY) == [opened, DAY]
    assert find_unreconciled_days(office.current_views(), DAY, opened) == []
    office.tap(ANN, "2026-11-10 09:00")
    office.at("2026-11-19 08:00").tap("no card of ours", "2026-11-12 09:00")
    early = [date(2026, 11, 10), date(2026, 11, 12)]
    assert find_unreconciled_days(office.current_views(), opened, DAY) == [*early, opened, DAY]
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    assert find_unreconciled_days(office.current_views(), opened, next_day) == [*early, next_day]
