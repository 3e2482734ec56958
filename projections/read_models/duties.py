"""Read model: duties, one row per volunteer and shift that they were ever responsible for, each with one outcome.

A shift that is not cancelled and has no attended duty is uncovered, whether volunteers are responsible or not (R-040).
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.spans import Second
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day, read_id
from projections.read_models.day_filter import EVERYTHING, DayFilter


class DutyRow(NamedTuple):
    """One duty."""

    shift: str
    volunteer: UUID
    date: date
    start: Second
    end: Second
    outcome: str
    late_minutes: int
    early_minutes: int
    credited_minutes: int


def list_duties(views: RowSource, day_filter: DayFilter = EVERYTHING) -> Iterator[DutyRow]:
    """Duties by start and shift."""
    views.ensure_intact(*day_filter.bounds)
    query = (
        "SELECT shift, p.volunteer, day, starts, ends, outcome, late, early, seconds / 60"
        f" FROM (SELECT * FROM duties WHERE {day_filter.where}) d JOIN people p ON p.key = d.volunteer"
        " ORDER BY starts, shift, d.volunteer"
    )
    for shift, volunteer_id, day, *rest in views.rows(query, day_filter.values):
        yield DutyRow(shift, read_id(volunteer_id), read_day(day), *rest)


class UncoveredShift(NamedTuple):
    """A shift to which no volunteer came."""

    shift: str
    start: Second
    end: Second
    post: str | None


def list_uncovered_shifts(views: RowSource, day: date) -> Iterator[UncoveredShift]:
    """The uncovered shifts of a service day, by start."""
    views.ensure_intact(day.toordinal(), day.toordinal())
    for row in views.rows(_UNCOVERED, (day.toordinal(),)):
        yield UncoveredShift(*row)


_UNCOVERED = """
SELECT shift, starts, ends, post FROM shifts s WHERE day = ? AND NOT cancelled AND NOT EXISTS (
    SELECT 1 FROM duties d WHERE d.shift = s.shift AND d.day = s.day AND d.outcome IN ('attended', 'no_check_out')
) ORDER BY starts, shift
"""
