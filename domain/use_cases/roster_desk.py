"""What coordinators do about the roster: shifts, events, swaps, leave. Each command is one transaction of the log.

Every method raises a `DomainError` when a rule refuses, and a `LogError` when the log cannot be read or written.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from domain.act import Act, Note
from domain.errors import AlreadyScheduled, NotEnrolled, NotScheduled
from domain.ids import event_stream, shift_stream
from domain.log.event_log import EventLog
from domain.model.desk_sessions import DeskSessions
from domain.model.planned_period import Plan
from domain.model.service_event import ServiceEvent
from domain.model.shift import Shift
from domain.model.volunteer import Volunteer
from domain.use_cases.kiosk_place import KioskPlace
from domain.use_cases.stream_queries import OlderNames
from domain.use_cases.unit_rules import UnitRules

P = TypeVar("P", Shift, ServiceEvent)


class RosterDesk:
    """The use cases of the roster."""

    def __init__(self, log: EventLog, place: KioskPlace) -> None:
        self._log = log
        self._place = place
        self._rules = UnitRules(log)
        self._older_names = OlderNames(log)

    def schedule_shift(self, name: str, plan: Plan, volunteers: Sequence[UUID], act: Act) -> None:
        """Put a shift on the roster, with those responsible for it."""
        with self._log.writing():
            self._log.append(self._build_shift(name, plan, volunteers, act))

    def _build_shift(self, name: str, plan: Plan, volunteers: Sequence[UUID], act: Act) -> Shift:
        """A new shift with those responsible for it, not written yet."""
        if self._find(Shift, shift_stream, name):
            raise AlreadyScheduled(name)
        shift = Shift.schedule(name, plan, act)
        self._demand_desk_session(shift)
        for volunteer_id in volunteers:
            self._demand_serving(volunteer_id)
            shift.assign(volunteer_id, act)
        return shift

    def schedule_event(self, name: str, plan: Plan, volunteers: Sequence[UUID] | None, act: Act) -> None:
        """Announce a service event, for everybody where `volunteers` is None."""
        with self._log.writing():
            if self._find(ServiceEvent, event_stream, name):
                raise AlreadyScheduled(name)
            for volunteer_id in volunteers or ():
                self._demand_serving(volunteer_id)
            self._log.append(ServiceEvent.schedule(name, plan, volunteers, act))

    def assign(self, name: str, volunteer_id: UUID, act: Act) -> None:
        """Make a volunteer responsible for a shift."""
        with self._changing(name) as shift:
            self._demand_serving(volunteer_id)
            shift.assign(volunteer_id, act)

    def unassign(self, name: str, volunteer_id: UUID, act: Act) -> None:
        """Remove a volunteer from a shift before it starts."""
        with self._changing(name) as shift:
            shift.unassign(volunteer_id, act)

    def change_shift(self, name: str, start: datetime, end: datetime, act: Act, *, long: bool = False) -> None:
        """Give a shift other times; `long` confirms that it lasts longer than a shift may."""
        with self._changing(name) as shift:
            shift.change(start, end, act, long=long)
            self._demand_desk_session(shift)

    def cancel_shift(self, name: str, note: Note, act: Act) -> None:
        """Call a shift off."""
        with self._changing(name) as shift:
            shift.cancel(note, act)

    def request_leave(self, name: str, volunteer_id: UUID, note: Note | None, act: Act) -> None:
        """Request leave before a shift starts."""
        with self._changing(name) as shift:
            shift.request_leave(volunteer_id, note, act)

    def withdraw_leave(self, name: str, volunteer_id: UUID, act: Act) -> None:
        """Take a request for leave back."""
        with self._changing(name) as shift:
            shift.withdraw_leave(volunteer_id, act)

    def excuse_absence(self, name: str, volunteer_id: UUID, note: Note, act: Act) -> None:
        """Turn an absence into leave."""
        with self._changing(name) as shift:
            shift.excuse_absence(volunteer_id, note, act)

    def swap(
        self,
        shifts: tuple[str, str | None],
        people: tuple[UUID, UUID],
        note: Note | None,
        act: Act,
        *,
        retroactive: bool = False,
    ) -> None:
        """Hand a shift over, and another one back in return: both or neither (R-042)."""
        name, return_name = shifts
        giver, taker = people
        with self._log.writing():
            self._demand_serving(taker)
            shift = self._load_shift(name)
            given_back = self._load_shift(return_name) if return_name else None
            shift.hand_over(giver, taker, act, note, retroactive=retroactive)
            if given_back:
                given_back.hand_over(taker, giver, act, note, retroactive=retroactive)
            self._log.append(shift, *([given_back] if given_back else []))

    # --- When a visiting desk is there ---

    def schedule_desk_session(self, post: str, start: datetime, end: datetime, act: Act) -> None:
        """Say when a visiting desk is at a post: from then on its shifts lie inside such sessions (R-027)."""
        with self._log.writing():
            sessions = self._log.catch_up(DeskSessions.of(post))
            sessions.schedule(post, start, end, act)
            self._log.append(sessions)

    def cancel_desk_session(self, post: str, start: datetime, note: Note, act: Act) -> None:
        """Call a session of a visiting desk off; the shifts inside it stay, and the plan says so."""
        with self._log.writing():
            sessions = self._log.catch_up(DeskSessions.of(post))
            sessions.cancel(post, start, note, act)
            self._log.append(sessions)

    def _demand_desk_session(self, shift: Shift) -> None:
        """The times of a shift fit the desk at its post (R-027). Raises: NoDeskSession."""
        if shift.post is not None:
            sessions = self._log.catch_up(DeskSessions.of(shift.post))
            sessions.demand_session(shift.name, shift.post, shift.start, shift.end)

    @contextmanager
    def _changing(self, name: str) -> Generator[Shift]:
        with self._log.writing():
            shift = self._load_shift(name)
            yield shift
            self._log.append(shift)

    def _load_shift(self, name: str) -> Shift:
        shift = self._find(Shift, shift_stream, name)
        if shift is None:
            raise NotScheduled(name)
        return shift

    def _find(self, kind: type[P], build_stream: Callable[[str], UUID], name: str) -> P | None:
        found = self._log.load(kind, build_stream(name))
        if found or (older := self._older_names.find(kind, name)) == name:
            return found
        return self._log.load(kind, build_stream(older))

    def _demand_enrolled(self, volunteer_id: UUID) -> None:
        """Whatever else of them cannot be read."""
        volunteer, undecodable = self._log.load_lenient(Volunteer, volunteer_id)
        if volunteer is None and not undecodable:
            raise NotEnrolled(volunteer_id)

    def _demand_serving(self, volunteer_id: UUID) -> None:
        """Enrolled, and not erased since."""
        volunteer, undecodable = self._log.load_lenient(Volunteer, volunteer_id)
        if volunteer:
            volunteer.demand_not_erased()
        elif not undecodable:
            raise NotEnrolled(volunteer_id)

    def _load_volunteer(self, volunteer_id: UUID) -> Volunteer:
        """Past every event that cannot be read, as the read models go. Raises: NotEnrolled; UnknownName, Unreadable."""
        volunteer, undecodable = self._log.load_lenient(Volunteer, volunteer_id)
        if volunteer is None and undecodable:
            volunteer = self._log.load(Volunteer, volunteer_id)  # not even the enrolment can be read: the error says so
        if volunteer is None:
            raise NotEnrolled(volunteer_id)
        return volunteer
