"""Lines about volunteers: agreements, trainings, cards, suspensions, assessments, exit decisions."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, field

from devices.protocols.decoder import enrolment_refusal
from domain.errors import AlreadyEnrolled
from domain.model.volunteer import Training, Volunteer
from kiosk.batch.command import Clerk, Line, Signed, Unusable
from kiosk.batch.fields import Card, Day, Instant, PersonName, Prose, Word
from kiosk.people import Details
from kiosk.refusals import CardNotUsable


class EnrolVolunteer(Line, tag="enrol_volunteer"):
    """A person begins to serve. Who it is goes to the people store, that somebody serves goes to the log."""

    volunteer: Word
    mode: Literal["rostered", "event", "flexible", "guide"]
    agreement_from: Day
    name: PersonName | None = None
    birth_date: Day | None = None
    gender: Word | None = None
    group: Word | None = None
    language: Literal["zh-TW", "en", "vi", "id"] | None = None

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        with clerk.home.log.writing():
            volunteer_id = self._registered(clerk)
            clerk.home.desk.enrol(volunteer_id, self.mode, self.agreement_from.day, self.group, clerk.act)

    def _registered(self, clerk: Clerk) -> UUID:
        """The id of the number, which may be left from an enrolment that was cut short."""
        home, born = clerk.home, self.birth_date and self.birth_date.day
        known = home.people.id_of(self.volunteer)
        if known and home.log.load(Volunteer, known):
            raise AlreadyEnrolled(known)
        details = Details(self.name, born, self.gender, self.language, self.group)
        return home.people.register(self.volunteer, home.new_volunteer_id(self.volunteer), details)


class RenewAgreement(Line, tag="renew_agreement"):
    """A new agreement follows."""

    volunteer: Word
    agreement_from: Day

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        volunteer_id = clerk.volunteer(self.volunteer)
        clerk.home.desk.renew_agreement(volunteer_id, self.agreement_from.day, clerk.act)


class EndAgreement(Line, tag="end_agreement"):
    """The agreement ends after a day."""

    volunteer: Word
    on: Day
    reason: Prose

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        volunteer_id = clerk.volunteer(self.volunteer)
        clerk.home.desk.end_agreement(volunteer_id, self.on.day, clerk.note(self.reason), clerk.act)


class CompleteTraining(Line, tag="complete_training"):
    """A training is on file (R-002)."""

    volunteer: Word
    kind: Literal["basic", "special", "growth", "leadership", "in_service"]
    category: Word | None = None
    on: Day | None = None
    completed_at: Instant | None = None
    hours: Annotated[float, Meta(ge=0)] | None = None
    certificate: Prose | None = None

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        volunteer_id = clerk.volunteer(self.volunteer)
        training = self._training()
        clerk.home.desk.complete_training(volunteer_id, training, clerk.note_if_any(self.certificate), clerk.act)

    def _training(self) -> Training:
        if (self.on is None) == (self.completed_at is None):
            raise Unusable("a training has either `on`, a date, or `completed_at`, an instant: give one of them")
        if self.kind == "special" and self.category is None:
            raise Unusable("the field `category` is missing: a special training is for one category")
        on, completed_at = self.on and self.on.day.isoformat(), self.completed_at and self.completed_at.utc
        return Training(self.kind, self.category, on, completed_at, self.hours)


class IssueCard(Line, tag="issue_card"):
    """A volunteer gets a card (R-006)."""

    volunteer: Word
    card: Card

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        number = self.card.number
        if reason := enrolment_refusal(number):
            raise CardNotUsable(number.masked, reason)
        volunteer_id = clerk.volunteer(self.volunteer)
        clerk.home.desk.issue_card(volunteer_id, clerk.home.token(number), number.tech, clerk.act)


class RevokeCard(Line, tag="revoke_card"):
    """A card is no longer valid (R-008)."""

    card: Card
    reason: Prose

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        token = clerk.home.token(self.card.number)
        clerk.home.desk.revoke_card(token, clerk.note(self.reason), clerk.act)


class Suspend(Line, tag="suspend"):
    """Service pauses from a service day on (R-053)."""

    volunteer: Word
    since: Day = field(name="from")

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        clerk.home.desk.suspend(clerk.volunteer(self.volunteer), self.since.day, clerk.act)


class Resume(Line, tag="resume"):
    """Service goes on from a service day on."""

    volunteer: Word
    on: Day

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        clerk.home.desk.resume(clerk.volunteer(self.volunteer), self.on.day, clerk.act)


class RecordAssessment(Line, tag="record_assessment"):
    """A score for a period (R-060)."""

    volunteer: Word
    period_end: Day
    score: Annotated[float, Meta(ge=0, le=100)]

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        clerk.home.desk.assess(clerk.volunteer(self.volunteer), self.period_end.day, self.score, clerk.act)


class DecideExit(Signed, tag="decide_exit"):
    """A person decides a case that a rule raised (R-050 to R-053)."""

    volunteer: Word
    rule: Word
    decision: Literal["keep", "reassign", "not_renew", "terminate"]

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        volunteer_id = clerk.volunteer(self.volunteer)
        clerk.home.desk.decide_exit(volunteer_id, self.rule, self.decision, clerk.note(self.reason), clerk.act)
