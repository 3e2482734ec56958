"""Every duty ends in exactly one outcome: R-025, R-043, R-044, R-045, decisions 5 and 7."""

from datetime import date

import pytest

from domain.model.standing import StandingChange
from tests.support.day_builder import Day, outcomes


def test_a_closed_visit_that_overlaps_the_duty_attends_it() -> None:
    """Decision 5: by a second on either side, and not by none."""
    assert outcomes(Day().shift("09:00", "12:00").taps("08:00", "09:00:01").evaluate()) == ["attended"]
    assert outcomes(Day().shift("09:00", "12:00").taps("08:00", "09:00:00").evaluate()) == ["absent"]
    assert outcomes(Day().shift("09:00", "12:00").taps("11:59:59", "13:00").evaluate()) == ["attended"]
    assert outcomes(Day().shift("09:00", "12:00").taps("12:00:00", "13:00").evaluate()) == ["absent"]


@pytest.mark.parametrize(
    ("arrived", "outcome"),
    [("08:29:59", "absent"), ("08:30:00", "no_check_out"), ("11:59:59", "no_check_out"), ("12:00:00", "absent")],
)
def test_an_open_visit_counts_when_it_began_in_time(arrived: str, outcome: str) -> None:
    """Decision 5: in [start - 30 min, end)."""
    assert outcomes(Day().shift("09:00", "12:00").taps(arrived).evaluate()) == [outcome]


def test_while_the_visit_is_open_the_duty_is_attended() -> None:
    """Only once the service day is over is the check-out missing."""
    day = Day().shift("09:00", "12:00").taps("08:58")
    assert outcomes(day.evaluate("2026-11-20T03:59:59")) == ["attended"]
    assert outcomes(day.evaluate("2026-11-20T04:00:00")) == ["no_check_out"]


def test_nobody_is_absent_before_the_duty_is_over() -> None:
    """R-045: the second before its end, and its end."""
    day = Day().shift("09:00", "12:00")
    assert outcomes(day.evaluate("2026-11-19T11:59:59")) == ["upcoming"]
    assert outcomes(day.evaluate("2026-11-19T12:00:00")) == ["absent"]


@pytest.mark.parametrize(
    ("state", "outcome"), [("on_leave", "leave"), ("excused", "leave"), ("handed_over", "swapped_away")]
)
def test_leave_and_hand_over_are_not_absences(state: str, outcome: str) -> None:
    """R-043, R-044, R-045."""
    assert outcomes(Day().shift("09:00", "12:00", state=state).evaluate()) == [outcome]


def test_a_cancelled_shift_is_nobodys_absence() -> None:
    """R-045."""
    assert outcomes(Day().shift("09:00", "12:00", cancelled=True).evaluate()) == ["cancelled"]


@pytest.mark.parametrize(("kind", "day"), [("suspended", date(2026, 11, 19)), ("ended", date(2026, 11, 18))])
def test_duties_of_somebody_who_does_not_serve_are_cancelled(kind: str, day: date) -> None:
    """R-053, R-056: never absent."""
    facts = Day().shift("09:00", "12:00")
    facts.turns.append(StandingChange(kind, day.toordinal(), 0))
    assert outcomes(facts.evaluate()) == ["cancelled"]


def test_a_void_visit_leaves_the_duty_absent() -> None:
    """R-007: counts as if it had not happened."""
    assert outcomes(Day().shift("09:00", "12:00").taps("09:00", "12:00").void_visit("09:00").evaluate()) == ["absent"]


@pytest.mark.parametrize(
    ("arrived", "late"), [("09:10:00", 0), ("09:10:01", 10), ("09:26:00", 26), ("08:50", 0), ("09:11:59", 11)]
)
def test_late_is_counted_from_the_start_once_the_grace_is_over(arrived: str, late: int) -> None:
    """R-020: whole minutes; ten minutes of grace change the status only."""
    (duty,) = Day().shift("09:00", "12:00").taps(arrived, "12:00").evaluate().duties
    assert duty.late_minutes == late


@pytest.mark.parametrize(
    ("left", "grace", "early"),
    [("12:00:00", 0, 0), ("11:59:59", 0, 0), ("11:58:59", 0, 1), ("11:45:00", 15, 0), ("11:44:59", 15, 15)],
)
def test_early_is_counted_to_the_end_likewise(left: str, grace: int, early: int) -> None:
    """R-020: the grace at the end is 0 unless a policy gives one."""
    (duty,) = Day(policy={"grace_minutes_out": grace}).shift("09:00", "12:00").taps("09:00", left).evaluate().duties
    assert duty.early_minutes == early


def test_early_is_not_said_while_a_visit_has_no_check_out() -> None:
    """One visit closed early, another still open."""
    (duty,) = Day().shift("09:00", "12:00").taps("09:00", "10:00", "10:30").evaluate().duties
    assert duty.early_minutes == 0


def test_the_first_arrival_and_the_last_departure_are_what_counts() -> None:
    """A break in the middle is neither late nor early."""
    (duty,) = Day().shift("09:00", "12:00").taps("09:00", "10:00", "11:00", "12:00").evaluate().duties
    assert (duty.late_minutes, duty.early_minutes) == (0, 0)
