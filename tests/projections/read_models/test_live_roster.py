"""Read model: the live roster: everybody has one state in every duty, and everybody who is in appears (R-125)."""

from datetime import date

import pytest

from domain.use_cases.unit_rules import UnitRules
from projections.read_models.live_roster import LiveRoster
from projections.read_models.presence import list_present
from tests.projections.read_models.conftest import DAY, entry, roster_at, state, uncovered
from tests.support.office import Office
from tests.support.people import ANN, BEN, local_second

# --- Not here yet ---


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        ("04:00:00", ("expected", 0)),
        ("09:10:00", ("expected", 0)),
        ("09:10:01", ("late", 10)),
        ("11:59:59", ("late", 179)),
        ("12:00:00", ("absent", 0)),
    ],
)
def test_who_has_not_come_is_expected_then_late_then_absent(morning: Office, at: str, stands: tuple[str, int]) -> None:
    """R-020: late once the grace is over, as a tap at that second would be; absent when the duty is over."""
    found = entry(morning, at)
    assert found is not None
    assert (found.state, found.late_minutes) == stands


def test_the_grace_is_the_one_in_force_on_that_day(morning: Office) -> None:
    """R-020: whole minutes, as the duty counts them, so that the first minute is nobody's lateness."""
    morning.adopt_policy(DAY, grace_minutes_in=0)
    assert (state(morning, "09:00:59"), state(morning, "09:01:00")) == ("expected", "late")


# --- Here, and gone ---


@pytest.mark.parametrize(("came", "late"), [("08:58", 0), ("09:10:00", 0), ("09:10:01", 10), ("09:22", 22)])
def test_who_came_is_here_since_then_and_by_so_much_late(morning: Office, came: str, late: int) -> None:
    morning.tap(ANN, f"{DAY} {came}")
    found = entry(morning, "10:00")
    assert found is not None
    assert (found.state, found.at, found.late_minutes) == ("here", local_second(f"{DAY} {came}"), late)


def test_who_tapped_out_has_left_from_that_second_on(morning: Office) -> None:
    morning.tap(ANN, f"{DAY} 09:00")
    assert state(morning, "10:59:59") == "here"
    morning.tap(ANN, f"{DAY} 11:00")
    found = entry(morning, "11:00:00")
    assert found is not None
    assert (found.state, found.at) == ("left", local_second(f"{DAY} 11:00"))


def test_an_arrival_that_the_desk_recorded_is_marked_until_a_tap_follows_it(morning: Office) -> None:
    """R-036: with a duty and without one."""
    for who in (ANN, BEN):
        morning.at(f"{DAY} 08:58").add_arrival(who, f"{DAY} 08:58")
    with_duty, without = entry(morning, "09:30"), entry(morning, "09:30", None, BEN)
    assert with_duty
    assert without
    assert [(e.state, e.at, e.is_corrected) for e in (with_duty, without)] == [
        ("here", local_second(f"{DAY} 08:58"), True)
    ] * 2
    morning.tap(ANN, f"{DAY} 10:00")
    morning.tap(ANN, f"{DAY} 10:30")
    back = entry(morning, "10:45")
    assert back
    assert (back.state, back.is_corrected) == ("here", False)


def test_who_comes_back_is_here_since_they_came_back(morning: Office) -> None:
    for at in ("09:00", "10:00", "10:30"):
        morning.tap(ANN, f"{DAY} {at}")
    found = entry(morning, "11:00")
    assert found is not None
    assert (found.state, found.at, found.late_minutes) == ("here", local_second(f"{DAY} 10:30"), 0)


def test_who_stays_half_an_hour_after_the_last_duty_forgot_to_tap_out(morning: Office) -> None:
    """R-035: it is asked while it can still be put right."""
    morning.tap(ANN, f"{DAY} 09:00")
    assert (state(morning, "12:29:59"), state(morning, "12:30:00")) == ("here", "no_check_out")


def test_who_stays_for_the_afternoon_forgot_nothing(half_days: Office) -> None:
    half_days.tap(ANN, f"{DAY} 09:00")
    assert (state(half_days, "12:30"), state(half_days, "17:29:59", "PM")) == ("here", "here")
    assert state(half_days, "17:30:00", "PM") == "no_check_out"


def test_the_afternoon_begins_half_an_hour_early_for_who_is_in(half_days: Office) -> None:
    """Decision 5: the window of a check-in."""
    half_days.tap(ANN, f"{DAY} 09:00")
    assert (state(half_days, "13:29:59", "PM"), state(half_days, "13:30:00", "PM")) == ("expected", "here")


