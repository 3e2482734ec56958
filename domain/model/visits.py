"""Taps are facts, visits are what they add up to. Pure: the same function serves the door and the evaluation.

A tap opens a visit, the next closes it, in the order in which they happened, however late they arrived.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec

from domain.calendar import ServiceDays
from domain.ids import DESK
from domain.policy import Policies
from domain.spans import NEVER, Second

Direction = Literal["in", "out"]
AcceptedMeaning = Literal["checked_in", "checked_out"]
Meaning = AcceptedMeaning | Literal["repeated", "unmatched"]
VoidReason = Literal["voided", "misuse"]


class Tap(NamedTuple):
    """A tap that was not refused. Sorts by when it happened; at one instant, by its kiosk's own clock and count."""

    at: Second
    """When it counts: as the clock showed it, or as that was corrected."""
    micro: int
    """Microseconds of that second, as the clock showed them; 0 where it was corrected."""
    kiosk: str
    boot_ns: int
    """Nanoseconds since the boot of that kiosk, which no setting of a clock disturbs."""
    seq: int
    position: int = 0
    """Where the log holds it; 0 for a tap that is not yet written. No two share one: what follows is never compared."""
    direction: Direction | None = None

    def correct(self, at: Second) -> "Tap":
        """The same tap, counted at another second; unchanged where it is the same."""
        return self if at == self.at else self._replace(at=at, micro=0)


class AcceptedTap(msgspec.Struct, frozen=True, gc=False):
    """A tap that began or ended a visit: for some seconds after it another changes nothing."""

    at: Second
    meaning: AcceptedMeaning
    micro: int = 0
    """Microseconds of that second."""


MICROSECONDS = 1_000_000
"""Of a second."""


class AssertedVisit(NamedTuple):
    """A stretch of presence that a coordinator asserts: a closed visit, or an added one."""

    check_in: Second
    check_out: Second
    order: int = 0
    """Its place among the corrections of that day."""
    position: int = 0


class AssertedArrival(NamedTuple):
    """An arrival without a card, as a coordinator saw it (R-036): it begins a visit as a tap would."""

    check_in: Second
    order: int = 0
    """Its place among the corrections of that day."""
    position: int = 0


class Annulment(NamedTuple):
    """A visit that shall count as if it had not happened (R-007)."""

    check_in: Second
    reason: VoidReason
    order: int = 0
    position: int = 0
    at: Second = NEVER
    """When it was made: a visit that was open then stays without an end, and the next tap begins another."""
    of_added: bool = False
    """A visit or an arrival that the desk had added stood at that check-in when it was made."""


class Visit(msgspec.Struct):
    """From a check-in to a check-out, or to nothing yet."""

    day: int
    """The service day on which it began, a proleptic ordinal (decision 8)."""
    check_in: Second
    check_out: Second | None
    kiosk: str
    positions: list[int]
    """Where the log holds the taps and corrections behind it."""
    corrected: bool = False
    void: VoidReason | None = None
    order: int = 0
    """Of a visit that the desk added, its place among the corrections; taps stand before all of them."""


@dataclass(frozen=True, slots=True)
class DayCorrections:
    """What the desk corrected, each kind in the order in which it was recorded."""

    closings: Mapping[Second, AssertedVisit] = field(default_factory=dict[Second, AssertedVisit])
    """By the check-in of the visit that each closes."""
    additions: Sequence[AssertedVisit] = ()
    annulments: Sequence[Annulment] = ()
    arrivals: Sequence[AssertedArrival] = ()

    def has_added(self, check_in: Second) -> bool:
        """Whether the desk added a visit or an arrival that begins then."""
        return any(one.check_in == check_in for one in (*self.additions, *self.arrivals))


NO_CORRECTIONS = DayCorrections()


def merge_corrections(days: Sequence[DayCorrections]) -> DayCorrections:
    """The corrections of several days as those of one."""
    return DayCorrections(
        {check_in: asserted for day in days for check_in, asserted in day.closings.items()},
        [asserted for day in days for asserted in day.additions],
        [annulment for day in days for annulment in day.annulments],
        [arrival for day in days for arrival in day.arrivals],
    )


def leave_out(known: DayCorrections, positions: set[int]) -> DayCorrections:
    """Corrections without those that the log holds at some positions."""
    if not positions:
        return known
    return DayCorrections(
        {check_in: one for check_in, one in known.closings.items() if one.position not in positions},
        [one for one in known.additions if one.position not in positions],
        [one for one in known.annulments if one.position not in positions],
        [one for one in known.arrivals if one.position not in positions],
    )


