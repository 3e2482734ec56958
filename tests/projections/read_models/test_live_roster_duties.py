"""Read model: the live roster: duties that change hands or that nobody does, and who is in without one (R-125)."""

from typing import Any
from uuid import UUID

import pytest

from tests.projections.read_models.conftest import DAY, entry, roster_at, state, uncovered
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, local_second

# --- Not theirs to do ---


def test_who_is_on_leave_is_on_leave(morning: Office) -> None:
    morning.request_leave("AM", ANN)
    assert (state(morning, "09:30"), state(morning, "13:00")) == ("on_leave", "on_leave")


def test_who_comes_on_leave_is_in_without_a_duty(morning: Office) -> None:
    morning.request_leave("AM", ANN)
    morning.tap(ANN, f"{DAY} 09:00")
    assert (state(morning, "09:30"), state(morning, "09:30", shift=None)) == ("on_leave", "here")


def test_an_absence_that_was_excused_is_leave(morning: Office) -> None:
    """R-045: whether it is excused before the duty is over or after."""
    morning.at(f"{DAY} 10:00").excuse_absence("AM", ANN)
    assert (state(morning, "10:30"), state(morning, "12:00")) == ("on_leave", "on_leave")


def test_a_duty_that_was_handed_over_says_to_whom(morning: Office) -> None:
    """R-042: each giver to the one they gave it to."""
    morning.swap("AM", ANN, BEN)
    morning.swap("AM", BEN, CAT)
    takers = {who: entry(morning, "09:30", "AM", who) for who in (ANN, BEN, CAT)}
    assert [(e.state, e.taker) for e in takers.values() if e] == [
        ("handed_over", BEN),
        ("handed_over", CAT),
        ("late", None),
    ]


def test_a_duty_that_came_back_and_was_handed_over_again_says_to_whom_last(morning: Office) -> None:
    morning.swap("AM", ANN, BEN)
    morning.swap("AM", BEN, ANN)
    assert state(morning, "09:00") == "expected"
    morning.at("2026-11-01 10:00").swap("AM", ANN, CAT)
    found = entry(morning, "09:30")
    assert found is not None
    assert found.taker == CAT


def test_a_cancelled_duty_is_cancelled_and_uncovered_by_nobody(morning: Office) -> None:
    morning.cancel_shift("AM")
    assert state(morning, "09:30") == "cancelled"
    assert state(morning, "09:30", who=None) is None
    assert uncovered(morning, "09:30") == []


def test_who_does_not_serve_that_day_leaves_the_duty_vacant(morning: Office) -> None:
    morning.suspend(ANN, DAY)
    assert (state(morning, "09:30"), state(morning, "09:30", who=None)) == ("cancelled", "vacant")


# --- Duties that nobody does ---


def test_a_duty_without_anybody_responsible_is_uncovered_until_it_is_over(office: Office) -> None:
    office.at("2026-11-01 09:00").schedule_shift("AM", f"{DAY} 09:00", "12:00")
    assert state(office, "08:00", who=None) == "vacant"
    assert uncovered(office, "04:00:00") == ["AM"]
    assert (uncovered(office, "11:59:59"), uncovered(office, "12:00:00")) == (["AM"], [])


def test_a_duty_is_uncovered_once_the_grace_is_over_while_nobody_came(morning: Office) -> None:
    """R-020, R-040: the second in which they are late; an alarm before that would be of people who are in time."""
    assert (uncovered(morning, "09:00:00"), uncovered(morning, "09:10:00")) == ([], [])
    assert (uncovered(morning, "09:10:01"), state(morning, "09:10:01")) == (["AM"], "late")
    assert state(morning, "09:10:01", who=None) is None
    morning.tap(ANN, f"{DAY} 09:15")
    assert uncovered(morning, "09:15:00") == []


@pytest.mark.parametrize(
    ("grace", "in_time", "alarm"),
    [(0, "09:00:59", "09:01:00"), (1, "09:01:00", "09:01:01"), (179, "11:59:00", "11:59:01")],
)
def test_the_alarm_comes_when_the_volunteer_is_late(morning: Office, grace: int, in_time: str, alarm: str) -> None:
    """R-020: late is a whole minute at least."""
    morning.adopt_policy(DAY, grace_minutes_in=grace)
    assert (uncovered(morning, in_time), state(morning, in_time)) == ([], "expected")
    assert (uncovered(morning, alarm), state(morning, alarm)) == (["AM"], "late")


def test_a_grace_as_long_as_the_duty_raises_no_alarm(morning: Office) -> None:
    morning.adopt_policy(DAY, grace_minutes_in=1_000_000)
    assert (uncovered(morning, "11:59:59"), state(morning, "11:59:59")) == ([], "expected")
    assert (uncovered(morning, "12:00:00"), state(morning, "12:00:00")) == ([], "absent")


def test_one_of_several_is_enough(morning: Office) -> None:
    morning.assign("AM", BEN)
    morning.tap(BEN, f"{DAY} 08:50")
    assert uncovered(morning, "09:30") == []


def test_leave_of_the_only_one_uncovers_a_duty_and_a_taker_covers_it(morning: Office) -> None:
    morning.request_leave("AM", ANN)
    assert uncovered(morning, "08:00") == ["AM"]
    morning.at("2026-11-01 10:00").assign("AM", BEN)
    assert uncovered(morning, "08:00") == []


# --- In without a duty ---


@pytest.mark.parametrize(("mode", "kind"), [("rostered", "unplanned"), ("flexible", "flexible")])
def test_who_is_in_without_a_duty_is_told_apart_by_how_they_serve(office: Office, mode: str, kind: str) -> None:
    """R-026: a flexible volunteer needs no duty."""
    guest = UUID(int=7, version=4)
    office.onboard(guest, mode)
    office.tap(guest, f"{DAY} 09:00")
    found = entry(office, "09:30", None, guest)
    assert found is not None
    assert (found.state, found.at, found.kind) == ("here", local_second(f"{DAY} 09:00"), kind)
    office.tap(guest, f"{DAY} 10:00")
    assert state(office, "10:00", None, guest) == "left"


@pytest.mark.parametrize(("listed", "kind"), [((), "event"), ((ANN,), "event"), ((BEN,), "unplanned")])
def test_who_serves_at_an_event_is_expected_there(office: Office, listed: tuple[UUID, ...], kind: str) -> None:
    office.at("2026-11-01 09:00").schedule_event("Fair", f"{DAY} 09:00", "12:00", *listed)
    office.tap(ANN, f"{DAY} 09:00")
    found: Any = entry(office, "10:00", None)
    assert found.kind == kind


def test_lines_stand_by_start_and_whoever_came_without_a_duty_at_the_end(half_days: Office) -> None:
    half_days.tap(CAT, f"{DAY} 08:00")
    half_days.tap(BEN, f"{DAY} 08:30")
    half_days.tap(CAT, f"{DAY} 09:30")
    lines = [(e.slot and e.slot.shift, e.volunteer) for e in roster_at(half_days, "10:00").entries]
    assert lines == [("AM", ANN), ("PM", ANN), (None, CAT), (None, BEN)]
