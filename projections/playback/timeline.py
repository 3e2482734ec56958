"""The timeline of a service day: when its taps became known, and when something needed a person (R-125).

Pure: the same facts give the same timeline. An exception stands at the instant from which the roster shows it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from typing import Any, Literal, NamedTuple
from uuid import UUID

from domain.model.attendance import Attendance, RefusedTaps, TapEvent
from domain.model.shift import Shift
from domain.policy import Policy
from domain.spans import Second, second
from projections.evaluation.facts import UnitInForce
from projections.playback.day_shifts import ChangeScope, list_shift_instants
from projections.playback.day_state import Alert, DayState, InitialState
from projections.read_models.live_roster import Slot

TimelineKind = Literal["late", "absent", "uncovered", "without_duty", "forgotten", "refused", "unmatched"]
RecordedEvent = tuple[Second, object]
"""An event behind the second in which it was recorded."""


class TimelineEntry(NamedTuple):
    """An exception: something that needs a person."""

    at: Second
    kind: TimelineKind
    volunteer: UUID | None = None
    """None for an uncovered duty, and for an unknown card."""
    slot: Slot | None = None
    reason: str | None = None
    """Why a card was refused."""


class Timeline(NamedTuple):
    """A day from its first tap to its last exception."""

    taps: Sequence[Second]
    """When a tap became known; two in one second are one instant."""
    entries: Sequence[TimelineEntry]
    """In order of time."""
    duties: int = 0
    """Shifts of the day, as planned when it began."""

    @property
    def begins(self) -> Second | None:
        """When the first thing happens."""
        return min([*self.taps[:1], *(entry.at for entry in self.entries[:1])], default=None)

    def find_tap_after(self, at: Second) -> Second | None:
        """The next instant at which a tap became known."""
        return next(iter(self.taps[bisect_right(self.taps, at) :][:1]), None)

    def find_tap_before(self, at: Second) -> Second | None:
        """The last instant before this one at which a tap became known."""
        return next(iter(self.taps[: bisect_left(self.taps, at)][-1:]), None)

    def count_taps_by(self, at: Second) -> int:
        """How many of those instants have passed."""
        return bisect_right(self.taps, at)

    def count_entries_by(self, at: Second) -> int:
        """How many exceptions have come up by an instant."""
        return bisect_right(self.entries, at, key=_entry_instant)

    def find_entries_after(self, at: Second) -> Sequence[TimelineEntry]:
        """The next exceptions: all that come up at one instant."""
        first = self.count_entries_by(at)
        return self.entries[first : self.count_entries_by(self.entries[first].at)] if first < len(self.entries) else ()


def _entry_instant(entry: TimelineEntry) -> Second:
    return entry.at


def build_timeline(
    day: int, unit: UnitInForce, initial: InitialState, events: Sequence[RecordedEvent], until: Second
) -> Timeline:
    """The timeline of a day up to and in a second, from what was known when it began and what became known since."""
    taps = [at for at, event in events if isinstance(event, TapEvent | RefusedTaps.TapRefused)]
    entries = sorted(
        _TimelineBuilder(DayState(day, unit, initial)).build_entries(events, until, unit.days.end(day)),
        key=_entry_order,
    )
    planned = sum(unit.days.ordinal(slot.start) == day for slot in initial.slots.values())
    return Timeline(sorted(set(taps)), entries, planned)


def _event_instant(event: tuple[Second, object]) -> Second:
    return event[0]


def _entry_order(entry: TimelineEntry) -> tuple[Any, ...]:
    return (entry.at, entry.kind, entry.slot or (), str(entry.volunteer))


class _TimelineBuilder:
    """Goes through the day and lists each alert when it comes up."""

    def __init__(self, day: DayState) -> None:
        self._day = day
        self._known: dict[UUID | str, set[Alert]] = {}
        """By volunteer, and by shift for an uncovered one."""

    def build_entries(self, events: Sequence[RecordedEvent], until: Second, ends: Second) -> Iterator[TimelineEntry]:
        """Everything that comes up, at each event and at each instant at which the clock alone changes something."""
        instants = ((at, None) for at in _list_clock_instants(self._day.slots.values(), events, self._day.policy))
        for at, at_once in groupby(merge(events, instants, key=_event_instant), _event_instant):
            if at > until:
                break
            scope = ChangeScope()
            for _, event in at_once:
                yield from _build_tap_entries(at, event)
                scope |= self._day.find_scope_at(at) if event is None else self._day.apply(event)
            yield from self._build_new_entries(scope, at)
        if until == ends - 1:
            yield from self._build_entries_at_end(until)

    def _build_new_entries(self, scope: ChangeScope, at: Second) -> Iterator[TimelineEntry]:
        for volunteer_id in scope.people:
            for kind, shift in self._find_new_alerts(volunteer_id, set(self._day.list_alerts(volunteer_id, at))):
                yield TimelineEntry(at, kind, volunteer_id, self._day.slots.get(shift))
        for shift in scope.shifts:
            uncovered: set[Alert] = {("uncovered", shift)} if self._day.is_uncovered(shift, at) else set()
            for kind, _ in self._find_new_alerts(shift, uncovered):
                yield TimelineEntry(at, kind, None, self._day.slots[shift])

    def _find_new_alerts(self, whose: UUID | str, alerts: set[Alert]) -> set[Alert]:
        before, self._known[whose] = self._known.get(whose, set()), alerts
        return alerts - before

    def _build_entries_at_end(self, at: Second) -> Iterator[TimelineEntry]:
        """Every volunteer who is in when the day ends forgot to tap out, with a duty or without one."""
        for volunteer_id in self._day.list_still_in(at):
            if not any(kind == "forgotten" for kind, _ in self._known.get(volunteer_id, ())):
                yield TimelineEntry(at, "forgotten", volunteer_id)


def _build_tap_entries(at: Second, event: object) -> Iterator[TimelineEntry]:
    """Taps that were refused, and departures without an arrival."""
    match event:
        case RefusedTaps.TapRefused(reason=reason, volunteer_id=volunteer_id):
            yield TimelineEntry(at, "refused", volunteer_id, None, reason)
        case Attendance.TapUnmatched(volunteer_id=volunteer_id):
            yield TimelineEntry(at, "unmatched", volunteer_id)
        case _:
            pass


def _list_clock_instants(slots: Iterable[Slot], events: Sequence[RecordedEvent], policy: Policy) -> list[Second]:
    """Every second in which the clock alone may change something, in order."""
    later = (event for _, event in events if isinstance(event, Shift.Created | Shift.Changed))
    changed = (Slot(event.shift, second(event.start), second(event.end), None) for event in later)
    return sorted({at for slot in (*slots, *changed) for at in list_shift_instants(slot, policy)})
