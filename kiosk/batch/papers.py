"""Lines about volunteers' papers: record books, badges, insurance (R-006 to R-012, R-071)."""

from typing import Annotated, Literal

from msgspec import Meta, field
from typing_extensions import override

from devices.faults import ShortText
from domain.act import Note
from kiosk.batch.command import AuthoredCommand, BatchCommand, CommandContext, UnusableLine
from kiosk.batch.fields import Day, FreeText, Identifier
from kiosk.words.errors import BatchText


class RegisterRecordBook(BatchCommand, tag="register_record_book"):
    """A volunteer has a record book (R-009); without `number` it is on file as one whose number is not known."""

    volunteer: Identifier
    number: ShortText | None = None
    issued_on: Day | None = None
    authority: ShortText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        context.demand_nameless(self.authority)
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note_if_any(self.number)
        issued = (self.issued_on and self.issued_on.day, self.authority)
        digest = derive_digest(context, self.number)
        context.home.desk.register_record_book(volunteer_id, digest, issued, note, context.act)


class ReissueRecordBook(BatchCommand, tag="reissue_record_book"):
    """Another record book replaces one that is damaged or lost (R-010); `number` is that of the new one."""

    volunteer: Identifier
    why: Literal["damaged", "lost"]
    number: ShortText | None = None
    on: Day | None = None

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note_if_any(self.number)
        digest, on = derive_digest(context, self.number), self.on and self.on.day
        context.home.desk.reissue_record_book(volunteer_id, digest, on, self.why, note, context.act)


def derive_digest(context: CommandContext, number: str | None) -> str | None:
    """What the log knows the number of a record book by."""
    return None if number is None else context.home.derive_book_digest(number)


class ApplyForRecordBook(BatchCommand, tag="apply_for_record_book"):
    """The unit has applied for a volunteer's record book (R-011)."""

    volunteer: Identifier
    on: Day | None = None

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id = context.find_volunteer(self.volunteer)
        context.home.desk.apply_for_record_book(volunteer_id, self.on and self.on.day, context.act)


class StateBookCustody(AuthoredCommand, tag="state_book_custody"):
    """A person states whether the volunteer keeps the record book (R-012)."""

    volunteer: Identifier
    with_volunteer: bool
    on: Day | None = None
    reason: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note_if_any(self.reason)
        day, act = self.on and self.on.day, context.act
        context.home.desk.state_book_custody(volunteer_id, day, note, act, is_with_volunteer=self.with_volunteer)


class IssueBadge(BatchCommand, tag="issue_badge"):
    """A volunteer gets a service certificate, once training is complete (R-006)."""

    volunteer: Identifier
    number: ShortText | None = None
    on: Day | None = None
    expires_on: Day | None = None

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note_if_any(self.number)
        on, expires_on = self.on and self.on.day, self.expires_on and self.expires_on.day
        context.home.desk.issue_service_certificate(volunteer_id, on, expires_on, note, context.act)


class TakeBackBadge(BatchCommand, tag="take_back_badge"):
    """The service certificate is taken back, or its number cancelled (R-008); the card is revoked by `revoke_card`."""

    volunteer: Identifier
    reason: FreeText
    on: Day | None = None
    number_cancelled: bool = False

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note(self.reason)
        context.home.desk.take_back_service_certificate(
            volunteer_id, self.on and self.on.day, note, context.act, is_number_cancelled=self.number_cancelled
        )


MOST_INSURED = 10_000
"""Volunteers in one line."""


class EnrolInsurance(BatchCommand, tag="enrol_insurance"):
    """The unit has insured volunteers for a period (R-071), all of them or none."""

    volunteers: Annotated[list[Identifier], Meta(min_length=1, max_length=MOST_INSURED)]
    since: Day = field(name="from")
    until: Day | None = field(name="to", default=None)
    policy: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        volunteers = context.find_volunteers(self.volunteers)
        if len({*volunteers}) < len(volunteers):
            raise UnusableLine(BatchText.INSURED_TWICE.fill())
        period = (self.since.day, self.until and self.until.day)

        def keep_policy(place: int) -> Note | None:
            return None if self.policy is None else context.keep_note(self.policy, place)

        context.home.desk.enrol_insurance(volunteers, period, keep_policy, context.act)


class EndInsurance(BatchCommand, tag="end_insurance"):
    """All cover of a volunteer ends after a day."""

    volunteer: Identifier
    on: Day
    reason: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note_if_any(self.reason)
        context.home.desk.end_insurance(volunteer_id, self.on.day, note, context.act)
