"""Which rows of the read models an event can have changed: whose, of which service day, of which shift.

Rule: events are known by their stored names, which never change: the kinds of stream that are read are loaded alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from uuid import UUID

import msgspec

from domain.calendar import ServiceDays
from domain.clock import UNSYNCHRONISED
from domain.log.event_rows import Entry
from domain.log.folds import FOLD_ERRORS
from domain.policy import Policies
from domain.spans import Second, second

if TYPE_CHECKING:
    from domain.log.event_log import EventLog
    from domain.model.exit_case import ExitCase

PAGE = 5_000
"""Positions read at once."""
END = timedelta(microseconds=1)
"""What is between an end and the last instant before it."""


class DayRange(msgspec.Struct):
    """The service days that something reaches over, both included."""

    first: date
    last: date

    def widen(self, other: "DayRange") -> None:
        """Reach over other days as well: a shift was moved."""
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)

    def meets(self, other: "DayRange") -> bool:
        """Whether there is a day in both."""
        return self.first <= other.last and other.first <= self.last


class RowSubject(NamedTuple):
    """What a row is about; None leaves a side open."""

    volunteer: UUID
    days: DayRange | None = None
    """Of a row of one day, that day; of a month, all of its days."""
    shift: str | None = None
    case: str | None = None
    """The rule of an exit case."""
    differs_in_minutes: bool = False
    """Of a row of a shift: whether its minutes are others, which those of its volunteer on these days may take."""


class AffectedRows(msgspec.Struct, frozen=True):
    """What an event is about. None leaves a side open: every volunteer, every day, every shift."""

    position: int
    volunteers: Set[UUID] | None = None
    """Of a shift: every volunteer who was ever responsible for it."""
    day_range: DayRange | None = None
    """Those of a shift are all that it ever had; those of a correction all that its visit reached."""
    shift: str | None = None
    case: str | None = None
    """The rule of an exit case."""

    def includes(self, row: RowSubject) -> bool:
        """Whether a row may be its consequence."""
        if self.volunteers is not None and row.volunteer not in self.volunteers:
            return False
        if self.case is not None or row.case is not None:
            return self.case == row.case
        if None not in (self.shift, row.shift) and (self.shift == row.shift or not row.differs_in_minutes):
            return self.shift == row.shift
        return row.days is None or self.day_range is None or self.day_range.meets(row.days)


class Reach(NamedTuple):
    """A duty or an asserted visit of several service days: rows of one of them depend on the facts of the others."""

    volunteers: Set[UUID]
    days: DayRange
    shift: str | None
    """None for a visit."""


class RulesOfReach(Protocol):
    """How far a tap and a duty reach under the policies of a unit."""

    @property
    def days(self) -> ServiceDays: ...  # noqa: D102 - as in `RulesInForce`
    @property
    def policies(self) -> Policies: ...  # noqa: D102 - same


class AffectedRowsIndex(NamedTuple):
    """What was recorded between two instants, in the order of the log, and what reaches over several days."""

    events: list[AffectedRows]
    reaches: list[Reach]

    def find_positions(self, row: RowSubject) -> list[int]:
        """The events of which a row may be the consequence."""
        found = row._replace(days=self._widen(row))
        return [event.position for event in self.events if event.includes(found)]

    def _widen(self, row: RowSubject) -> DayRange | None:
        """The days of a row, and those that its duties and visits reach; of an absence, its duty and visits."""
        if row.days is None:
            return None
        days = msgspec.structs.replace(row.days)
        shifts = None if row.shift is None or row.differs_in_minutes else (None, row.shift)
        for reach in self.reaches:
            is_of_row = row.volunteer in reach.volunteers and (shifts is None or reach.shift in shifts)
            if is_of_row and reach.days.meets(row.days):
                days.widen(reach.days)
        return days


def find_affected_rows(log: "EventLog", rules: RulesOfReach, after: Second, until: Second) -> AffectedRowsIndex:
    """What was recorded after one second and not after another.

    A shift that is moved later takes its earlier events along, as does a volunteer who comes to be responsible for it,
    and a visit that is closed later the other corrections of it.
    """
    policies, found = rules.policies, list[AffectedRows]()
    reader = _AffectedRowsFinder(rules.days, policies.longest_early_window, policies.longest_debounce, closing=END)
    for first in range(0, log.head().position, PAGE):
        received = log.sources.find_received(first + 1, first + PAGE)
        for position, event in log.read_entries_lenient(first, PAGE, first + PAGE):
            reader.remember(event)
            recorded = second(received.get(position, event.timestamp))
            if after < recorded <= until and (affected := reader.find_affected(position, event)):
                found.append(affected)
    return AffectedRowsIndex(found, list(reader.list_reaches()))


def find_affected_rows_of(stream: Iterable[Entry], days: ServiceDays, position: int) -> AffectedRows | None:
    """What the event at a position is about as of now, from its whole stream; None where no read model follows from it.

    Of a shift that was moved, what was recorded of it follows it to its last day; the moves are about all of its days.
    """
    reader, found = _AffectedRowsFinder(days), None
    for entry in stream:
        reader.remember(entry.event)
        found = entry if entry.position == position else found
    return reader.find_affected_now(position, found.event) if found else None


class _AffectedRowsFinder:
    """Knows what later events of a stream do not say again: whose a case is, when a shift, a session or a visit is.

    Of a session whose first event cannot be read, volunteers and days are left open.
    """

    def __init__(self, days: ServiceDays, early: int = 0, debounce: int = 0, closing: timedelta = timedelta()) -> None:
        """`early`: seconds before its start from which a duty can be attended; `debounce`: how far an arrival reaches.

        `closing`: how far a visit does that the desk closed. The tap at its very end is its departure.
        """
        self._days, self._closing = days, closing
        self._early, self._debounce = timedelta(seconds=early), timedelta(seconds=debounce)
        self._cases: dict[UUID, ExitCase.Created] = {}
        self._shifts: dict[str, DayRange] = {}
        self._shifts_now: dict[str, DayRange] = {}
        """Where each shift was last put."""
        self._attendance: dict[str, DayRange] = {}
        """As the days of the shifts, with those on which volunteers may come for them."""
        self._visits: dict[tuple[UUID, datetime], DayRange] = {}
        """By volunteer and check-in, those that were corrected."""
        self._corrected_boots: set[tuple[str, str]] = set()
        self._sessions: dict[str, tuple[Set[UUID] | None, DayRange | None]] = {}
        self._responsible: defaultdict[str, set[UUID]] = defaultdict(set)

    def remember(self, event: Any) -> None:
        """Keep what later events will need; nothing of one that cannot be applied."""
        with suppress(*FOLD_ERRORS):
            self._remember(event)

    def _remember(self, event: Any) -> None:
        match event.TOPIC:
            case "exit-case.raised":
                self._cases[event.originator_id] = event
            case "shift.scheduled" | "shift.changed":
                day_range = self._build_day_range(event.start, event.end)
                self._shifts_now[event.shift] = msgspec.structs.replace(day_range)
                self._shifts.setdefault(event.shift, day_range).widen(day_range)
                attendance = self._build_day_range(event.start - self._early, event.end)
                self._attendance.setdefault(event.shift, attendance).widen(attendance)
            case "unit-session.scheduled":
                invited = None if event.volunteers is None else frozenset(map(UUID, event.volunteers))
                self._sessions[event.session] = invited, self._build_day_range(event.start, event.end)
            case "shift.assigned":
                self._responsible[event.shift].add(event.volunteer_id)
            case "shift.handed-over":
                self._responsible[event.shift].add(event.taker)
            case "kiosk-clock.clock-corrected":
                if event.seconds:
                    self._corrected_boots.add((event.kiosk, event.boot))
            case topic if topic.startswith("corrections.") and hasattr(event, "check_in"):
                ends = getattr(event, "check_out", event.check_in) + self._closing
                day_range = self._build_day_range(event.check_in, max(ends, event.check_in + self._debounce))
                self._visits.setdefault((event.volunteer_id, event.check_in), day_range).widen(day_range)
            case _:
                pass

    def list_reaches(self) -> Iterator[Reach]:
        """What reaches over several service days."""
        for shift, days in self._attendance.items():
            if days.first < days.last:
                yield Reach(self._responsible[shift], days, shift)
        for (volunteer, _), days in self._visits.items():
            if days.first < days.last:
                yield Reach(frozenset({volunteer}), days, None)

    def find_affected(self, position: int, event: Any) -> AffectedRows | None:
        """What an event is about; None for one that no read model follows from, or that cannot be applied."""
        try:
            return self._find_affected(position, event)
        except FOLD_ERRORS:
            return None

    def _find_affected(self, position: int, event: Any) -> AffectedRows | None:
        kind, _, name = event.TOPIC.partition(".")
        if name == "created":  # a stream that begins says nothing yet
            return None
        match kind:
            case "attendance":
                return AffectedRows(position, frozenset({event.volunteer_id}), self._find_days_of_tap(event))
            case "corrections":
                visit = self._visits[event.volunteer_id, event.check_in]
                return AffectedRows(position, frozenset({event.volunteer_id}), visit)
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

    def find_affected_now(self, position: int, event: Any) -> AffectedRows | None:
        """The same once all was remembered: what was recorded of a shift, but its moves, went to its last day."""
        affected = self.find_affected(position, event)
        if affected and affected.shift in self._shifts_now and event.TOPIC not in ("shift.scheduled", "shift.changed"):
            return msgspec.structs.replace(affected, day_range=self._shifts_now[affected.shift])
        return affected

    def _find_days_of_tap(self, event: Any) -> DayRange | None:
        """Those in which it changes what other taps mean; None where its clock does not say when it was."""
        if event.clock == UNSYNCHRONISED or (event.kiosk, event.boot) in self._corrected_boots:
            return None
        return self._build_day_range(event.at, event.at + self._debounce)

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
                adopted = event.find_adoption()
                return adopted and AffectedRows(position, day_range=DayRange(adopted.effective_from, date.max))
            case "unit.opened" | "unit.calendar-imported" | "kiosk-clock.clock-corrected":
                return AffectedRows(position)
            case _:
                return None

    def _build_day_range(self, start: datetime, end: datetime) -> DayRange:
        """From one instant to another, which itself is not in it: what ends at the turn of a day is not of the next."""
        return DayRange(self._days.of(start), self._days.of(max(start, end - END)))
