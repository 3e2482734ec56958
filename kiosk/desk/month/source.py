"""What the pages of a month ask of the home, and what is done there."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from domain.months import find_last_day, find_previous_month
from domain.use_cases.joined_kiosks import find_missing_kiosks
from domain.use_cases.unit_rules import UnitRules
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.roster.view_model import Person
from kiosk.statements.acts import load_acts
from kiosk.text.sanitise import sanitise
from projections.engine.views import Views
from projections.read_models.book_entries import list_book_entries
from projections.read_models.day_filter import EVERYTHING
from projections.read_models.month_check import MISSING_KIOSK, UNRECONCILED, check_month
from projections.read_models.month_lines import MonthLine, compute_month_totals, list_month_lines
from projections.read_models.month_statements import (
    MonthStatement,
    find_changed_volunteers,
    list_month_differences,
    list_month_statements,
)


class StatedMonth(NamedTuple):
    """A statement, with who made it."""

    number: int
    recorded: datetime
    by: str
    reason: str
    totals: Mapping[str, int]
    pending: int
    position: int


class MonthState(NamedTuple):
    """Where a month stands."""

    month: date
    is_over: bool
    totals: Mapping[str, int]
    pending: Mapping[str, int]
    """What needs a person, by kind."""
    unreconciled: Sequence[date]
    without_plan: Sequence[date]
    """Days with hours on which no filed plan stands (R-001)."""
    is_private: bool
    """Such days then keep it from being closed."""
    missing_kiosks: Sequence[str]
    """Because of which it is provisional."""
    served: int | None
    """People served; None where nobody recorded any (R-104)."""
    statements: Sequence[StatedMonth]
    changed: Sequence[Person]
    """Whose hours are not what was stated last."""
    to_enter: int
    """Of how many volunteers something stated does not stand in the record book yet."""


class ChangedLine(NamedTuple):
    """A line that differs from what was stated; figures in minutes."""

    person: Person
    line: MonthLine
    stated: int
    now: int


class MonthSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def find_current(self) -> date:
        """The month to look at first: the last one that is over, or is about to be."""
        today = self._reader.read(lambda views: self._reader.read_unit().days.ordinal(views.evaluated_at))
        return find_previous_month(date.fromordinal(today))

    def load_state(self, month: date) -> MonthState:
        """Where a month stands. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._load_state(views, month))

    def _load_state(self, views: Views, month: date) -> MonthState:
        views.ensure_intact(*EVERYTHING.bounds)
        rules, log = UnitRules(self._reader.home.log).load(), self._reader.home.log
        lines, statements = list_month_lines(views, month), list_month_statements(views, month)
        found = check_month(views, log, month, partial(find_missing_kiosks, log))
        counts = dict(found.count_open())
        for kind in (UNRECONCILED, MISSING_KIOSK):
            counts.pop(kind, None)
        changed = find_changed_volunteers(statements[-1], lines) if statements else []
        return MonthState(
            month,
            views.evaluated_at >= rules.days.end(find_last_day(month).toordinal()),
            compute_month_totals(lines),
            counts,
            found.unreconciled,
            found.without_plan,
            rules.unit.kind == "private",
            [sanitise(kiosk) for kiosk in found.missing_kiosks],
            found.served,
            [self._build_statement(one) for one in statements],
            [self._reader.find_person(volunteer) for volunteer in changed],
            _count_to_enter(views, month, lines),
        )

    def _build_statement(self, one: MonthStatement) -> StatedMonth:
        (act,) = load_acts(self._reader.home, [one.position])
        recorded = datetime.fromtimestamp(one.recorded, self._reader.home.zone)
        pending = sum(one.pending.values())
        return StatedMonth(one.number, recorded, act["by"], act["reason"] or "", one.totals, pending, one.position)

    def list_changes(self, month: date) -> list[ChangedLine]:
        """What differs from the last statement; the past is evaluated again. Raises: LogError, UserError."""
        found = self._reader.read(lambda views: list_month_differences(views, self._reader.home.log, month))
        changes = [
            ChangedLine(
                self._reader.find_person(one.line.volunteer),
                one.line,
                one.stated.minutes if one.stated else 0,
                one.now.minutes if one.now else 0,
            )
            for one in found
        ]
        return sorted(changes, key=lambda change: change.person.number)

    def run(self, command: Command, by: str, form_id: str) -> LineResult:
        """Carry out a command. Raises: UserError."""
        (result,) = self._commands.run([command], by, form_id)
        return result


def _count_to_enter(views: Views, month: date, lines: Sequence[MonthLine]) -> int:
    entered = {(entry.volunteer, entry.line) for entry in list_book_entries(views, None, month, month)}
    return len({line.volunteer for line in lines if (line.volunteer, line.entry) not in entered})
