"""What was stated of a civil month (R-028): its figures, from which position of the log, by whom, when and why.

Rule: a statement locks nothing. A correction that comes later shows as a difference from what was stated, until the
month is stated again with a reason; every statement keeps its number. Closed months follow one another without a gap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act, Note, build_note_fields
from domain.errors import DomainError
from domain.ids import month_statements_stream
from domain.model.streams import DeskStream, StandingStream
from domain.months import find_next_month, find_previous_month, format_month


class MonthNotOver(DomainError):
    """The last service day of the month is not over."""

    month: str
    ends: datetime


class MonthOutOfOrder(DomainError):
    """The month adjoins none that is closed."""

    month: str
    before: str
    """The month before the first closed one."""
    after: str
    """The month after the last closed one."""


class MonthAlreadyClosed(DomainError):
    """The month is closed, and no reason is given to state it again."""

    month: str
    number: int
    """Of its last statement."""


class MonthUnchanged(DomainError):
    """Nothing differs from the last statement of the month."""

    month: str
    number: int


class MonthNotClosed(DomainError):
    """The month was never closed."""

    month: str


class MonthDiffers(DomainError):
    """Lines of the month are not what was stated any more: it has to be stated again first."""

    month: str
    number: int
    """Of the last statement."""
    volunteers: int
    """How many of them are concerned."""


class NoPlanFiled(DomainError):
    """A private unit issues no hours of days on which no filed service plan stands (R-001)."""

    month: str
    day: date
    """The first of them."""
    days: int


@dataclass(frozen=True, slots=True)
class MonthFindings:
    """What the read models say of a month."""

    month: date
    """Its first day."""
    totals: Mapping[str, int]
    """Of the unit: `volunteers`, `duties`, `minutes`."""
    lines: Mapping[str, str]
    """The digest of each volunteer's lines, by the id in hexadecimal digits."""
    pending: Mapping[str, int]
    """How many matters of each kind are open."""
    position: int
    """Of the last event that is in it."""
    closed: Sequence[date]
    """Every month that was closed."""
    without_plan: Sequence[date] = ()
    """Days with hours on which no filed plan stands, of a unit that must file one (R-001)."""


class MonthStatements(StandingStream):
    """The statements of one month."""

    TOPIC = "month-statements"

    class Closed(DeskStream.Event):
        """The month was closed, or stated again."""

        TOPIC = "month-statements.month-closed"
        month: str
        number: int
        """Of the statement, from 1."""
        position: int
        totals: dict[str, int]
        lines: dict[str, str]
        """By ids in hexadecimal digits. So written they do not make the note one about each of them."""
        pending: dict[str, int]
        note: UUID | None
        note_digest: str | None

    @classmethod
    def of(cls, month: date) -> Self:
        """The statements of a month, not yet read."""
        return cls.at_version_zero(month_statements_stream(format_month(month)))

    # --- Commands ---

    def close(self, findings: MonthFindings, ends: datetime, note: Note | None, act: Act) -> None:
        """State the month, whose last service day ends at `ends`; again only with a reason, and where it differs."""
        month = format_month(findings.month)
        if act.recorded < ends:
            raise MonthNotOver(month, ends)
        if findings.without_plan:
            raise NoPlanFiled(month, findings.without_plan[0], len(findings.without_plan))
        if self.number:
            self._refuse_repetition(month, findings, note)
        else:
            _refuse_gap(findings)
        said = {"totals": {**findings.totals}, "lines": {**findings.lines}, "pending": {**findings.pending}}
        number, position = self.number + 1, findings.position
        notes = build_note_fields(note)
        self.trigger_event(
            self.Closed, month=month, number=number, position=position, **said, **notes, **act.build_fields()
        )

    def _refuse_repetition(self, month: str, findings: MonthFindings, note: Note | None) -> None:
        if note is None:
            raise MonthAlreadyClosed(month, self.number)
        if (self.lines, self.totals) == (findings.lines, findings.totals):
            raise MonthUnchanged(month, self.number)

    # --- What the events do ---

    def begin(self) -> None:
        """Nothing was stated."""
        self.number = 0
        """Of the last statement; 0 before the first."""
        self.totals: dict[str, int] = {}
        self.lines: dict[str, str] = {}

    @event(Closed)
    def _closed(self, number: int, totals: dict[str, int], lines: dict[str, str]) -> None:
        self.number = number
        self.totals = totals
        self.lines = lines


def _refuse_gap(findings: MonthFindings) -> None:
    """A month that is closed for the first time adjoins those that are; the first of all may be any."""
    if not findings.closed:
        return
    before, after = find_previous_month(min(findings.closed)), find_next_month(max(findings.closed))
    if findings.month not in (before, after):
        raise MonthOutOfOrder(format_month(findings.month), format_month(before), format_month(after))
