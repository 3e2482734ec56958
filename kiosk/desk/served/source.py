"""How many people were served on each day of a month, and what is written down of it at the desk (R-104)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from domain.months import find_last_day
from domain.use_cases.unit_rules import UnitRules
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import HomeCommands, HomeReader
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.read_models.day_filter import DayFilter
from projections.read_models.served import ServedRow, list_served, sum_served

DAYS_LOOKED_BACK = 14
"""Before today, for the last day on which the unit was open: longer than any run of holidays."""


class ServedDay(NamedTuple):
    """A day of the month."""

    day: date
    rows: Sequence[ServedRow]
    """All counts of it."""
    is_open: bool
    """Whether the unit is open on it."""

    @property
    def whole(self) -> int | None:
        """Of the day as a whole; None: nobody counted."""
        return next((row.people for row in self.rows if is_of_whole_day(row)), None)

    @property
    def others(self) -> Sequence[ServedRow]:
        """Counts of its shifts, events, desks and kinds of service."""
        return [row for row in self.rows if not is_of_whole_day(row)]


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
        days = _build_days(views, unit, month, last) if month <= last else []
        rows = [row for day in days for row in day.rows]
        return ServedMonth(month, days, sum_served(rows))

    def load_recent(self) -> list[ServedDay]:
        """Today, and before it the last day on which the unit was open. Raises: LogError, UserError."""
        return self._reader.read(self._build_recent)

    def _build_recent(self, views: Views) -> list[ServedDay]:
        unit = self._reader.read_unit()
        today = date.fromordinal(unit.days.ordinal(views.evaluated_at))
        days = _build_days(views, unit, today - timedelta(days=DAYS_LOOKED_BACK), today)
        return [*[day for day in days[:-1] if day.is_open][-1:], days[-1]]

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


def _build_days(views: Views, unit: UnitInForce, first: date, last: date) -> list[ServedDay]:
    rows = list(list_served(views, DayFilter(first, last)))
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return [
        ServedDay(day, [row for row in rows if row.day == day], unit.open_days.find_closure(day) is None)
        for day in days
    ]


def is_of_whole_day(row: ServedRow) -> bool:
    """Whether a count is that of the day as a whole, which the page can change."""
    return row.kind == "day" and row.desk is None and row.service_type is None
