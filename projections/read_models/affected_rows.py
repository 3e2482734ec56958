"""Which rows of the read models an event can have changed: whose, of which service day, of which shift.

Rule: events are known by their stored names, which never change: the kinds of stream that are read are loaded alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from domain.calendar import ServiceDays
from domain.clock import UNSYNCHRONISED
from domain.log.event_rows import Entry
from domain.spans import Second, second

if TYPE_CHECKING:
    from domain.log.event_log import EventLog
    from domain.model.exit_case import ExitCase

PAGE = 5_000
"""Positions read at once."""


class DayRange(msgspec.Struct):
    """The service days that something reaches over, both included."""

    first: date
    last: date

    def widen(self, other: "DayRange") -> None:
        """Reach over other days as well: a shift was moved."""
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)


class AffectedRows(msgspec.Struct, frozen=True):
    """What an event is about. None leaves a side open: every volunteer, every day, every shift."""

    position: int
    volunteers: Set[UUID] | None = None
    """Of a shift: every volunteer who was ever responsible for it."""
    day: date | None = None
    day_range: DayRange | None = None
    """Where it is about several days; those of a shift are all that it ever had."""
    shift: str | None = None
    case: str | None = None
    """The rule of an exit case."""

    def includes(self, volunteer: UUID, day: date | None, shift: str | None, case: str | None) -> bool:
        """Whether a row about these may be its consequence."""
        if self.volunteers is not None and volunteer not in self.volunteers:
            return False
        if self.case is not None or case is not None:
            return self.case == case
        if self.shift is not None and shift is not None:
            return shift == self.shift
        return day is None or self._includes_day(day)

    def _includes_day(self, day: date) -> bool:
        if self.day_range is not None:
            return self.day_range.first <= day <= self.day_range.last
        return self.day in (None, day)


def find_affected_rows(log: "EventLog", days: ServiceDays, after: Second, until: Second) -> Iterator[AffectedRows]:
    """What was recorded after one second and not after another, in the order of the log.

    Query them when all have come: a shift that is moved later takes its earlier events along, as does a volunteer who
    comes to be responsible for it.
    """
    reader = _AffectedRowsFinder(days)
    for first in range(0, log.head().position, PAGE):
        received = log.sources.find_received(first + 1, first + PAGE)
        for position, event in log.read_entries_lenient(first, PAGE, first + PAGE):
            reader.remember(event)
            recorded = second(received.get(position, event.timestamp))
            if after < recorded <= until and (affected := reader.find_affected(position, event)):
                yield affected


def find_affected_rows_of(stream: Iterable[Entry], days: ServiceDays, position: int) -> AffectedRows | None:
    """What the event at a position is about, from its whole stream; None where no read model follows from it."""
    reader, found = _AffectedRowsFinder(days), None
    for entry in stream:
        reader.remember(entry.event)
        found = entry if entry.position == position else found
    return reader.find_affected(position, found.event) if found else None


class _AffectedRowsFinder:
    """Knows what later events of a stream do not say again: whose a case is, when a shift or a session is.

    Of a session whose first event cannot be read, volunteers and days are left open.
    """

    def __init__(self, days: ServiceDays) -> None:
        self._days = days
        self._cases: dict[UUID, ExitCase.Created] = {}
        self._shifts: dict[str, DayRange] = {}
        self._sessions: dict[str, tuple[Set[UUID] | None, DayRange | None]] = {}
        self._responsible: defaultdict[str, set[UUID]] = defaultdict(set)

    def remember(self, event: Any) -> None:
        """Keep what later events will need."""
        match event.TOPIC:
            case "exit-case.raised":
                self._cases[event.originator_id] = event
            case "shift.scheduled" | "shift.changed":
                day_range = self._build_day_range(event.start, event.end)
                self._shifts.setdefault(event.shift, day_range).widen(day_range)
            case "unit-session.scheduled":
                invited = None if event.volunteers is None else frozenset(map(UUID, event.volunteers))
                self._sessions[event.session] = invited, self._build_day_range(event.start, event.end)
            case "shift.assigned":
                self._responsible[event.shift].add(event.volunteer_id)
            case "shift.handed-over":
                self._responsible[event.shift].add(event.taker)
            case _:
                pass

    def find_affected(self, position: int, event: Any) -> AffectedRows | None:
        """What an event is about; None for one that no read model follows from."""
        kind, _, name = event.TOPIC.partition(".")
        if name == "created":  # a stream that begins says nothing yet
            return None
        match kind:
            case "attendance":
                shown = None if event.clock == UNSYNCHRONISED else self._days.of(event.at)
                return AffectedRows(position, frozenset({event.volunteer_id}), shown)
            case "corrections":
                return AffectedRows(position, frozenset({event.volunteer_id}), self._days.of(event.check_in))
            case "volunteer":
                return AffectedRows(position, frozenset({event.originator_id}))
            case "assessments":
                return AffectedRows(position, frozenset({event.volunteer_id}))
            case "exit-case":
                raised = self._cases.get(event.originator_id)
                return AffectedRows(position, frozenset({raised.volunteer_id}), case=raised.rule) if raised else None
            case "shift":
                return self._find_of_shift(position, event)
            case _:
                return self._find_of_unit(position, event)

    def _find_of_shift(self, position: int, event: Any) -> AffectedRows:
        match event.TOPIC:
            case "shift.handed-over":
                whose: Set[UUID] = frozenset({event.giver, event.taker})
            case "shift.scheduled" | "shift.changed" | "shift.cancelled":
                whose = self._responsible[event.shift]
            case _:
                whose = frozenset({event.volunteer_id})
        return AffectedRows(position, whose, day_range=self._shifts.get(event.shift), shift=event.shift)

    def _find_of_unit(self, position: int, event: Any) -> AffectedRows | None:
        match event.TOPIC:
            case "service-event.scheduled":
                invited = None if event.volunteers is None else frozenset(event.volunteers)
                return AffectedRows(position, invited, day_range=self._build_day_range(event.start, event.end))
            case "unit-session.scheduled" | "unit-session.cancelled":
                invited, held = self._sessions.get(event.session, (None, None))
                return AffectedRows(position, invited, day_range=held)
            case "unit.policy-adopted":
                return AffectedRows(position, day_range=DayRange(date.fromisoformat(event.effective_from), date.max))
            case "unit.opened" | "unit.calendar-imported" | "kiosk-clock.clock-corrected":
                return AffectedRows(position)
            case _:
                return None

    def _build_day_range(self, start: datetime, end: datetime) -> DayRange:
        return DayRange(self._days.of(start), self._days.of(end))
