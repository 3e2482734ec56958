"""A service day as far as it is known: who is in, which duties nobody does, what wants a person.

Rule: it says the same as the live roster, of the same facts, without asking a table; so a whole day is gone through
in no time. A suspension or an end of service that is recorded on the day itself frees nobody here, and a clock that
is put right on the day moves no tap.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, cast
from uuid import UUID

from domain.model.attendance import TapEvent
from domain.model.corrections import CorrectionEvent, Corrections
from domain.model.service_event import ServiceEvent
from domain.model.visits import Annulment, AssertedVisit, DayCorrections, Direction, Tap, Visit, build_visits
from domain.model.volunteer import Volunteer
from domain.policy import Policy
from domain.spans import Second, second
from projections.evaluation.facts import Assignment, UnitInForce
from projections.evaluation.outcomes import counts_for
from projections.playback.day_shifts import ChangeScope, DayShifts, Responsibilities, ShiftEvent, build_assignment
from projections.read_models.live_roster import TIME_TO_LEAVE, Slot

Alert = tuple[Literal["late", "absent", "uncovered", "without_duty", "forgotten"], str]
"""What is the matter, and in which shift; empty where it is about the person alone."""


class EventWindow(NamedTuple):
    """A service event, at which nobody needs a duty."""

    start: Second
    end: Second
    listed: frozenset[UUID] | None
    """None is for everybody."""


class InitialState(NamedTuple):
    """What was known when the day began."""

    slots: Mapping[str, Slot]
    """The day's shifts that are not cancelled, and those that will be moved to it."""
    responsibilities: Mapping[str, Responsibilities]
    """By shift."""
    events: Iterable[EventWindow]
    flexible: frozenset[UUID]


class _CorrectionLists(NamedTuple):
    """What the desk corrected in somebody's day, as `DayCorrections` has it."""

    closings: dict[Second, AssertedVisit]
    additions: list[AssertedVisit]
    annulments: list[Annulment]


