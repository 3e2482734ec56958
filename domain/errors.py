"""Why the domain says no. One class a reason, named for the fact that refuses, with fields; no sentences, no languages.

Not frozen: a frozen exception breaks inside a context manager and with `add_note`.
"""

from datetime import date, datetime
from uuid import UUID

from domain.field_error import FieldError


class DomainError(FieldError):
    """A command was refused by a rule. Nothing but the refusal is recorded."""


# --- The unit and its policy ---


class UnitAlreadyOpen(DomainError):
    """The unit was opened before; it is opened once."""

    name: str


class UnitNotOpen(DomainError):
    """The command needs a unit that has been opened."""


class UnknownParameter(DomainError):
    """No policy parameter has this name."""

    name: str
    nearest: str | None


class UnusableParameter(DomainError):
    """The parameter exists, its value cannot be used."""

    name: str
    reason: str


# --- People and cards ---


class AlreadyEnrolled(DomainError):
    """The volunteer has a stream already."""

    volunteer_id: UUID


class NotEnrolled(DomainError):
    """No volunteer with this id was ever enrolled."""

    volunteer_id: UUID


class AgreementNotLater(DomainError):
    """A renewed agreement begins after the one it follows."""

    volunteer_id: UUID
    current_from: date


class NoAgreementInForce(DomainError):
    """There is no agreement that the volunteer could serve by, or that could be ended, on that day."""

    volunteer_id: UUID
    on: date


class AgreementInForce(DomainError):
    """A volunteer who serves, or will, is not erased: the agreement is ended first."""

    volunteer_id: UUID
    on: date


class PersonErased(DomainError):
    """The person was erased: no event about them is added any more."""

    volunteer_id: UUID


class AlreadySuspended(DomainError):
    """The volunteer's service is suspended on that day already."""

    volunteer_id: UUID
    on: date


class NotSuspended(DomainError):
    """There is no suspension that could end on that day."""

    volunteer_id: UUID
    on: date


class CardHeld(DomainError):
    """A volunteer holds this card and it is not revoked."""

    holder: UUID


class NoSuchCard(DomainError):
    """The card was never issued, or is revoked already."""


# --- The roster ---


class AlreadyScheduled(DomainError):
    """A shift or an event with this id exists."""

    name: str


class NotScheduled(DomainError):
    """No shift or event with this id exists."""

    name: str


class EndsBeforeStart(DomainError):
    """What is scheduled or claimed ends before it begins, or as it begins."""

    start: datetime
    end: datetime


class ShiftCancelled(DomainError):
    """The shift was cancelled: no volunteer can be responsible for it."""

    name: str


class ShiftStarted(DomainError):
    """The shift has started: from then on the roster is a fact (R-025, R-044)."""

    name: str
    start: datetime


class AlreadyResponsible(DomainError):
    """The volunteer is responsible for this shift already."""

    volunteer_id: UUID
    name: str


class NotResponsible(DomainError):
    """The volunteer is not responsible for this shift."""

    volunteer_id: UUID
    name: str


class AlreadyOnLeave(DomainError):
    """Leave from this shift was requested before, or the absence was excused before."""

    volunteer_id: UUID
    name: str


class NotOnLeave(DomainError):
    """There is no leave from this shift to withdraw."""

    volunteer_id: UUID
    name: str


# --- Corrections and cases ---


class NoSuchVisit(DomainError):
    """No visit of the volunteer begins at that instant."""

    volunteer_id: UUID
    check_in: datetime


class VisitClosedAlready(DomainError):
    """The visit has a check-out; it can be voided and another added, never overwritten."""

    volunteer_id: UUID
    check_in: datetime
    check_out: datetime


class VisitVoidAlready(DomainError):
    """The visit is void already."""

    volunteer_id: UUID
    check_in: datetime


class VisitTooLong(DomainError):
    """A visit that is asserted lasts longer than a day and a night: its date is mistyped."""

    volunteer_id: UUID
    check_in: datetime
    check_out: datetime


class VisitsOverlap(DomainError):
    """The visit would overlap another visit of the same volunteer."""

    volunteer_id: UUID
    check_in: datetime
    other_check_in: datetime


class NoOpenCase(DomainError):
    """No exit case of that rule waits for a decision."""

    volunteer_id: UUID
    rule: str


class DayNotOver(DomainError):
    """Only a service day that is over can be reconciled."""

    day: date
    ends: datetime


class DutyRunsOn(DomainError):
    """A service day that is over waits for a duty of it: it can be reconciled once the duty ends, or a day later."""

    day: date
    shift: str
    until: datetime
    """When the duty ends."""
    waits_until: datetime
    """From when on the day can be reconciled."""


class InTheFuture(DomainError):
    """A fact cannot have happened after it is written down."""

    at: datetime
    now: datetime


# --- Clocks ---


class NothingToPutRight(DomainError):
    """No tap of this kiosk and boot session was read on a clock of the machine."""

    kiosk: str
    boot: str


class ClockBeforeRelease(DomainError):
    """A clock cannot be right that stands before the program was made."""

    at: datetime
    earliest: datetime
