"""Read model: exit cases as the nightly job raised them and coordinators decided them (R-050 to R-052)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.spans import Second
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day, read_id, read_texts
from projections.read_models.day_filter import EVERYTHING, DayFilter


class ExitRow(NamedTuple):
    """One case."""

    volunteer: UUID
    rule: str
    raised_on: date
    evidence: list[str]
    score: float | None
    status: str
    decision: str | None
    raised_at: Second
    """When the night raised it."""
    position: int
    """Of the event that raised it."""


def list_exits(views: RowSource, day_filter: DayFilter = EVERYTHING) -> Iterator[ExitRow]:
    """Cases by rule, the oldest first; `day_filter` narrows the day on which each was raised."""
    of_volunteer = "" if day_filter.volunteer is None else "WHERE c.volunteer = :volunteer"
    query = (
        "SELECT p.volunteer, rule, raised_on, evidence, score, status, decision, raised_at, position"
        f" FROM cases c JOIN people p ON p.key = c.volunteer {of_volunteer} ORDER BY c.volunteer, rule, ordinal"
    )
    for volunteer_id, rule, raised_on, evidence, *rest in views.rows(query, day_filter.values):
        day = read_day(raised_on)
        if (day_filter.since or day) <= day <= (day_filter.until or day):
            yield ExitRow(read_id(volunteer_id), rule, day, read_texts(evidence), *rest)