class TapInterpreter:
    """One volunteer's taps, taken one after the other in the order in which they happened.

    An arrival that the desk recorded is taken before the first tap that is not earlier.
    """

    def __init__(self, days: ServiceDays, policies: Policies, corrections: DayCorrections) -> None:
        self.visits: list[Visit] = []
        self._days = days
        self._policies = policies
        self._corrections = corrections
        self.accepted: AcceptedTap | None = None
        """The last of them; None before the first."""
        self._open: Visit | None = None
        self._accepted_before: AcceptedTap | None = None
        """The tap accepted before the one that began the open visit."""
        self._closed: Visit | None = None
        """The last visit that the desk closed."""
        self._arrivals = sorted(corrections.arrivals, reverse=True) if corrections.arrivals else []
        """Those that are not taken yet, the next one at the end."""

    def interpret(self, tap: Tap) -> Meaning:
        """What this tap means after those before it (decisions 8 and 9)."""
        at, micro, kiosk, _, _, position, direction = tap
        if self._arrivals:
            self.take_arrivals(at)
        day = self._days.find_day_around(at)[2]
        if self._corrections.annulments:
            self._leave_void_visit(at)
        if self._is_absorbed(at, direction == "in") or self._is_debounced(at, micro, day):
            return "repeated"
        visit = self._open
        if visit is not None and visit.day != day:
            visit = self._open = None
        if direction == "out" and visit is None:
            return "unmatched"
        if visit is None or direction == "in":
            self._begin(Visit(day, at, None, kiosk, [position]), micro)
            return "checked_in"
        self.accepted = AcceptedTap(at, "checked_out", micro)
        visit.check_out = at
        visit.positions.append(position)
        self._open = None
        return "checked_out"

    def take_arrivals(self, until: Second) -> None:
        """Take the arrivals that the desk recorded, up to an instant; one of a volunteer who is in changes nothing."""
        while self._arrivals and self._arrivals[-1].check_in <= until:
            at, order, position = self._arrivals.pop()
            self._leave_void_visit(at)
            day = self._days.ordinal(at)
            is_covered = self._is_absorbed(at, is_arrival=True) and not self._is_closed_void(order)
            if not is_covered and (self._open is None or self._open.day != day):
                self._begin(Visit(day, at, None, DESK, [position], corrected=True, order=order))

    def _is_absorbed(self, at: Second, is_arrival: bool) -> bool:
        """Whether a visit that the desk closed covers it; the tap at its end is its departure.

        Not where that one is an arrival, by its direction or as the desk recorded it, nor where its visit was
        annulled: the desk closed up to another visit, which stays what it is.
        """
        closed = self._closed
        if closed is None or closed.check_out is None or at > closed.check_out:
            return False
        begins_next = is_arrival and at == closed.check_out
        return not (begins_next or any(made.check_in == at for made in self._corrections.annulments))

    def _is_closed_void(self, order: int) -> bool:
        """Whether the last visit that the desk closed was annulled before the correction in that place was recorded."""
        closed = self._closed
        return closed is not None and any(
            made.check_in == closed.check_in and closed.order < made.order < order
            for made in self._corrections.annulments
        )

    def _is_debounced(self, at: Second, micro: int, day: int) -> bool:
        accepted = self.accepted
        if accepted is None or at - accepted.at > self._policies.longest_debounce:
            return False
        passed = (at - accepted.at) * MICROSECONDS + micro - accepted.micro
        return passed < self._policies.on(day).debounce_seconds * MICROSECONDS

    def _leave_void_visit(self, at: Second) -> None:
        """What comes after the open visit was annulled counts as if that visit had not happened."""
        visit = self._open
        if visit is not None and any(self._is_void_by(visit, made, at) for made in self._corrections.annulments):
            self._open, self.accepted = None, self._accepted_before

    def _is_void_by(self, visit: Visit, made: Annulment, at: Second) -> bool:
        """Whether an annulment was made, by an instant, of the open visit."""
        if visit.order >= made.order or made.at > at or made.check_in > at:
            return False
        return visit.check_in == made.check_in or is_meant_around(
            visit, made, self._corrections.arrivals, self._days, self._policies
        )

    def _begin(self, visit: Visit, micro: int = 0) -> None:
        """`micro`: of the second of its check-in."""
        self._accepted_before, self.accepted = self.accepted, AcceptedTap(visit.check_in, "checked_in", micro)
        self.visits.append(visit)
        closing = self._corrections.closings.get(visit.check_in)
        if closing is None:
            self._open = visit
        else:
            visit.check_out, visit.corrected = closing.check_out, True
            visit.positions.append(closing.position)
            self._open, self._closed = None, visit


def is_meant_around(
    visit: Visit, made: Annulment, arrivals: Iterable[AssertedArrival], days: ServiceDays, policies: Policies
) -> bool:
    """Whether an annulment whose check-in is no visit any more means the visit around that check-in (R-007).

    A late tap, or a clock that was corrected, made the check-in something else. Not where an added visit was annulled:
    it is another one, or was taken back; an arrival that stands is part of the visit around it, as a tap is. A visit
    without an end lasts as long as its service day does, or a tap repeats its arrival.
    """
    at = made.check_in
    if at < visit.check_in:
        return False
    if made.of_added and not any(one.check_in == at and one.order < made.order for one in arrivals):
        return False
    if visit.check_out is not None:
        return at <= visit.check_out
    return days.ordinal(at) == visit.day or at - visit.check_in <= policies.longest_debounce
