"""Read model: what was stated of each month, and where the figures of now differ from it (R-028, R-126)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from domain.spans import Second
from projections.engine.row_source import RowSource
from projections.engine.stored_values import build_json_reader, read_counts, read_day, read_id
from projections.read_models.month_lines import MonthLine, compute_line_digests, list_month_lines

if TYPE_CHECKING:
    from domain.log.event_log import EventLog
    from projections.engine.views import Views


class MonthStatement(NamedTuple):
    """One statement of a month."""

    month: date
    """Its first day."""
    number: int
    stated_from: int
    """The position of the last event that is in it."""
    recorded: Second
    totals: Mapping[str, int]
    lines: Mapping[str, str]
    """The digest of each volunteer's lines."""
    pending: Mapping[str, int]
    """How many matters of each kind were open."""
    position: int
    """Where the log holds the statement; who stated it, and why, stands there."""


_read_lines = build_json_reader(dict[str, str])


def list_month_statements(views: RowSource, month: date | None = None) -> list[MonthStatement]:
    """The statements of a month, or of all, by month and number."""
    where, values = ("WHERE month=?", (month.toordinal(),)) if month else ("", ())
    query = f"SELECT * FROM month_statements {where} ORDER BY month, number"
    return [_build_statement(*row) for row in views.rows(query, values)]


def _build_statement(
    month: int, number: int, stated_from: int, recorded: Second, totals: str, lines: str, pending: str, position: int
) -> MonthStatement:
    said = (read_counts(totals), _read_lines(lines), read_counts(pending))
    return MonthStatement(read_day(month), number, stated_from, recorded, *said, position)


def find_changed_volunteers(statement: MonthStatement, lines: Iterable[MonthLine]) -> list[UUID]:
    """Whose lines are not what was stated any more: a difference for everybody who is named here."""
    now = compute_line_digests(lines)
    changed = {whose for whose in statement.lines.keys() | now.keys() if statement.lines.get(whose) != now.get(whose)}
    return sorted(read_id(whose) for whose in changed)


# --- Line by line ---


class LineDifference(NamedTuple):
    """A line that differs from what was stated; None stands for one that is missing."""

    stated: MonthLine | None
    now: MonthLine | None

    @property
    def minutes(self) -> int:
        """What has to be added to what was stated."""
        return (self.now.minutes if self.now else 0) - (self.stated.minutes if self.stated else 0)

    @property
    def line(self) -> MonthLine:
        """The line as it is, or as it was."""
        found = self.now or self.stated
        assert found is not None, "one of them stands there"  # noqa: S101 - a programming error
        return found


def compare_month_lines(stated: Iterable[MonthLine], now: Iterable[MonthLine]) -> list[LineDifference]:
    """The lines that differ, by volunteer and work."""
    before, after = ({line.work: line for line in lines} for lines in (stated, now))
    order = sorted(before.keys() | after.keys(), key=lambda work: (work[0], *(part or "" for part in work[1:])))
    pairs = [LineDifference(before.get(work), after.get(work)) for work in order]
    return [pair for pair in pairs if pair.stated != pair.now]


def list_month_differences(
    views: "Views", log: "EventLog", month: date, as_of: Second | None = None
) -> list[LineDifference]:
    """What differs now from the last statement of a month; nothing where there is none (R-126).

    What was stated is evaluated again from the same events: over the live views where `views` are live or lie over
    them, else from the log. `as_of` is the instant of views of the past.
    """
    from projections.engine.as_of import views_at  # noqa: PLC0415 - what only lists statements builds no views

    statements = list_month_statements(views, month)
    now = list_month_lines(views, month, as_of)
    if not statements or not find_changed_volunteers(statements[-1], now):
        return []
    last = statements[-1]
    with views_at(log, last.stated_from, last.recorded, live=views) as past:
        return compare_month_lines(list_month_lines(past, month), now)
