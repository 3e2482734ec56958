"""Read model: absences, excused and not. Duties that were handed over or cancelled are neither (R-043, R-045)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from projections.engine.views import Views
from projections.read_models.day_filter import EVERYTHING, DayFilter


class AbsenceRow(NamedTuple):
    """A duty to which its volunteer did not come."""

    volunteer: UUID
    date: date
    shift: str
    kind: str
    """`unexcused` or `leave`."""
    excused_by: UUID | None
    """The coordinator who turned it into leave afterwards."""


def list_absences(views: Views, day_filter: DayFilter = EVERYTHING) -> Iterator[AbsenceRow]:
    """Absences by date."""
    views.ensure_intact(*day_filter.bounds)
    query = (
        "SELECT p.volunteer, day, shift, outcome, excused_by"
        f" FROM (SELECT * FROM duties WHERE outcome IN ('absent', 'leave') AND {day_filter.where}) d"
        " JOIN people p ON p.key = d.volunteer ORDER BY day, d.volunteer, starts"
    )
    for volunteer_id, day, shift, outcome, excused_by in views.rows(query, day_filter.values):
        kind = "unexcused" if outcome == "absent" else "leave"
        yield AbsenceRow(
            UUID(bytes=volunteer_id), date.fromordinal(day), shift, kind, UUID(bytes=excused_by) if excused_by else None
        )
