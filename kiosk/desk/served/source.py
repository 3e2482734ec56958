"""How many people were served on each day of a month, and what is written down of it at the desk (R-104)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from domain.months import find_last_day
from domain.use_cases.unit_rules import UnitRules
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import HomeCommands, HomeReader
from projections.engine.views import Views
from projections.read_models.day_filter import DayFilter
from projections.read_models.served import ServedRow, list_served, sum_served


class ServedDay(NamedTuple):
    """A day of the month."""

    day: date
    whole: int | None
    """Of the day as a whole; None: nobody counted."""
    others: Sequence[ServedRow]
    """Counts of its shifts, events, desks and kinds of service."""
    is_open: bool
    """Whether the unit is open on it."""


class ServedMonth(NamedTuple):
    """What was counted in a month."""

    month: date
    days: Sequence[ServedDay]
    """Those that have begun."""
    total: int | None


class ServedSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load_month(self, month: date) -> ServedMonth:
        """The days of a month up to today. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._build(views, month))

    def _build(self, views: Views, month: date) -> ServedMonth:
        unit = self._reader.read_unit()
        today = date.fromordinal(unit.days.ordinal(views.evaluated_at))
        last = min(find_last_day(month), today)
        rows = list(list_served(views, DayFilter(month, last))) if month <= last else []
        days: list[ServedDay] = []
        for offset in range((last - month).days + 1):
            day = month + timedelta(days=offset)
            of_day = [row for row in rows if row.day == day]
            whole = [row for row in of_day if is_of_whole_day(row)]
            others = [row for row in of_day if not is_of_whole_day(row)]
            is_open = unit.open_days.find_closure(day) is None
            days.append(ServedDay(day, whole[0].people if whole else None, others, is_open))
        return ServedMonth(month, days, sum_served(rows))

    def find_current_month(self) -> date:
        """The month of today's service day. Raises: LogError, UserError."""
        days = UnitRules(self._reader.home.log).load().days
        return self._reader.read(lambda views: date.fromordinal(days.ordinal(views.evaluated_at))).replace(day=1)

    def record(self, counts: Mapping[date, int | None], by: str, form_id: str) -> list[LineResult]:
        """Write the counts of days down; None takes one back. Raises: UserError."""
        lines = [
            {"do": "record_served_count", "on": day.isoformat(), "count": count, "source": "head_count"}
            for day, count in sorted(counts.items())
        ]
        return self._commands.run(lines, by, form_id)


def is_of_whole_day(row: ServedRow) -> bool:
    """Whether a count is that of the day as a whole, which the page can change."""
    return row.kind == "day" and row.desk is None and row.service_type is None
