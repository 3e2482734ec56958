"""Read model: visits, with what each is worth and why the rest is not."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.spans import Second
from projections.engine.row_source import RowSource
from projections.engine.stored_values import build_json_reader, read_day, read_id
from projections.read_models.day_filter import EVERYTHING, DayFilter


class UncreditedStretch(NamedTuple):
    """A stretch without credit, with its reason; no end where the visit has no check-out."""

    start: Second
    end: Second | None
    reason: str


class VisitRow(NamedTuple):
    """One visit."""

    volunteer: UUID
    date: date
    check_in: Second
    check_out: Second | None
    status: str
    credited_minutes: int
    uncredited: list[UncreditedStretch]
    kiosk: str
    corrected: bool


_read_stretches = build_json_reader(list[UncreditedStretch])


def list_visits(views: RowSource, day_filter: DayFilter = EVERYTHING) -> Iterator[VisitRow]:
    """Visits by check-in."""
    views.ensure_intact(*day_filter.bounds)
    query = (
        "SELECT p.volunteer, day, check_in, check_out, status, credited, uncredited, kiosk, corrected"
        f" FROM (SELECT * FROM visits WHERE {day_filter.where}) v JOIN people p ON p.key = v.volunteer"
        " ORDER BY check_in, v.volunteer, ordinal"
    )
    for volunteer_id, day, check_in, check_out, status, minutes, uncredited, kiosk, corrected in views.rows(
        query, day_filter.values
    ):
        stretches = _read_stretches(uncredited)
        yield VisitRow(
            read_id(volunteer_id),
            read_day(day),
            check_in,
            check_out,
            status,
            minutes,
            stretches,
            kiosk,
            bool(corrected),
        )
