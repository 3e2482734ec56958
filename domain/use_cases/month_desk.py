"""What a registrar does about a month: state it, and enter its lines in the record books (R-028, R-029, R-122).

Every method raises a `DomainError` when a rule refuses, and a `LogError` when the log cannot be read or written.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.act import Act, Note
from domain.errors import DomainError
from domain.log.event_log import EventLog
from domain.model.desk_account import DeskAccount
from domain.model.entry_line import EntryLine
from domain.model.month_statements import MonthDiffers, MonthFindings, MonthNotClosed, MonthStatements
from domain.model.record_book_entries import NothingToEnter, RecordBookEntries
from domain.months import find_last_day, format_month
from domain.spans import instant
from domain.use_cases.unit_rules import UnitRules

CLOSING_ROLES = ("registrar", "coordinator")
"""Whose account may close a month. One person may be both."""


class MayNotCloseMonths(DomainError):
    """The account of the actor has a role that neither closes months nor enters hours (R-122)."""

    role: str


class MonthDesk:
    """The use cases of a month."""

    _log: EventLog
    _rules: UnitRules

    def close_month(self, findings: MonthFindings, note: Note | None, act: Act) -> int:
        """State a month as the read models have it; the number of the statement."""
        with self._log.writing():
            self._demand_closing_role(act)
            ends = instant(self._rules.load().days.end(find_last_day(findings.month).toordinal()))
            statements = self._log.catch_up(MonthStatements.of(findings.month))
            statements.close(findings, ends, note, act)
            self._log.append(statements)
            return statements.number

    def enter_record_books(self, month: date, lines: Mapping[UUID, Sequence[EntryLine]], changed: int, act: Act) -> int:
        """Enter the lines of a closed month; for how many volunteers there was something new to enter.

        `changed`: of how many the lines are not what was stated.
        """
        with self._log.writing():
            self._demand_closing_role(act)
            named = format_month(month)
            number = self._log.catch_up(MonthStatements.of(month)).number
            if not number:
                raise MonthNotClosed(named)
            if changed:
                raise MonthDiffers(named, number, changed)
            books = {who: self._log.catch_up(RecordBookEntries.of(who)) for who in lines}
            entered = [book for who, book in books.items() if book.enter(who, named, number, lines[who], act)]
            if not entered:
                raise NothingToEnter(named, number)
            self._log.append(*entered)
            return len(entered)

    def _demand_closing_role(self, act: Act) -> None:
        """An actor without an account acts with the rights of the home's owner."""
        role = self._log.catch_up(DeskAccount.of(act.by)).role
        if role is not None and role not in CLOSING_ROLES:
            raise MayNotCloseMonths(role)