def test_the_afternoon_of_who_stays_is_covered_and_its_outcome_waits_until_they_tap_out(half_days: Office) -> None:
    """Decision 5: open, the visit began before the window of the afternoon; closed, it overlaps it."""
    half_days.tap(ANN, f"{DAY} 09:00")
    assert [uncovered(half_days, at) for at in ("14:00:00", "16:59:59")] == [[], []]
    assert [duty.outcome for duty in half_days.at(f"{DAY} 17:00").list_duties()] == ["attended", "absent"]
    half_days.tap(ANN, f"{DAY} 17:05")
    assert (state(half_days, "17:05"), state(half_days, "17:05", "PM")) == ("left", "left")
    assert [duty.outcome for duty in half_days.list_duties()] == ["attended", "attended"]


def test_who_was_absent_in_the_morning_stays_so_when_they_come_for_the_afternoon(half_days: Office) -> None:
    half_days.tap(ANN, f"{DAY} 13:50")
    assert (state(half_days, "14:00"), state(half_days, "14:00", "PM")) == ("absent", "here")


def test_who_comes_far_too_early_is_here_all_the_same(morning: Office) -> None:
    """The outcome cannot say yet whether the visit will count; the roster shows that the volunteer is in."""
    morning.tap(ANN, f"{DAY} 07:30")
    assert state(morning, "07:31") == "here"
    assert state(morning, "09:30") == "here"
    assert state(morning, "07:31", shift=None) is None


def test_who_comes_far_too_early_may_forget_to_tap_out(morning: Office) -> None:
    morning.tap(ANN, f"{DAY} 07:30")
    assert (state(morning, "12:29:59"), state(morning, "12:30:00")) == ("here", "no_check_out")
    morning.tap(ANN, f"{DAY} 12:40")
    assert (state(morning, "12:40"), state(morning, "12:40", shift=None)) == ("left", None)


def test_who_came_and_went_before_the_window_is_still_expected(morning: Office) -> None:
    morning.tap(ANN, f"{DAY} 07:30")
    morning.tap(ANN, f"{DAY} 08:00")
    assert (state(morning, "08:30"), state(morning, "08:30", shift=None)) == ("expected", "left")


def test_a_void_visit_is_no_visit(morning: Office) -> None:
    """R-007."""
    morning.tap(ANN, f"{DAY} 09:00")
    morning.at(f"{DAY} 09:30").annotate_misuse(ANN, f"{DAY} 09:00")
    assert state(morning, "09:40") == "late"


def test_a_visit_that_the_desk_closed_is_closed(morning: Office) -> None:
    morning.tap(ANN, f"{DAY} 09:00")
    morning.at(f"{DAY} 13:00").close_visit(ANN, f"{DAY} 09:00", "11:50")
    found = entry(morning, "13:01")
    assert found is not None
    assert (found.state, found.at) == ("left", local_second(f"{DAY} 11:50"))


def test_a_second_arrival_ends_the_first(morning: Office) -> None:
    """Since when the first visit is over, nobody knows; she is in since the second."""
    morning.tap(ANN, f"{DAY} 09:00", direction="in")
    morning.tap(ANN, f"{DAY} 10:00", direction="in")
    found = entry(morning, "10:01")
    assert found is not None
    assert (found.state, found.at) == ("here", local_second(f"{DAY} 10:00"))
    assert roster_at(morning, "10:01").people_in == 1


# --- The whole ---


@pytest.mark.parametrize("at", ["08:59:59", "09:00:00", "11:59:59", "12:00:00", "13:00", "20:00"])
def test_it_counts_as_many_people_in_as_the_muster_lists(half_days: Office, at: str) -> None:
    half_days.tap(ANN, f"{DAY} 09:00")
    half_days.tap(BEN, f"{DAY} 09:00")
    half_days.tap(BEN, f"{DAY} 12:00")
    rules, now = UnitRules(half_days.log).load(), local_second(f"{DAY} {at}")
    listed = list(list_present(half_days.current_views(), rules.days, rules.policies, now))
    assert roster_at(half_days, at).people_in == len(listed)


def test_the_next_service_day_begins_where_this_one_ends(morning: Office) -> None:
    """Decision 8."""
    morning.tap(ANN, f"{DAY} 09:00")
    assert state(morning, "2026-11-20 03:59:59") == "no_check_out"
    assert roster_at(morning, "2026-11-20 04:00:00") == LiveRoster(date(2026, 11, 20).toordinal(), [], [], 0)
