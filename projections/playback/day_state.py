"""A service day as the events so far have it: who is in, which duties are uncovered, what needs a person.

Rule: it agrees with the live roster, because both ask `evaluation.attendance_state`; it reads no table, so a whole day
is gone through quickly. A suspension or an end of service that is recorded on the day itself frees no volunteer of a
duty here, and a clock that is corrected on the day moves no tap.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, cast
from uuid import UUID

from domain.log.folds import FOLD_ERRORS
from domain.model.attendance import TapEvent
from domain.model.corrections import AFTER_ALL_KNOWN, CorrectionEvent, CorrectionKey, fold_corrections
from domain.model.service_event import ServiceEvent
from domain.model.shift import Responsibility
from domain.model.unit_session import UnitSession
from domain.model.visit_building import build_visits
from domain.model.visits import NO_CORRECTIONS, DayCorrections, Direction, Tap, Visit
from domain.model.volunteer import Volunteer
from domain.policy import Policy
from domain.spans import Second, second
from projections.evaluation.attendance_state import (
    Attendance,
    EventSpan,
    Presence,
    PresenceKind,
    Stay,
    build_session_span,
    evaluate_attendance,
    find_presence,
    find_presence_kind,
    is_uncovered,
    serves_without_duty,
)
from projections.evaluation.facts import UnitInForce
from projections.playback.day_shifts import ChangeScope, DayShifts, Responsibilities, ShiftEvent
from projections.read_models.live_roster import ATTENDED_STATES, RELEASED_STATES, Slot

Alert = tuple[Literal["late", "absent", "uncovered", "without_duty", "forgotten"], str]
"""What needs a person, and in which shift; empty where it is about the volunteer alone."""


class SessionSpan(NamedTuple):
    """A meeting or a training of the unit, and who is invited; None means everybody."""

    start: Second
    end: Second
    listed: frozenset[UUID] | None


class InitialState(NamedTuple):
    """What was known when the day began."""

    slots: Mapping[str, Slot]
    """The day's shifts that are not cancelled, those of the day before that run into it, those that move to it."""
    responsibilities: Mapping[str, Responsibilities]
    """By shift."""
    events: Iterable[EventSpan[UUID]]
    flexible: frozenset[UUID]
    taps: Mapping[UUID, Sequence[Tap]]
    """Of the day before: its visits may reach into the day, or be closed on it."""
    corrections: Mapping[UUID, DayCorrections]
    """Of the day before."""
    places: Mapping[CorrectionKey, int]
    """Where these stand in the log."""
    linked: frozenset[UUID]
    """The volunteers whose day before is evaluated together with the day: an open visit of it may count."""
    sessions: Mapping[str, SessionSpan]
    """By name, those that are not cancelled."""


