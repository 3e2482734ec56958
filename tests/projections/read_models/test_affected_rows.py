"""Whose rows an event can have changed, and of which days: asked of events of every kind."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import ServiceDays
from domain.log.event_rows import Entry
from domain.model.corrections import Corrections
from domain.model.shift import Shift
from domain.model.unit import Unit
from domain.model.unit_session import UnitSession
from domain.policy import Policies
from projections.read_models.affected_rows import AffectedRows, DayRange, RowSubject, find_affected_rows_of
from tests.support.every_event import make_event, make_every_event
from tests.support.people import ANN, BEN, local_time

DAYS = ServiceDays(ZoneInfo("Asia/Taipei"), Policies(()).day_ends)


def find_affected(*events: object) -> AffectedRows | None:
    """What the last of the events of a stream is about."""
    stream = [Entry(position, event) for position, event in enumerate(events, 1)]
    return find_affected_rows_of(stream, DAYS, len(stream))


@pytest.mark.parametrize("event", [pytest.param(event, id=name) for name, event in make_every_event()])
def test_of_an_event_of_any_kind_it_is_known_though_nothing_before_it_can_be_read(event: object) -> None:
    affected = find_affected(event)
    assert affected is None or affected.position == 1


def test_a_session_that_is_called_off_is_about_those_whom_it_was_for() -> None:
    scheduled = make_event(UnitSession.Created)
    affected = find_affected(scheduled, make_event(UnitSession.Cancelled))
    day = DAYS.of(scheduled.start)
    assert affected
    assert affected.includes(RowSubject(ANN, DayRange(day, day)))
    assert not affected.includes(RowSubject(BEN, DayRange(day, day)))


def test_of_one_whose_scheduling_cannot_be_read_everybody_and_every_day_is_left_open() -> None:
    affected = find_affected(make_event(UnitSession.Cancelled))
    assert affected
    assert affected.includes(RowSubject(BEN))
    assert (affected.volunteers, affected.day_range) == (None, None)


def test_a_correction_is_about_each_day_that_its_visit_reaches() -> None:
    """Also the one that takes it back, which says no more than when the visit began."""
    closed = make_event(Corrections.VisitClosed)
    late = replace(closed, check_in=local_time("2026-11-19 03:55"), check_out=local_time("2026-11-19 08:00"))
    taken_back = replace(make_event(Corrections.Retracted), check_in=late.check_in)
    days = [found.day_range for found in (find_affected(late), find_affected(late, taken_back)) if found]
    assert days == [DayRange(date(2026, 11, 18), date(2026, 11, 19))] * 2


@pytest.mark.parametrize(("until", "last"), [("04:00", 18), ("04:01", 19)])
def test_a_visit_that_is_closed_up_to_the_turn_of_the_service_day_is_of_the_day_that_ends(
    until: str, last: int
) -> None:
    closed = make_event(Corrections.VisitClosed)
    check_in, check_out = local_time("2026-11-18 20:00"), local_time(f"2026-11-19 {until}")
    found = find_affected(replace(closed, check_in=check_in, check_out=check_out))
    assert found
    assert found.day_range == DayRange(date(2026, 11, 18), date(2026, 11, last))


@pytest.mark.parametrize(("until", "last"), [("04:00", 18), ("04:01", 19)])
def test_a_shift_that_ends_at_the_turn_of_the_service_day_is_of_the_day_that_ends(until: str, last: int) -> None:
    start, end = local_time("2026-11-18 20:00"), local_time(f"2026-11-19 {until}")
    found = find_affected(replace(make_event(Shift.Changed), start=start, end=end))
    assert found
    assert found.day_range == DayRange(date(2026, 11, 18), date(2026, 11, last))


@pytest.mark.parametrize(("changes", "is_known"), [({"grace_minutes_in": 5}, True), ({"of_a_newer_program": 5}, False)])
def test_no_row_follows_from_a_policy_that_this_program_does_not_know(changes: dict[str, int], is_known: bool) -> None:
    adopted = replace(make_event(Unit.PolicyAdopted), effective_from="2026-11-19", changes=changes)
    assert (find_affected(adopted) is not None) == is_known
