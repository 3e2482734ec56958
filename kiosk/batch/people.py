"""Lines about volunteers: agreements, trainings, cards, suspensions, assessments, exit decisions."""

from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field
from typing_extensions import override

from devices.faults import ShortText
from devices.protocols.decoder import find_enrolment_fault
from domain.errors import AlreadyEnrolled
from domain.log.event_rows import LAST_POSITION
from domain.model.volunteer import EndReason
from kiosk.batch.command import AuthoredCommand, BatchCommand, CommandContext, UnusableLine
from kiosk.batch.fields import BirthDate, Card, Day, FreeText, Identifier, NationalId, PersonName
from kiosk.people.changes import change_person
from kiosk.people.volunteers import DETAILS, Details
from kiosk.refusals import CardNotUsable, SimilarNumber
from kiosk.words.devices import explain_fault
from kiosk.words.errors import BatchText
from kiosk.words.volunteer_words import Language


class EnrolVolunteer(BatchCommand, tag="enrol_volunteer"):
    """A volunteer is enrolled. Name and details go to the people store, the enrolment to the log."""

    volunteer: Identifier
    mode: Literal["rostered", "event", "flexible", "guide"]
    agreement_from: Day
    name: PersonName | None = None
    birth_date: BirthDate | None = None
    gender: ShortText | None = None
    group: ShortText | None = None
    language: Language | None = None
    telephone: ShortText | None = None
    email: ShortText | None = None
    address: ShortText | None = None
    emergency_contact: ShortText | None = None
    notes: FreeText | None = None
    national_id: NationalId | None = None
    education: ShortText | None = None
    occupation: ShortText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        with context.home.log.writing():
            volunteer_id = self._register(context)
            digest = context.home.people.compute_digest(volunteer_id)
            context.home.desk.enrol(volunteer_id, self.mode, self.agreement_from.day, context.act, digest)

    def _register(self, context: CommandContext) -> UUID:
        """The id of the number, which an enrolment that was cut short may have left."""
        home = context.home
        known = home.people.find_id(self.volunteer)
        if known and home.log.find_version(known):
            raise AlreadyEnrolled(known)
        if known is None and (similar := home.people.find_similar_number(self.volunteer)):
            raise SimilarNumber(self.volunteer, similar)
        details = Details(**{name: _unwrap(getattr(self, name)) for name in DETAILS})
        return home.people.register(self.volunteer, home.create_volunteer_id(self.volunteer), details)


class ChangePerson(AuthoredCommand, tag="change_person"):
    """What identifies a volunteer changes in the people store; the log says which fields, by whom and why (R-121)."""

    volunteer: Identifier
    name: PersonName | UnsetType | None = UNSET
    birth_date: BirthDate | UnsetType | None = UNSET
    gender: ShortText | UnsetType | None = UNSET
    group: ShortText | UnsetType | None = UNSET
    language: Language | UnsetType | None = UNSET
    telephone: ShortText | UnsetType | None = UNSET
    email: ShortText | UnsetType | None = UNSET
    address: ShortText | UnsetType | None = UNSET
    emergency_contact: ShortText | UnsetType | None = UNSET
    notes: FreeText | UnsetType | None = UNSET
    national_id: NationalId | UnsetType | None = UNSET
    education: ShortText | UnsetType | None = UNSET
    occupation: ShortText | UnsetType | None = UNSET
    reason: FreeText | None = None

    clears_when_empty = frozenset(DETAILS)

    @override
    def run(self, context: CommandContext) -> str | None:
        values = {name: _unwrap(value) for name in DETAILS if (value := getattr(self, name)) is not UNSET}
        if not values:
            raise UnusableLine(BatchText.NOTHING_TO_CHANGE.fill())
        home, volunteer_id = context.home, context.find_volunteer(self.volunteer)
        changed = change_person(
            home.people, home.desk, volunteer_id, values, lambda: context.keep_note_if_any(self.reason), context.act
        )
        return None if changed else BatchText.PERSON_AS_BEFORE.fill()


def _unwrap(value: object) -> Any:
    """What the people store keeps of a field."""
    match value:
        case PersonName() | NationalId():
            return value.text
        case BirthDate():
            return value.day
        case _:
            return value


class RenewAgreement(BatchCommand, tag="renew_agreement"):
    """A new agreement follows."""

    volunteer: Identifier
    agreement_from: Day

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id = context.find_volunteer(self.volunteer)
        context.home.desk.renew_agreement(volunteer_id, self.agreement_from.day, context.act)


class EndAgreement(BatchCommand, tag="end_agreement"):
    """The agreement ends after a day."""

    volunteer: Identifier
    on: Day
    reason: FreeText
    reason_code: EndReason | None = None

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note(self.reason)
        context.home.desk.end_agreement(volunteer_id, self.on.day, note, context.act, self.reason_code)


class IssueCard(BatchCommand, tag="issue_card"):
    """A volunteer gets a card (R-006)."""

    volunteer: Identifier
    card: Card

    @override
    def run(self, context: CommandContext) -> None:
        number = self.card.number
        if fault := find_enrolment_fault(number):
            raise CardNotUsable(number.masked, explain_fault(fault))
        volunteer_id = context.find_volunteer(self.volunteer)
        context.home.desk.issue_card(volunteer_id, context.home.derive_token(number), number.tech, context.act)


class RevokeCard(BatchCommand, tag="revoke_card"):
    """A card is no longer valid (R-008)."""

    reason: FreeText
    card: Card | None = None
    event: Annotated[int, Meta(ge=1, le=LAST_POSITION)] | None = None
    """The position of the event that issued it, for a card whose number nobody has any more."""

    @override
    def run(self, context: CommandContext) -> None:
        if (self.card is None) == (self.event is None):
            raise UnusableLine(BatchText.REVOKED_CARD_OR_EVENT.fill())
        desk, note = context.home.desk, context.keep_note(self.reason)
        if self.card:
            desk.revoke_card(context.home.derive_token(self.card.number), note, context.act)
        else:
            desk.revoke_issued_card(self.event or 0, note, context.act)


class Suspend(BatchCommand, tag="suspend"):
    """Service pauses from a service day on (R-053)."""

    volunteer: Identifier
    since: Day = field(name="from")

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.suspend(context.find_volunteer(self.volunteer), self.since.day, context.act)


class Resume(BatchCommand, tag="resume"):
    """Service goes on from a service day on."""

    volunteer: Identifier
    on: Day

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.resume(context.find_volunteer(self.volunteer), self.on.day, context.act)


class RecordAssessment(BatchCommand, tag="record_assessment"):
    """A score for a period (R-060)."""

    volunteer: Identifier
    period_end: Day
    score: Annotated[float, Meta(ge=0, le=100)]

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.assess(context.find_volunteer(self.volunteer), self.period_end.day, self.score, context.act)
