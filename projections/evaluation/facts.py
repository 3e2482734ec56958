"""What is evaluated: the facts of one volunteer on a run of service days, and by which rules of the unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.calendar import OpenDays, ServiceDays
from domain.model.standing import Standing, StandingByDay, StandingChange
from domain.model.visits import NO_CORRECTIONS, DayCorrections, Direction, Tap
from domain.policy import Policies
from domain.spans import NEVER, Second, Span, overlap

if TYPE_CHECKING:
    from domain.model.shift import Responsibility


class Assignment(NamedTuple):
    """How a volunteer stands to a shift that they were ever responsible for."""

    shift: str
    day: int
    """The service day on which the shift starts."""
    start: Second
    end: Second
    category: str | None
    cancelled: bool
    state: "Responsibility"
    excused_by: bytes | None = None
    """The coordinator who turned the absence into leave."""
    position: int = 0
    """Of the event in the log that last changed it."""


TapRow = tuple[Second, int, str, int, int, int, Direction | None, int]
"""A tap as it is read: its fields, and its volunteer and day in one number."""
AssignmentRow = tuple[str, int, Second, Second, str | None, int, "Responsibility", bytes | None, int, int]
"""An assignment as it is read: its fields, and its volunteer and day in one number."""


class EventWindow(NamedTuple):
    """A service event in which a volunteer may serve."""

    event: str
    day: int
    start: Second
    end: Second
    category: str | None
    listed: frozenset[int] | None
    """The volunteers it is for; None means everybody."""
    position: int = 0
    """Of its event in the log."""


class SessionWindow(NamedTuple):
    """A meeting or a training, at which presence is no service (R-033)."""

    session: str
    start: Second
    end: Second
    listed: frozenset[int] | None
    """The volunteers who are invited; None means everybody."""
    position: int = 0
    """Of its event in the log."""


@dataclass(slots=True)
class Person:
    """What of a volunteer decides whether a minute counts: mode of service, standing, trainings."""

    key: int
    mode: str
    turns: Sequence[StandingChange]
    basic_from: Second = NEVER
    """From when on basic training counts (decision 4)."""
    special_from: Mapping[str, Second] = field(default_factory=dict[str, Second])
    """The same for the special training of each category (R-005)."""
    _standing: StandingByDay | None = None

    def find_special_from(self, category: str | None) -> Second:
        """From when on the special training for a duty of a category counts; always, for a duty without one (R-005)."""
        return 0 if category is None else self.special_from.get(category, NEVER)

    def standing(self, day: int) -> Standing:
        """How the volunteer stands on a service day."""
        if self._standing is None:
            self._standing = StandingByDay(self.turns)
        return self._standing.on(day)


@dataclass(frozen=True, slots=True)
class UnitInForce:
    """The unit's rules, as the log has them."""

    days: ServiceDays
    policies: Policies
    category: str | None
    open_days: OpenDays
    events: Sequence[EventWindow] = ()
    """Few, and all compared with every visit: a unit holds some dozens a year."""
    sessions: Mapping[int, Sequence[SessionWindow]] = field(default_factory=dict[int, Sequence[SessionWindow]])
    """By the service day on which each begins; none lasts longer than 24 hours."""
    opened_at: Second | None = None
    """When the unit opened for volunteers."""
    eventful_days: frozenset[int] = field(init=False)
    """The service days whose visits may lie in an event or a session."""

    def __post_init__(self) -> None:
        ordinal = self.days.ordinal
        of_events = (day for one in self.events for day in range(ordinal(one.start), ordinal(one.end) + 1))
        of_sessions = (day for begun in self.sessions for day in (begun - 1, begun, begun + 1))
        object.__setattr__(self, "eventful_days", frozenset((*of_events, *of_sessions)))

    @property
    def opened_on(self) -> date | None:
        """The service day on which it opened for volunteers; None before."""
        return None if self.opened_at is None else date.fromordinal(self.days.ordinal(self.opened_at))

    def list_sessions(self, volunteer: int, day: int) -> list[SessionWindow]:
        """Those to which a volunteer is invited and in which a visit of a service day may lie."""
        if not self.sessions:
            return []
        near = (session for begun in (day - 1, day, day + 1) for session in self.sessions.get(begun, ()))
        return [session for session in near if session.listed is None or volunteer in session.listed]

    def list_opening_hours(self, presence: Span) -> list[Span]:
        """When the unit is open during a presence, whatever service days it touches."""
        first, last = (self.days.ordinal(at) for at in presence)
        civil = (date.fromordinal(day) for day in range(first - 1, last + 2))
        spans = (span for day in civil for span in self.open_days.list_spans(day))
        return [cut for span in spans if (cut := overlap(span, presence))]


class RunFacts(msgspec.Struct, frozen=True):
    """One volunteer's facts on service days that must be evaluated together; nearly always on one day."""

    days: Sequence[int]
    taps: Sequence[Tap] = ()
    """Sorted."""
    roster: Sequence[Assignment] = ()
    """In any order: `sort_roster`."""
    corrections: DayCorrections = NO_CORRECTIONS


def sort_roster(roster: Sequence[Assignment]) -> Sequence[Assignment]:
    """By service day, then by the id of the shift, in whatever order they were read."""
    return roster if len(roster) < 2 else sorted(roster, key=_DAY_AND_SHIFT)


_DAY_AND_SHIFT = attrgetter("day", "shift")
