"""Whose rows an event can have changed, and of which days: asked of events of every kind."""

from zoneinfo import ZoneInfo

import pytest

from domain.calendar import ServiceDays
from domain.log.event_rows import Entry
from domain.model.unit_session import UnitSession
from domain.policy import Policies
from projections.read_models.affected_rows import AffectedRows, find_affected_rows_of
from tests.support.every_event import make_event, make_every_event
from tests.support.people import ANN, BEN

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
    assert affected.includes(ANN, day, None, None)
    assert not affected.includes(BEN, day, None, None)


def test_of_one_whose_scheduling_cannot_be_read_everybody_and_every_day_is_left_open() -> None:
    affected = find_affected(make_event(UnitSession.Cancelled))
    assert affected
    assert affected.includes(BEN, None, None, None)
    assert (affected.volunteers, affected.day_range) == (None, None)
