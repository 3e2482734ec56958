"""Read model: exit cases as the nightly job raised them and coordinators decided them (R-050 to R-052)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.model.exit_case import KnownCase
from domain.spans import Second
from projections.engine.row_source import RowSource
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
        day = date.fromisoformat(raised_on)
        if (day_filter.since or day) <= day <= (day_filter.until or day):
            yield ExitRow(UUID(bytes=volunteer_id), rule, day, msgspec.json.decode(evidence), *rest)


def load_known_cases(views: RowSource) -> dict[tuple[UUID, str], list[KnownCase]]:
    """The cases of each volunteer and rule that are not withdrawn, the oldest first."""
    query = (
        "SELECT p.volunteer, rule, basis, status, evidence, score, coalesce(shifts, '[]') FROM cases c"
        " JOIN people p ON p.key = c.volunteer WHERE status != 'withdrawn' ORDER BY c.volunteer, rule, ordinal"
    )
    known: dict[tuple[UUID, str], list[KnownCase]] = defaultdict(list)
    decode = msgspec.json.decode
    for volunteer_id, rule, basis, status, evidence, score, shifts in views.rows(query):
        case = KnownCase(basis, status, decode(evidence), score, decode(shifts))
        known[UUID(bytes=volunteer_id), rule].append(case)
    return {**known}
