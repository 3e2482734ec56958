"""Read model: absences, excused and not. Duties that were handed over or cancelled are neither (R-043, R-045)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.spans import Second, instant
from projections.engine.noted_policies import RulesOfQuestion
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day, read_id
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
    start: Second = 0
    """Of the duty."""
    asked_at: Second | None = None
    """When leave was asked for, where it was."""


def list_absences(views: RowSource, day_filter: DayFilter = EVERYTHING) -> Iterator[AbsenceRow]:
    """Absences by date."""
    views.ensure_intact(*day_filter.bounds)
    query = (
        "SELECT p.volunteer, day, d.shift, outcome, excused_by, starts, l.at"
        f" FROM (SELECT * FROM duties WHERE outcome IN ('absent', 'leave') AND {day_filter.where}) d"
        " LEFT JOIN leave_requests l ON l.volunteer = d.volunteer AND l.shift = d.shift"
        " JOIN people p ON p.key = d.volunteer ORDER BY day, d.volunteer, starts, d.shift"
    )
    for volunteer_id, day, shift, outcome, excused_by, starts, asked in views.rows(query, day_filter.values):
        kind = "unexcused" if outcome == "absent" else "leave"
        excused = read_id(excused_by) if excused_by else None
        asked_at = asked if kind == "leave" and excused is None else None
        yield AbsenceRow(read_id(volunteer_id), read_day(day), shift, kind, excused, starts, asked_at)


def is_short_notice(absence: AbsenceRow, rules: RulesOfQuestion) -> bool:
    """Whether leave was asked for later than the policy wants (R-044: 臨時請假).

    The days of notice are those from the civil day of asking to that of the duty.
    """
    if absence.asked_at is None:
        return False
    asked, start = (instant(at).astimezone(rules.days.zone).date() for at in (absence.asked_at, absence.start))
    return (start - asked).days < rules.policies.on(absence.date.toordinal()).leave_notice_days