class DayState:
    """What is known of a day, changed by one event after the other."""

    def __init__(self, day: int, unit: UnitInForce, initial: InitialState) -> None:
        self._day, self._unit = day, unit
        self._since = unit.days.start(day)
        self.policy: Policy = unit.policies.on(day)
        """Of the day."""
        self._shifts = DayShifts(initial.slots, initial.responsibilities)
        self._events, self._flexible, self._linked = list(initial.events), set[UUID](), initial.linked
        if serves_without_duty("flexible", self.policy):
            self._flexible.update(initial.flexible)
        self._sessions = dict(initial.sessions)
        self._taps: dict[UUID, list[Tap]] = defaultdict(list)
        self._taps.update({volunteer_id: sorted(taps) for volunteer_id, taps in initial.taps.items()})
        self._known_corrections, self._places = initial.corrections, initial.places
        self._corrections: dict[UUID, list[CorrectionEvent]] = defaultdict(list)
        self._visits: dict[UUID, list[Visit]] = {}

    # --- Facts ---

    def apply(self, event: object) -> ChangeScope:
        """Take an event in; what it may change something for. One that cannot be applied changes nothing."""
        try:
            return self._apply(event)
        except FOLD_ERRORS:
            return ChangeScope()

    def _apply(self, event: object) -> ChangeScope:
        match event:
            case TapEvent(volunteer_id=volunteer_id):
                insort(self._taps[volunteer_id], _build_tap(event))
                return self._forget_visits(volunteer_id)
            case CorrectionEvent(volunteer_id=volunteer_id):
                self._corrections[volunteer_id].append(event)
                return self._forget_visits(volunteer_id)
            case ServiceEvent.Created(start=start, end=end, volunteers=listed):
                self._events.append(EventSpan(second(start), second(end), listed))
            case UnitSession.Created(session=session, start=start, end=end, volunteers=invited):
                listed = None if invited is None else frozenset(map(UUID, invited))
                self._sessions[session] = SessionSpan(second(start), second(end), listed)
            case UnitSession.Cancelled(session=session):
                self._sessions.pop(session, None)
            case Volunteer.Created(originator_id=volunteer_id, mode=mode) if serves_without_duty(mode, self.policy):
                self._flexible.add(volunteer_id)
            case _:
                pass
        return self._shifts.apply(event) if isinstance(event, ShiftEvent) else ChangeScope()

    def _forget_visits(self, volunteer_id: UUID) -> ChangeScope:
        self._visits.pop(volunteer_id, None)
        return ChangeScope(frozenset({volunteer_id}), self._shifts.shifts_of(volunteer_id))

    def find_scope_at(self, at: Second) -> ChangeScope:
        """What the clock alone may change something for."""
        return self._shifts.find_scope_at(at, self.policy)

    @property
    def slots(self) -> Mapping[str, Slot]:
        """The shifts that are not cancelled, by name."""
        return self._shifts.slots

    # --- What follows ---

    def list_alerts(self, volunteer_id: UUID, now: Second) -> Iterator[Alert]:
        """What of a volunteer's duties and presence needs a person."""
        presence = self._find_presence(volunteer_id, now)
        for slot, state in self._list_duties(volunteer_id):
            if self._is_of_day(slot):
                yield from _list_duty_alerts(slot, self._evaluate(slot, presence, state))
        if presence.current and self._find_kind(volunteer_id, presence.current) == "unplanned":
            yield "without_duty", ""
        if presence.is_overdue:
            yield "forgotten", ""

    def is_uncovered(self, shift: str, now: Second) -> bool:
        """Whether a shift of the day is under way and no volunteer has come for it."""
        slot = self.slots.get(shift)
        if slot is None or not self._is_of_day(slot):
            return False
        states = {
            self._evaluate(slot, self._find_presence(volunteer_id, now), state).state
            for volunteer_id in self._shifts.people_of(slot.shift)
            for duty, state in self._list_duties(volunteer_id)
            if duty is slot
        }
        is_awaited, is_covered = bool(states - RELEASED_STATES), bool(states & ATTENDED_STATES)
        return is_uncovered(slot, now, self.policy, is_awaited=is_awaited, is_covered=is_covered)

    def _evaluate(self, slot: Slot, presence: Presence, state: Responsibility) -> Attendance:
        return evaluate_attendance(slot, presence, self.policy, is_excused=state == "excused")

    def list_still_in(self, now: Second) -> Iterator[UUID]:
        """The volunteers who came and did not tap out."""
        for volunteer_id in {**self._taps, **self._known_corrections, **self._corrections}:
            current = self._find_presence(volunteer_id, now).current
            if current and current.check_out is None:
                yield volunteer_id

    # --- One volunteer ---

    def _find_presence(self, volunteer_id: UUID, now: Second) -> Presence:
        duties = [slot for slot, _ in self._list_duties(volunteer_id)]
        return find_presence(self._list_stays(volunteer_id, now), duties, self.policy, now, self._since)

    def _list_duties(self, volunteer_id: UUID) -> Iterator[tuple[Slot, Responsibility]]:
        """The duties of the day that are still theirs, and those of the day before that run into it."""
        for slot, state in self._shifts.list_open_duties(volunteer_id):
            day = self._unit.days.ordinal(slot.start)
            if day == self._day or (day == self._day - 1 and slot.end > self._since):
                yield slot, state

    def _is_of_day(self, slot: Slot) -> bool:
        return self._unit.days.ordinal(slot.start) == self._day

    def _list_stays(self, volunteer_id: UUID, now: Second) -> list[Visit]:
        return [visit for visit in self._build_visits(volunteer_id) if visit.check_in <= now]

    def _build_visits(self, volunteer_id: UUID) -> list[Visit]:
        if volunteer_id not in self._visits:
            known = self._known_corrections.get(volunteer_id, NO_CORRECTIONS)
            corrections = fold_corrections(self._corrections[volunteer_id], known, AFTER_ALL_KNOWN, self._places)
            visits = build_visits(self._taps[volunteer_id], corrections, self._unit.days, self._unit.policies)
            is_linked = volunteer_id in self._linked
            self._visits[volunteer_id] = [
                visit for visit in visits if not visit.void and self._may_concern_day(visit, is_linked=is_linked)
            ]
        return self._visits[volunteer_id]

    def _may_concern_day(self, visit: Visit, *, is_linked: bool) -> bool:
        """A visit of the day, or one of the day before that may count for a duty of the day."""
        if visit.day != self._day - 1:
            return visit.day == self._day
        return is_linked if visit.check_out is None else visit.check_out > self._since

    def _find_kind(self, volunteer_id: UUID, stay: Stay) -> PresenceKind:
        duties, is_flexible = [slot for slot, _ in self._list_duties(volunteer_id)], volunteer_id in self._flexible
        sessions = [build_session_span(*session, self.policy) for session in self._list_sessions()]
        return find_presence_kind(stay, duties, [*self._events, *sessions], volunteer_id, is_flexible=is_flexible)

    def _list_sessions(self) -> Iterator[SessionSpan]:
        """Those that begin by the end of the day and were not over when it began."""
        for session in self._sessions.values():
            if session.start < self._unit.days.end(self._day) and session.end > self._since:
                yield session


def _list_duty_alerts(slot: Slot, attendance: Attendance) -> Iterator[Alert]:
    if attendance.late_minutes and attendance.state != "late":
        yield "late", slot.shift
    if attendance.state == "no_check_out":
        yield "forgotten", ""
    if attendance.state == "absent":
        yield "absent", slot.shift


def _build_tap(event: TapEvent) -> Tap:
    direction = cast("Direction | None", event.direction)
    return Tap(second(event.at), event.at.microsecond, event.kiosk, event.boot_ns, event.seq, direction=direction)
