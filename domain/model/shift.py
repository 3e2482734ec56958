"""A shift: a planned period, and who is responsible for it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from eventsourcing.domain import Aggregate, event

from domain.act import Act, Note, build_note_fields
from domain.errors import (
    AlreadyOnLeave,
    AlreadyResponsible,
    NotOnLeave,
    NotResponsible,
    ShiftCancelled,
    ShiftStarted,
)
from domain.ids import shift_stream
from domain.model.planned_period import Plan, refuse_unfit_shift
from domain.model.retraction import AlreadyRetracted, AssignedInTime
from domain.model.streams import DeskStream

Responsibility = Literal["responsible", "on_leave", "excused", "handed_over"]
"""How a volunteer who was ever assigned stands to the shift; an unassigned volunteer has no entry."""


class ShiftRetraction(DeskStream.Event):
    """What was done about a volunteer's duty counts as if it had not been done."""

    shift: str
    volunteer_id: UUID
    retracted: int
    """Where the log holds it."""
    note: UUID
    note_digest: str


class Shift(DeskStream):
    """One shift and everybody who was ever responsible for it."""

    TOPIC = "shift"

    class Created(Aggregate.Created):
        """Put on the roster."""

        TOPIC = "shift.scheduled"
        shift: str
        start: datetime
        end: datetime
        category: str | None
        post: str | None
        item: str | None
        content: str | None = None

    class Assigned(DeskStream.Event):
        """A volunteer is responsible from now on."""

        TOPIC = "shift.assigned"
        shift: str
        volunteer_id: UUID

    class Unassigned(DeskStream.Event):
        """A volunteer is taken off before the shift starts."""

        TOPIC = "shift.unassigned"
        shift: str
        volunteer_id: UUID

    class Changed(DeskStream.Event):
        """The shift has other times."""

        TOPIC = "shift.changed"
        shift: str
        start: datetime
        end: datetime

    class Cancelled(DeskStream.Event):
        """The shift does not take place."""

        TOPIC = "shift.cancelled"
        shift: str
        note: UUID | None
        note_digest: str | None

    class HandedOver(DeskStream.Event):
        """Responsibility passes on; neither leave nor absence for the giver (R-025, R-043)."""

        TOPIC = "shift.handed-over"
        shift: str
        giver: UUID
        taker: UUID
        retroactive: bool
        note: UUID | None
        note_digest: str | None

    class LeaveRequested(DeskStream.Event):
        """A volunteer requests leave, which is leave because it is requested before the start (R-044)."""

        TOPIC = "shift.leave-requested"
        shift: str
        volunteer_id: UUID
        note: UUID | None
        note_digest: str | None

    class LeaveWithdrawn(DeskStream.Event):
        """The volunteer will come after all."""

        TOPIC = "shift.leave-withdrawn"
        shift: str
        volunteer_id: UUID

    class AbsenceExcused(DeskStream.Event):
        """A coordinator turns an unexcused absence into leave (R-045)."""

        TOPIC = "shift.absence-excused"
        shift: str
        volunteer_id: UUID
        note: UUID | None
        note_digest: str | None

    class ExcuseRetracted(ShiftRetraction):
        """The excuse of an absence counts as if it had not been made."""

        TOPIC = "shift.excuse-retracted"

    class AssignmentRetracted(ShiftRetraction):
        """An assignment that was written down when the shift had started counts as if it had not been made."""

        TOPIC = "shift.assignment-retracted"

    @classmethod
    def schedule(cls, name: str, plan: Plan, act: Act) -> "Shift":
        """A new shift, with no volunteer on it."""
        refuse_unfit_shift(name, plan.start, plan.end, long=plan.long)
        facts = {"shift": name, **plan.build_fields(), **act.build_fields()}
        return cls._create(cls.Created, id=shift_stream(name), **facts)

    # --- Commands ---

    def assign(self, volunteer_id: UUID, act: Act) -> None:
        """Make a volunteer responsible."""
        self._refuse_cancelled()
        self._refuse_responsible(volunteer_id)
        self.record(self.Assigned, act, shift=self.name, volunteer_id=volunteer_id)

    def unassign(self, volunteer_id: UUID, act: Act) -> None:
        """Remove a volunteer who has not handed the shift over."""
        self._refuse_started(act.at)
        self._refuse_not_responsible(volunteer_id)
        self.record(self.Unassigned, act, shift=self.name, volunteer_id=volunteer_id)

    def change(self, start: datetime, end: datetime, act: Act, *, long: bool = False) -> None:
        """Move, extend or shorten the shift; `long` confirms that it lasts longer than a shift may."""
        self._refuse_cancelled()
        refuse_unfit_shift(self.name, start, end, long=long)
        self.record(self.Changed, act, shift=self.name, start=start, end=end)

    def cancel(self, note: Note, act: Act) -> None:
        """Call the shift off."""
        self._refuse_cancelled()
        self.record(self.Cancelled, act, shift=self.name, **build_note_fields(note))

    def refuse_hand_over(self, giver: UUID, taker: UUID, at: datetime, *, retroactive: bool) -> None:
        """Whether the shift may pass from one to the other."""
        self._refuse_cancelled()
        if not retroactive:
            self._refuse_started(at)
        self._refuse_not_responsible(giver)
        self._refuse_responsible(taker)

    def hand_over(self, giver: UUID, taker: UUID, act: Act, note: Note | None, *, retroactive: bool) -> None:
        """Pass the shift on."""
        self.refuse_hand_over(giver, taker, act.at, retroactive=retroactive)
        facts = {"shift": self.name, "giver": giver, "taker": taker, "retroactive": retroactive}
        self.record(self.HandedOver, act, **facts, **build_note_fields(note))

    def request_leave(self, volunteer_id: UUID, note: Note | None, act: Act) -> None:
        """Request leave before the shift starts."""
        self._refuse_started(act.at)
        self._refuse_not_responsible(volunteer_id)
        if self.people[volunteer_id] == "on_leave":
            raise AlreadyOnLeave(volunteer_id, self.name)
        self.record(self.LeaveRequested, act, shift=self.name, volunteer_id=volunteer_id, **build_note_fields(note))

    def withdraw_leave(self, volunteer_id: UUID, act: Act) -> None:
        """Take the request for leave back."""
        if self.people.get(volunteer_id) != "on_leave":
            raise NotOnLeave(volunteer_id, self.name)
        self.record(self.LeaveWithdrawn, act, shift=self.name, volunteer_id=volunteer_id)

    def excuse_absence(self, volunteer_id: UUID, note: Note, act: Act) -> None:
        """Excuse an absence, which the attendance shows or will show."""
        self._refuse_not_responsible(volunteer_id)
        if self.people[volunteer_id] != "responsible":
            raise AlreadyOnLeave(volunteer_id, self.name)
        self.record(self.AbsenceExcused, act, shift=self.name, volunteer_id=volunteer_id, **build_note_fields(note))

    def retract_excuse(self, position: int, excuse: AbsenceExcused, note: Note, act: Act) -> None:
        """Take the excuse of an absence back; `position` is where the log holds it."""
        volunteer_id = excuse.volunteer_id
        if (self.people.get(volunteer_id), self.excuses.get(volunteer_id)) != ("excused", excuse.originator_version):
            raise AlreadyRetracted(position)
        self._record_retraction(self.ExcuseRetracted, volunteer_id, position, note, act)

    def retract_assignment(self, position: int, assigned: Assigned, note: Note, act: Act) -> None:
        """Take an assignment back that was written down when the shift had started, whatever became of it since."""
        volunteer_id = assigned.volunteer_id
        if assigned.timestamp < self.start:
            raise AssignedInTime(volunteer_id, self.name)
        if self.assignments.get(volunteer_id) != assigned.originator_version:
            raise AlreadyRetracted(position)
        self._refuse_not_responsible(volunteer_id)
        self._record_retraction(self.AssignmentRetracted, volunteer_id, position, note, act)

    def _record_retraction(
        self, happened: type[ShiftRetraction], volunteer_id: UUID, position: int, note: Note, act: Act
    ) -> None:
        about = {"shift": self.name, "volunteer_id": volunteer_id, "retracted": position}
        self.record(happened, act, **about, **build_note_fields(note))

    # --- Guards, one a rule ---

    def _refuse_cancelled(self) -> None:
        if self.cancelled:
            raise ShiftCancelled(self.name)

    def _refuse_started(self, at: datetime) -> None:
        if at >= self.start:
            raise ShiftStarted(self.name, self.start)

    def _refuse_responsible(self, volunteer_id: UUID) -> None:
        if self.people.get(volunteer_id, "handed_over") != "handed_over":
            raise AlreadyResponsible(volunteer_id, self.name)

    def _refuse_not_responsible(self, volunteer_id: UUID) -> None:
        if self.people.get(volunteer_id, "handed_over") == "handed_over":
            raise NotResponsible(volunteer_id, self.name)

    # --- What the events do ---

    @event(Created)
    def __init__(self, shift: str, start: datetime, end: datetime, post: str | None) -> None:
        self.name = shift
        self.post = post
        self.start = start
        self.end = end
        self.cancelled = False
        self.people: dict[UUID, Responsibility] = {}
        self.excuses: dict[UUID, int] = {}
        """Which event of the stream excused a volunteer last."""
        self.assignments: dict[UUID, int] = {}
        """Which event of the stream assigned a volunteer last."""

    @event(Assigned)
    def _assigned(self, volunteer_id: UUID, originator_version: int) -> None:
        self.people[volunteer_id] = "responsible"
        self.assignments[volunteer_id] = originator_version

    @event(Unassigned)
    def _unassigned(self, volunteer_id: UUID) -> None:
        del self.people[volunteer_id]

    @event(Changed)
    def _changed(self, start: datetime, end: datetime) -> None:
        self.start = start
        self.end = end

    @event(Cancelled)
    def _cancelled(self) -> None:
        self.cancelled = True

    @event(HandedOver)
    def _handed_over(self, giver: UUID, taker: UUID) -> None:
        self.people[giver] = "handed_over"
        self.people[taker] = "responsible"

    @event(LeaveRequested)
    def _leave_requested(self, volunteer_id: UUID) -> None:
        self.people[volunteer_id] = "on_leave"

    @event(LeaveWithdrawn)
    def _leave_withdrawn(self, volunteer_id: UUID) -> None:
        self.people[volunteer_id] = "responsible"

    @event(AbsenceExcused)
    def _absence_excused(self, volunteer_id: UUID, originator_version: int) -> None:
        self.people[volunteer_id] = "excused"
        self.excuses[volunteer_id] = originator_version

    @event(ExcuseRetracted)
    def _excuse_retracted(self, volunteer_id: UUID) -> None:
        self.people[volunteer_id] = "responsible"

    @event(AssignmentRetracted)
    def _assignment_retracted(self, volunteer_id: UUID) -> None:
        del self.people[volunteer_id]
        del self.assignments[volunteer_id]
