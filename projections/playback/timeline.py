"""The story of a service day: when its taps became known, and when something wanted a person (R-125).

Pure: the same facts tell the same story. An exception stands at the instant from which the roster shows it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from typing import Any, Literal, NamedTuple
from uuid import UUID

from domain.model.attendance import Attendance, RefusedTaps, Tapped
from domain.model.shift import Shift
from domain.spans import Second, second
from projections.evaluation.facts import UnitInForce
from projections.playback.day_shifts import Concerned, turns_of
from projections.playback.day_state import Began, DaySoFar, Wrong
from projections.read_models.live_roster import Slot

Kind = Literal["late", "absent", "uncovered", "without_duty", "forgotten", "refused", "unmatched"]
Told = tuple[Second, object]
"""An event behind the second in which it was recorded."""


class Moment(NamedTuple):
    """Something that wants a person."""

    at: Second
    kind: Kind
    volunteer: UUID | None = None
    """None for a duty that nobody does, and for a card that nobody knows."""
    slot: Slot | None = None
    reason: str | None = None
    """Why a card was refused."""


class Story(NamedTuple):
    """A day, told."""

    taps: Sequence[Second]
    """When a tap became known; two in one second are one instant."""
    moments: Sequence[Moment]
    """In order of time."""
    duties: int = 0
    """Shifts of the day, as planned when it began."""

    @property
    def begins(self) -> Second | None:
        """When the first thing happens."""
        return min([*self.taps[:1], *(moment.at for moment in self.moments[:1])], default=None)

    def tap_after(self, at: Second) -> Second | None:
        """The next instant at which a tap became known."""
        return next(iter(self.taps[bisect_right(self.taps, at) :][:1]), None)

    def tap_before(self, at: Second) -> Second | None:
        """The last instant before this one at which a tap became known."""
        return next(iter(self.taps[: bisect_left(self.taps, at)][-1:]), None)

    def taps_by(self, at: Second) -> int:
        """How many of those instants have passed."""
        return bisect_right(self.taps, at)

    def moments_by(self, at: Second) -> int:
        """How many exceptions have come up."""
        return bisect_right(self.moments, at, key=_at)

    def moments_after(self, at: Second) -> Sequence[Moment]:
        """The next exceptions: all that come up at one instant."""
        first = self.moments_by(at)
        return self.moments[first : self.moments_by(self.moments[first].at)] if first < len(self.moments) else ()


def _at(moment: Moment) -> Second:
    return moment.at


def day_story(day: int, unit: UnitInForce, began: Began, told: Sequence[Told], until: Second) -> Story:
    """The story of a day up to and in a second, from what was known when it began and what became known since."""
    taps = [at for at, event in told if isinstance(event, Tapped | RefusedTaps.TapRefused)]
    moments = sorted(_Telling(DaySoFar(day, unit, began)).moments(told, until, unit.days.end(day)), key=_in_order)
    planned = sum(unit.days.ordinal(slot.start) == day for slot in began.slots.values())
    return Story(sorted(set(taps)), moments, planned)


def _when(happening: tuple[Second, object]) -> Second:
    return happening[0]


def _in_order(moment: Moment) -> tuple[Any, ...]:
    return (moment.at, moment.kind, moment.slot or (), str(moment.volunteer))


class _Telling:
    """Goes through the day and notices what is the matter that was not the matter before."""

    def __init__(self, day: DaySoFar) -> None:
        self._day = day
        self._known: dict[UUID | str, set[Wrong]] = {}
        """By volunteer, and by shift for one that nobody does."""

    def moments(self, told: Sequence[Told], until: Second, ends: Second) -> Iterator[Moment]:
        """Everything that comes up, event by event and turn by turn."""
        turns = ((at, None) for at in _turns(self._day.slots.values(), told))
        for at, happenings in groupby(merge(told, turns, key=_when), _when):
            if at > until:
                break
            concerned = Concerned()
            for _, event in happenings:
                yield from _at_the_door(at, event)
                concerned |= self._day.turning_at(at) if event is None else self._day.hear(event)
            yield from self._news(concerned, at)
        if until == ends - 1:
            yield from self._at_the_end(until)

    def _news(self, concerned: Concerned, at: Second) -> Iterator[Moment]:
        for who in concerned.people:
            for kind, shift in self._new(who, set(self._day.wrongs_of(who, at))):
                yield Moment(at, kind, who, self._day.slots.get(shift))
        for shift in concerned.shifts:
            uncovered: set[Wrong] = {("uncovered", shift)} if self._day.is_uncovered(shift, at) else set()
            for kind, _ in self._new(shift, uncovered):
                yield Moment(at, kind, None, self._day.slots[shift])

    def _new(self, whose: UUID | str, wrongs: set[Wrong]) -> set[Wrong]:
        before, self._known[whose] = self._known.get(whose, set()), wrongs
        return wrongs - before

    def _at_the_end(self, at: Second) -> Iterator[Moment]:
        """Whoever is in when the day ends forgot to tap out, with a duty or without one."""
        for who in self._day.still_in(at):
            if not any(kind == "forgotten" for kind, _ in self._known.get(who, ())):
                yield Moment(at, "forgotten", who)


def _at_the_door(at: Second, event: object) -> Iterator[Moment]:
    """What the door could make nothing of."""
    match event:
        case RefusedTaps.TapRefused(reason=reason, volunteer_id=who):
            yield Moment(at, "refused", who, None, reason)
        case Attendance.TapUnmatched(volunteer_id=who):
            yield Moment(at, "unmatched", who)
        case _:
            pass


def _turns(slots: Iterable[Slot], told: Sequence[Told]) -> list[Second]:
    """Every second in which the clock alone may change something, in order."""
    later = (event for _, event in told if isinstance(event, Shift.Created | Shift.Changed))
    changed = (Slot(event.shift, second(event.start), second(event.end), None) for event in later)
    return sorted({at for slot in (*slots, *changed) for at in turns_of(slot)})
