"""Read model: duties, one row per volunteer and shift that they were ever responsible for, each with one outcome."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.spans import Second
from projections.engine.views import Views
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


def list_duties(views: Views, day_filter: DayFilter = EVERYTHING) -> Iterator[DutyRow]:
    """Duties by start and shift."""
    query = (
        "SELECT shift, p.volunteer, day, starts, ends, outcome, late, early, seconds / 60"
        f" FROM (SELECT * FROM duties WHERE {day_filter.where}) d JOIN people p ON p.key = d.volunteer"
        " ORDER BY starts, shift, d.volunteer"
    )
    for shift, who, day, *rest in views.rows(query, day_filter.values):
        yield DutyRow(shift, UUID(bytes=who), date.fromordinal(day), *rest)