class DayState:
    """Hears one event after the other."""

    def __init__(self, day: int, unit: UnitInForce, initial: InitialState) -> None:
        self._day, self._unit = day, unit
        self._policy: Policy = unit.policies.on(day)
        self._shifts = DayShifts(initial.slots, initial.responsibilities)
        self._fairs, self._flexible = list(initial.events), set(initial.flexible)
        self._taps: dict[UUID, list[Tap]] = defaultdict(list)
        self._corrections: dict[UUID, _CorrectionLists] = defaultdict(lambda: _CorrectionLists({}, [], []))
        self._visits: dict[UUID, list[Visit]] = {}

    # --- Facts ---

    def apply(self, event: object) -> ChangeScope:
        """What became known; whom it concerns."""
        match event:
            case TapEvent(volunteer_id=who):
                insort(self._taps[who], _build_tap(event))
                return self._forget_visits(who)
            case CorrectionEvent(volunteer_id=who):
                self._apply_correction(who, event)
                return self._forget_visits(who)
            case ServiceEvent.Created(start=start, end=end, volunteers=listed):
                self._fairs.append(EventWindow(second(start), second(end), frozenset(listed) if listed else None))
            case Volunteer.Created(originator_id=who, mode="flexible"):
                self._flexible.add(who)
            case _:
                pass
        return self._shifts.apply(event) if isinstance(event, ShiftEvent) else ChangeScope()

    def _forget_visits(self, who: UUID) -> ChangeScope:
        self._visits.pop(who, None)
        return ChangeScope(frozenset({who}), self._shifts.shifts_of(who))

    def find_scope_at(self, at: Second) -> ChangeScope:
        """Whom the clock alone may change something for."""
        return self._shifts.find_scope_at(at)

    @property
    def slots(self) -> Mapping[str, Slot]:
        """The shifts that are not cancelled, by name."""
        return self._shifts.slots

    def _apply_correction(self, who: UUID, event: CorrectionEvent) -> None:
        closings, additions, annulments = self._corrections[who]
        check_in, order = second(event.check_in), event.originator_version
        match event:
            case Corrections.VisitClosed(check_out=check_out):
                closings[check_in] = AssertedVisit(check_in, second(check_out), order)
            case Corrections.VisitAdded(check_out=check_out):
                additions.append(AssertedVisit(check_in, second(check_out), order))
            case Corrections.MisuseAnnotated():
                annulments.append(Annulment(check_in, "misuse", order))
            case _:
                annulments.append(Annulment(check_in, "voided", order))

    # --- What follows ---

    def list_alerts(self, who: UUID, now: Second) -> Iterator[Alert]:
        """What is the matter with somebody's duties and presence."""
        stays = [visit for visit in self._build_visits(who) if visit.check_in <= now]
        current = stays[-1] if stays and _is_open(stays[-1], now) else None
        duties = list(self._list_duties(who))
        for duty in duties:
            yield from self._list_duty_alerts(duty, stays, current, now)
        ahead = [duty for duty in duties if current and current.check_in < duty.end]
        if current and not ahead and not self._needs_no_duty(who, current, now):
            yield "without_duty", ""
        last = max(duties, key=lambda duty: duty.end, default=None)
        if ahead and last and current and current.check_out is None and last.end + TIME_TO_LEAVE <= now:
            yield "forgotten", ""

    def _list_duty_alerts(
        self, duty: Assignment, stays: list[Visit], current: Visit | None, now: Second
    ) -> Iterator[Alert]:
        came = [visit for visit in stays if counts_for(visit, duty, self._policy)]
        serves = current is not None and current.check_in < duty.end
        late = came[0].check_in - duty.start if came else 0
        if late > self._policy.grace_minutes_in * 60 and late >= 60:
            yield "late", duty.shift
        if came and not serves and came[-1].check_out is None:
            yield "forgotten", ""
        if not came and not serves and now >= duty.end and duty.state == "responsible":
            yield "absent", duty.shift

    def is_uncovered(self, shift: str, now: Second) -> bool:
        """Whether a shift is under way and nobody has come for it."""
        slot = self.slots.get(shift)
        return slot is not None and slot.start <= now < slot.end and not self._is_covered(shift, now)

    def _is_covered(self, shift: str, now: Second) -> bool:
        return any(self._has_come(who, shift, now) for who in self._shifts.people_of(shift))

    def _has_come(self, who: UUID, shift: str, now: Second) -> bool:
        stays = [visit for visit in self._build_visits(who) if visit.check_in <= now]
        return any(
            counts_for(visit, duty, self._policy) or (visit is stays[-1] and _is_open(visit, now))
            for duty in self._list_duties(who)
            if duty.shift == shift
            for visit in stays
        )

    def list_still_in(self, now: Second) -> Iterator[UUID]:
        """Whoever came and did not tap out."""
        for who in self._taps:
            stays = self._build_visits(who)
            if stays and stays[-1].check_out is None and stays[-1].check_in <= now:
                yield who

    def _list_duties(self, who: UUID) -> Iterator[Assignment]:
        """The duties of the day that are still theirs."""
        for slot, state in self._shifts.list_open_duties(who):
            if self._unit.days.ordinal(slot.start) == self._day:
                yield build_assignment(slot, self._day, state)

    def _build_visits(self, who: UUID) -> list[Visit]:
        if who not in self._visits:
            visits = build_visits(
                self._taps[who], DayCorrections(*self._corrections[who]), self._unit.days, self._unit.policies
            )
            self._visits[who] = [visit for visit in visits if visit.day == self._day and not visit.void]
        return self._visits[who]

    def _needs_no_duty(self, who: UUID, stay: Visit, now: Second) -> bool:
        until = now if stay.check_out is None else stay.check_out
        return who in self._flexible or any(
            window.start <= until and stay.check_in < window.end and (window.listed is None or who in window.listed)
            for window in self._fairs
        )


def _build_tap(event: TapEvent) -> Tap:
    direction = cast("Direction | None", event.direction)
    return Tap(at=second(event.at), kiosk=event.kiosk, boot_ns=event.boot_ns, seq=event.seq, direction=direction)


def _is_open(visit: Visit, now: Second) -> bool:
    return visit.check_out is None or now < visit.check_out
