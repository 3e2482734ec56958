"""Read model: the roster of the service day under way, as it stands at an instant (R-125).

Rule: everybody has exactly one state in every duty, and whoever is in appears. It says what is so now: who is in, who
is late, what nobody does. What a duty came to in the end is the reckoning's to say.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple
from uuid import UUID

from domain.calendar import ServiceDays
from domain.ids import shift_stream
from domain.log.event_log import EventLog
from domain.model.shift import Shift
from domain.policy import Policies, Policy
from domain.spans import Second
from projections.engine.views import Views

RosterState = Literal[
    "here", "left", "no_check_out", "expected", "late", "absent", "on_leave", "handed_over", "cancelled", "vacant"
]
"""`no_check_out`: their duties are long over, and still no departure. `vacant`: nobody is responsible for the duty."""
PresenceKind = Literal["shift", "event", "flexible", "unplanned"]
"""What somebody is in for; `unplanned` is neither on a roster, nor at an event, nor serves by opening hours."""

TIME_TO_LEAVE = 30 * 60
"""Seconds after their last duty within which people tap out; the same half hour in which they tap in before one."""

RELEASED_STATES: frozenset[RosterState] = frozenset({"on_leave", "handed_over", "cancelled"})
ATTENDED_STATES: frozenset[RosterState] = frozenset({"here", "left", "no_check_out"})


class Slot(NamedTuple):
    """A shift of the day."""

    shift: str
    start: Second
    end: Second
    post: str | None


class RosterEntry(NamedTuple):
    """Somebody in a duty, somebody without one, or a duty without anybody."""

    slot: Slot | None
    volunteer: UUID | None
    state: RosterState
    at: Second | None = None
    """In since then, gone since then, or expected then."""
    late_minutes: int = 0
    """By how much they came late, or are late by now."""
    taker: UUID | None = None
    """To whom the duty was handed over."""
    kind: PresenceKind = "shift"


class LiveRoster(NamedTuple):
    """The day at an instant."""

    day: int
    entries: list[RosterEntry]
    """Duties by start and shift, then whoever came without one, in order of arrival."""
    uncovered: list[Slot]
    """Duties to be done yet for which nobody is responsible, or which have begun and nobody has come."""
    people_in: int


def build_live_roster(views: Views, log: EventLog, days: ServiceDays, policies: Policies, now: Second) -> LiveRoster:
    """The roster of the service day of `now`. `views` are caught up; `log` knows who took over from whom."""
    day = days.ordinal(now)
    on = _Day(views, log, policies.on(day), {"day": day, "now": now, "since": days.start(day)})
    people = list(on.list_on_duty())
    counted_on = {entry.slot for entry in people if entry.state not in RELEASED_STATES}
    vacant = [slot for slot in on.slots if slot not in counted_on]
    duties = sorted([*people, *(RosterEntry(slot, None, "vacant") for slot in vacant)], key=_slot_order)
    covered = {entry.slot for entry in duties if entry.state in ATTENDED_STATES}
    to_do = (slot for slot in on.slots if now < slot.end)
    uncovered = [slot for slot in to_do if slot in vacant or (slot.start <= now and slot not in covered)]
    return LiveRoster(day, [*duties, *on.list_without_duty()], uncovered, len(on.current))


def _slot_order(entry: RosterEntry) -> tuple[Second, str]:
    return (entry.slot.start, entry.slot.shift) if entry.slot else (0, "")


class _Stay(NamedTuple):
    check_in: Second
    check_out: Second | None


class _Duty(NamedTuple):
    slot: Slot
    outcome: str
    late: int
    state: str

    @property
    def release(self) -> RosterState | None:
        """What frees them of the duty, if anything does."""
        if self.state == "on_leave" and self.outcome == "leave":
            return "on_leave"
        return _RELEASES.get(self.outcome)


_RELEASES: Mapping[str, RosterState] = {"swapped_away": "handed_over", "cancelled": "cancelled"}


class _Day:
    """What the tables hold of one day, volunteer by volunteer."""

    def __init__(self, views: Views, log: EventLog, policy: Policy, values: dict[str, int]) -> None:
        self._log, self._now = log, values["now"]
        self._early, self._grace = policy.checkin_window_before_start_min * 60, policy.grace_minutes_in * 60
        shifts = {row[0]: (Slot(*row[:4]), row[4]) for row in views.rows(_SHIFTS, values)}
        self.slots = [slot for slot, cancelled in shifts.values() if not cancelled]
        self._events = [(*span, listed and json.loads(listed)) for *span, listed in views.rows(_EVENTS, values)]
        self._ids: dict[int, UUID] = {}
        self._modes: dict[int, str | None] = {}
        self._stays: dict[int, list[_Stay]] = defaultdict(list)
        for key, who, mode, *stay in views.rows(_VISITS, values):
            self._ids[key], self._modes[key] = UUID(bytes=who), mode
            self._stays[key].append(_Stay(*stay))
        self._duties: dict[int, list[_Duty]] = defaultdict(list)
        for key, who, shift, *fate in views.rows(_DUTIES, values):
            if shift in shifts:  # it may have been moved to this day between two queries
                self._ids[key] = UUID(bytes=who)
                self._duties[key].append(_Duty(shifts[shift][0], *fate))
        self.current = {key: stays[-1] for key, stays in self._stays.items() if self._is_in(stays[-1])}

    def _is_in(self, stay: _Stay) -> bool:
        return stay.check_out is None or self._now < stay.check_out

    # --- Duties ---

    def list_on_duty(self) -> Iterator[RosterEntry]:
        """Everybody who was ever responsible for a duty of the day."""
        for key, duties in self._duties.items():
            served_duties = self._list_served_now(key)
            for duty in duties:
                yield self._build_entry(key, duty, served_duties)

    def _list_served_now(self, key: int) -> Sequence[_Duty]:
        """The duties for which somebody is in: those under way or about to begin, else the next one."""
        stay = self.current.get(key)
        if stay is None:
            return ()
        ahead = [duty for duty in self._list_open_duties(key) if stay.check_in < duty.slot.end]
        return [duty for duty in ahead if duty.slot.start - self._early <= self._now] or ahead[:1]

    def _list_open_duties(self, key: int) -> list[_Duty]:
        return [duty for duty in self._duties.get(key, ()) if not duty.release]

    def _build_entry(self, key: int, duty: _Duty, served_duties: Sequence[_Duty]) -> RosterEntry:
        who, slot = self._ids[key], duty.slot
        if duty.release:
            taker = self._find_taker(slot.shift, who) if duty.release == "handed_over" else None
            return RosterEntry(slot, who, duty.release, taker=taker)
        if duty in served_duties:
            state = "no_check_out" if self._is_overdue(key) else "here"
            return RosterEntry(slot, who, state, self.current[key].check_in, duty.late)
        if stays := self._find_counting_stays(key, duty):
            last = stays[-1]
            state = "no_check_out" if last.check_out is None else "left"
            return RosterEntry(slot, who, state, last.check_out or last.check_in, duty.late)
        return self._build_awaited_entry(who, duty)

    def _is_overdue(self, key: int) -> bool:
        """Whether their last duty is over for so long that they forgot to tap out."""
        last = max(duty.slot.end for duty in self._list_open_duties(key))
        return self.current[key].check_out is None and last + TIME_TO_LEAVE <= self._now

    def _find_counting_stays(self, key: int, duty: _Duty) -> list[_Stay]:
        """The visits that count for a duty, by the reckoning's rule (decision 5)."""
        _, start, end, _ = duty.slot
        return [
            stay
            for stay in self._stays.get(key, ())
            if stay.check_in < end
            and (start - self._early <= stay.check_in if stay.check_out is None else start < stay.check_out)
        ]

    def _build_awaited_entry(self, who: UUID, duty: _Duty) -> RosterEntry:
        """Somebody who has not come: late once the grace is over that the reckoning gives as well (R-020)."""
        slot = duty.slot
        if duty.state == "excused":
            return RosterEntry(slot, who, "on_leave")
        if self._now >= slot.end:
            return RosterEntry(slot, who, "absent")
        if self._now > slot.start + self._grace:
            return RosterEntry(slot, who, "late", slot.start, (self._now - slot.start) // 60)
        return RosterEntry(slot, who, "expected", slot.start)

    def _find_taker(self, shift: str, giver: UUID) -> UUID | None:
        events = (entry.event for entry in self._log.read_stream_lenient(shift_stream(shift)))
        takers = [event.taker for event in events if isinstance(event, Shift.HandedOver) and event.giver == giver]
        return takers[-1] if takers else None

    # --- Whoever is in without one ---

    def list_without_duty(self) -> Iterator[RosterEntry]:
        """Everybody whose last visit of the day belongs to no duty of theirs, in order of arrival."""
        for key, stays in self._stays.items():
            last, who = stays[-1], self._ids[key]
            if key in self.current:
                if not self._list_served_now(key):
                    yield RosterEntry(None, who, "here", last.check_in, kind=self._decide_kind(key, last))
            elif not any(last in self._find_counting_stays(key, duty) for duty in self._list_open_duties(key)):
                yield RosterEntry(None, who, "left", last.check_out, kind=self._decide_kind(key, last))

    def _decide_kind(self, key: int, stay: _Stay) -> PresenceKind:
        until = self._now if stay.check_out is None else stay.check_out
        for starts, ends, listed in self._events:
            if starts <= until and stay.check_in < ends and (listed is None or key in listed):
                return "event"
        return "flexible" if self._modes[key] == "flexible" else "unplanned"


_SHIFTS = "SELECT shift, starts, ends, post, cancelled FROM shifts WHERE day = :day ORDER BY starts, shift"
_EVENTS = "SELECT starts, ends, listed FROM events WHERE day <= :day AND ends > :since"
_VISITS = """
SELECT v.volunteer, p.volunteer, p.mode, check_in, check_out FROM visits v JOIN people p ON p.key = v.volunteer
WHERE v.day = :day AND status != 'void' AND check_in <= :now ORDER BY check_in, ordinal
"""
_DUTIES = """
SELECT d.volunteer, p.volunteer, d.shift, outcome, late, r.state
FROM duties d JOIN people p ON p.key = d.volunteer
JOIN roster r ON r.volunteer = d.volunteer AND r.day = d.day AND r.shift = d.shift
WHERE d.day = :day ORDER BY d.starts, d.shift
"""
