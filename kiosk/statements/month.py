"""A month as scripts get it: its lines, slips, open matters, statements, and what has changed since the last one.

Rule: nothing is evaluated here. Rows are looked up, named and sorted.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from domain.months import format_month
from domain.spans import Second
from domain.use_cases.joined_kiosks import find_missing_kiosks, has_register
from kiosk.standing_home import StandingHome
from kiosk.statements.acts import load_acts
from kiosk.statements.statement_rows import Row, StatementRows
from projections.engine.standing_views import NotStanding
from projections.read_models.day_filter import EVERYTHING
from projections.read_models.month_check import MISSING_KIOSK, UNRECONCILED, check_month
from projections.read_models.month_lines import MonthLine, list_hour_slips, list_month_lines
from projections.read_models.month_statements import (
    MonthStatement,
    find_changed_volunteers,
    list_month_differences,
    list_month_statements,
)

if TYPE_CHECKING:
    from kiosk.home import Home
    from kiosk.standing_home import HomeToRead
    from projections.engine.views import Views

WORK = ("category", "item", "content")
MONTH_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "lines": ("volunteer", *WORK, "first", "last", "duties", "minutes"),
    "slips": ("volunteer", "event", *WORK, "first", "last", "duties", "minutes"),
    "difference": ("volunteer", *WORK, "stated_minutes", "minutes", "change"),
    "check": ("kind", "date", "volunteer", "shift", "rule", "events"),
    "list": (
        *("month", "statement", "recorded_at", "by", "reason", "volunteers", "duties", "minutes"),
        *("pending", "changed", "event"),
    ),
}
"""The keys that a row of each can have, in order."""
NO_PLAN = "no_plan"
"""What is open where no filed plan stands: one row, of the first such day with hours (R-001)."""


class MonthRows:
    """One month, from statements that do not advance any more."""

    def __init__(self, home: "HomeToRead", statements: StatementRows, month: date, as_of: Second | None) -> None:
        """`as_of`: the instant of statements of the past."""
        self._home = home
        self._statements = statements
        self._month = month
        self._as_of = as_of

    def list_lines(self) -> list[Row]:
        """The monthly statement, sorted by volunteer and work (R-028)."""
        found = list_month_lines(self._statements.views, self._month, self._as_of)
        return self._sort(self._build_line(line) for line in found)

    def list_slips(self) -> list[Row]:
        """The lines of the hour slips, sorted by volunteer; `event` is None for the slip of the month (R-029)."""
        slips = list_hour_slips(self._statements.views, self._month, self._as_of)
        rows = ({"event": slip.event, **self._build_line(line)} for slip in slips for line in slip.lines)
        return self._sort({name: row[name] for name in MONTH_COLUMNS["slips"]} for row in rows)

    def list_differences(self) -> list[Row]:
        """What differs from the last statement, sorted by volunteer and work (R-126). Of a home that is opened."""
        views = cast("Views", self._statements.views)
        found = list_month_differences(views, cast("Home", self._home).log, self._month, self._as_of)
        return self._sort(
            {
                **{name: self._build_line(one.line)[name] for name in ("volunteer", *WORK)},
                "stated_minutes": one.stated.minutes if one.stated else 0,
                "minutes": one.now.minutes if one.now else 0,
                "change": one.minutes,
            }
            for one in found
        )

    def list_open(self) -> list[Row]:
        """What is open in the month, by kind and day, then days without a reconciliation, and a missing plan."""
        views = self._statements.views
        views.ensure_intact(*EVERYTHING.bounds)
        found = check_month(views, self._home.log, self._month, partial(_find_missing_kiosks, self._home))
        rows = [
            {
                "kind": row.kind,
                "date": row.day and row.day.isoformat(),
                "volunteer": row.volunteer and self._statements.find_number(row.volunteer),
                "shift": row.shift,
                "rule": row.rule,
                "events": row.events,
            }
            for row in found.pending
        ]
        missing = [found.last_over] * len(found.missing_kiosks)
        by_kind = ((UNRECONCILED, found.unreconciled), (NO_PLAN, found.without_plan[:1]), (MISSING_KIOSK, missing))
        days = [{"kind": kind, "date": day.isoformat()} for kind, of_kind in by_kind for day in of_kind]
        return [*rows, *({**dict.fromkeys(MONTH_COLUMNS["check"]), **day, "events": []} for day in days)]

    def _build_line(self, line: MonthLine) -> Row:
        return {
            "volunteer": self._statements.find_number(line.volunteer),
            **{name: getattr(line, name) for name in WORK},
            "first": line.first.isoformat(),
            "last": line.last.isoformat(),
            "duties": line.duties,
            "minutes": line.minutes,
        }

    def _sort(self, rows: Iterable[Row]) -> list[Row]:
        keys = ("volunteer", "event", *WORK)
        return sorted(rows, key=lambda row: tuple(row.get(key) or "" for key in keys))


def _find_missing_kiosks(home: "HomeToRead", day: date) -> Sequence[str]:
    """Those because of which a service day is provisional. Raises: NotStanding where an opened log has to say it."""
    if isinstance(home, StandingHome):
        if has_register(home.log):
            raise NotStanding
        return ()
    return find_missing_kiosks(cast("Home", home).log, day)


def list_statement_rows(home: "HomeToRead", statements: StatementRows, as_of: Second | None) -> list[Row]:
    """Every statement of every month, each with author and reason; `changed`: of how many volunteers the lines differ.

    Only the last statement of a month is compared.
    """
    found = list_month_statements(statements.views)
    last = {statement.month: statement for statement in found}
    changed = {one.position: _count_changed(statements, one, as_of) for one in last.values()}
    return [_build_statement(home, statements, one, changed.get(one.position)) for one in found]


def _count_changed(statements: StatementRows, statement: MonthStatement, as_of: Second | None) -> int:
    return len(find_changed_volunteers(statement, list_month_lines(statements.views, statement.month, as_of)))


def _build_statement(home: "HomeToRead", statements: StatementRows, one: MonthStatement, changed: int | None) -> Row:
    acts: list[dict[str, Any]] = load_acts(home, [one.position])
    return {
        "month": format_month(one.month),
        "statement": one.number,
        "recorded_at": statements.format_local(one.recorded),
        "by": acts[0]["by"],
        "reason": acts[0]["reason"],
        **{name: one.totals[name] for name in ("volunteers", "duties", "minutes")},
        "pending": sum(one.pending.values()),
        "changed": changed,
        "event": one.position,
    }
