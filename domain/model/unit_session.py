"""A session that the unit holds: a meeting or a training. Presence in it is no service (R-033, R-047, R-116).

Rule: it changes no tap. One invited and present attended; one not present is not absent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from eventsourcing.domain import Aggregate, event

from domain.act import Act, Note, build_note_fields
from domain.errors import DomainError
from domain.ids import session_stream
from domain.model.planned_period import refuse_backward
from domain.model.retraction import AlreadyRetracted
from domain.model.streams import DeskStream

SessionKind = Literal["meeting", "liaison_meeting", "officer_meeting", "training"]
"""Of the volunteers, of the unit with them, of those who hold a post; and a training."""

LONGEST_SESSION = timedelta(hours=24)
"""As long as a visit can be."""


class SessionTooLong(DomainError):
    """The session would last longer than 24 hours."""

    name: str
    start: datetime
    end: datetime


class SessionScheduledAlready(DomainError):
    """There is a session of this id."""

    name: str


class NoSuchSession(DomainError):
    """No session of this id was scheduled."""

    name: str


class SessionCancelled(DomainError):
    """The session does not take place."""

    name: str


class NoTrainingSession(DomainError):
    """The session is a meeting: no training can be recorded for it."""

    name: str


class NotInvited(DomainError):
    """The session is not for this volunteer."""

    volunteer_id: UUID
    name: str


class AttendanceAddedAlready(DomainError):
    """The volunteer was added to those who attended."""

    volunteer_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What is held, when, and for whom."""

    kind: SessionKind
    title: str
    start: datetime
    end: datetime
    volunteers: Sequence[UUID] | None = None
    """Who is invited; None means everybody."""
    training: str | None = None
    """Of a training, its kind."""
    category: str | None = None
    """Of a special training, what it is for."""
    hours: float | None = None
    """What a training counts; None: it is complete with it."""

    def build_fields(self) -> dict[str, Any]:
        """As an event carries them."""
        names = ("kind", "title", "start", "end", "training", "category", "hours")
        listed = None if self.volunteers is None else [volunteer.hex for volunteer in self.volunteers]
        return {name: getattr(self, name) for name in names} | {"volunteers": listed}


class UnitSession(DeskStream):
    """One session."""

    TOPIC = "unit-session"

    class Created(Aggregate.Created):
        """A session will take place, for all volunteers or for those listed."""

        TOPIC = "unit-session.scheduled"
        session: str
        kind: str
        title: str
        start: datetime
        end: datetime
        volunteers: list[str] | None
        """Their ids in plain hexadecimal digits: the note is about none of them, and stays when one is erased."""
        training: str | None
        category: str | None
        hours: float | None
        note: UUID | None
        """Who takes the chair (R-116)."""
        note_digest: str | None

    class Cancelled(DeskStream.Event):
        """It does not take place, or did not."""

        TOPIC = "unit-session.cancelled"
        session: str
        note: UUID | None
        note_digest: str | None

    class AttendanceAdded(DeskStream.Event):
        """A volunteer was there without a card (R-121)."""

        TOPIC = "unit-session.attendance-added"
        session: str
        volunteer_id: UUID
        note: UUID | None
        note_digest: str | None

    class AttendanceRetracted(DeskStream.Event):
        """What was added counts as if it had not been."""

        TOPIC = "unit-session.attendance-retracted"
        session: str
        volunteer_id: UUID
        retracted: int
        """Where the log holds it."""
        note: UUID | None
        note_digest: str | None

    @classmethod
    def schedule(cls, name: str, plan: SessionPlan, chair: Note | None, act: Act) -> "UnitSession":
        """A new session. Raises: EndsBeforeStart, SessionTooLong."""
        refuse_backward(plan.start, plan.end)
        if plan.end - plan.start > LONGEST_SESSION:
            raise SessionTooLong(name, plan.start, plan.end)
        facts = {"session": name, **plan.build_fields(), **build_note_fields(chair)}
        return cls._create(cls.Created, id=session_stream(name), **facts, **act.build_fields())

    # --- Commands ---

    def cancel(self, reason: Note, act: Act) -> None:
        """Call it off. Raises: SessionCancelled."""
        self._demand_held()
        self.record(self.Cancelled, act, session=self.name, **build_note_fields(reason))

    def add_attendance(self, volunteer_id: UUID, reason: Note, act: Act) -> None:
        """A volunteer was there without a card. Raises: SessionCancelled, NotInvited, AttendanceAddedAlready."""
        self._demand_held()
        if self.plan.volunteers is not None and volunteer_id not in self.plan.volunteers:
            raise NotInvited(volunteer_id, self.name)
        if volunteer_id in self.added:
            raise AttendanceAddedAlready(volunteer_id, self.name)
        self.record(
            self.AttendanceAdded, act, session=self.name, volunteer_id=volunteer_id, **build_note_fields(reason)
        )

    def retract_attendance(self, position: int, added: AttendanceAdded, reason: Note, act: Act) -> None:
        """Take back that a volunteer was there. Raises: AlreadyRetracted."""
        if self.added.get(added.volunteer_id) != added.originator_version:
            raise AlreadyRetracted(position)
        facts = {"session": self.name, "volunteer_id": added.volunteer_id, "retracted": position}
        self.record(self.AttendanceRetracted, act, **facts, **build_note_fields(reason))

    def demand_training(self) -> None:
        """Raises: SessionCancelled, NoTrainingSession."""
        self._demand_held()
        if self.plan.kind != "training":
            raise NoTrainingSession(self.name)

    def _demand_held(self) -> None:
        if self.is_cancelled:
            raise SessionCancelled(self.name)

    # --- What the events do ---

    @event(Created)
    def __init__(
        self,
        session: str,
        kind: SessionKind,
        title: str,
        start: datetime,
        end: datetime,
        volunteers: list[str] | None,
        training: str | None,
        category: str | None,
        hours: float | None,
    ) -> None:
        self.name = session
        listed = None if volunteers is None else [UUID(volunteer) for volunteer in volunteers]
        self.plan = SessionPlan(kind, title, start, end, listed, training, category, hours)
        self.is_cancelled = False
        self.added: dict[UUID, int] = {}
        """Who was added, and the version of the event that did."""

    @event(Cancelled)
    def _cancelled(self) -> None:
        self.is_cancelled = True

    @event(AttendanceAdded)
    def _attendance_added(self, volunteer_id: UUID, originator_version: int) -> None:
        self.added[volunteer_id] = originator_version

    @event(AttendanceRetracted)
    def _attendance_retracted(self, volunteer_id: UUID) -> None:
        self.added.pop(volunteer_id, None)
