"""Lines about awards: what was received, what documents attest (R-031, R-080 to R-088). Taken back with `retract`.

Numbers of cards and certificates, and what the document is, go to the people store; the log has days, minutes and
names of awards.
"""

from typing import Annotated, Literal

from msgspec import Meta, field
from typing_extensions import override

from devices.faults import ShortText, build_choices
from domain.model.award_ledger import Certificate, HonorCard, HoursOnPaper, SeniorityOnPaper
from kiosk.awards.catalogue import load_catalogue
from kiosk.batch.command import AuthoredCommand, CommandContext, UnusableLine
from kiosk.batch.fields import Day, FreeText, Identifier
from kiosk.words.errors import BatchText
from kiosk.words.validation import format_field

MOST_MINUTES = 100_000 * 60
"""Of all the service of a life, with room."""
Minutes = Annotated[int, Meta(ge=1, le=MOST_MINUTES)]


def demand_known_award(context: CommandContext, award: str, condition: str | None = None) -> None:
    """Refuse an award or a condition that no row of the catalogue names. Raises: UnusableLine."""
    catalogue = load_catalogue(context.home.path)
    if award not in (known := catalogue.list_ids()):
        advice = format_field(build_choices(award, known))
        raise UnusableLine(BatchText.UNKNOWN_AWARD.fill(award=award, advice=advice))
    conditions = list(dict.fromkeys(name for rule in catalogue.list_versions(award) for name in rule.list_conditions()))
    if condition is not None and condition not in conditions:
        advice = format_field(build_choices(condition, conditions))
        raise UnusableLine(BatchText.UNKNOWN_CONDITION.fill(award=award, condition=condition, advice=advice))


class GrantAward(AuthoredCommand, tag="grant_award"):
    """A volunteer received an award of the catalogue."""

    volunteer: Identifier
    award: Identifier
    on: Day
    document: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        demand_known_award(context, self.award)
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note_if_any(self.document)
        context.home.desk.grant_award(volunteer_id, self.award, self.on.day, note, context.act)


class GrantTeamAward(AuthoredCommand, tag="grant_team_award"):
    """The team of the unit received an award of the catalogue."""

    award: Identifier
    on: Day
    document: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        demand_known_award(context, self.award)
        note = context.keep_note_if_any(self.document)
        context.home.desk.grant_team_award(self.award, self.on.day, note, context.act)


class GrantHonorCard(AuthoredCommand, tag="grant_honor_card"):
    """The authority approved an honor card (R-083); service up to `counted_through` was counted for it."""

    volunteer: Identifier
    approved_on: Day
    expires_on: Day
    counted_through: Day
    document: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        card = HonorCard(self.approved_on.day, self.expires_on.day, self.counted_through.day)
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note_if_any(self.document)
        context.home.desk.grant_honor_card(volunteer_id, card, note, context.act)


class IssueCertificate(AuthoredCommand, tag="issue_performance_certificate"):
    """The unit issued a performance certificate with full dates (R-084); `minutes` as printed on it."""

    volunteer: Identifier
    applied_on: Day
    issued_on: Day
    first: Day = field(name="from")
    last: Day = field(name="to")
    minutes: Minutes
    document: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        days = (self.applied_on.day, self.issued_on.day, self.first.day, self.last.day)
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note_if_any(self.document)
        context.home.desk.issue_certificate(volunteer_id, Certificate(*days, self.minutes), note, context.act)


class AttestHours(AuthoredCommand, tag="attest_hours"):
    """A document proves hours of another unit, or of this one before it used this system (R-031)."""

    volunteer: Identifier
    first: Day = field(name="from")
    last: Day = field(name="to")
    document: FreeText
    hours: Annotated[int, Meta(ge=0, le=MOST_MINUTES // 60)] = 0
    minutes: Annotated[int, Meta(ge=0, le=MOST_MINUTES)] = 0
    unit: ShortText | None = None
    category: ShortText | None = None
    city: ShortText | None = None
    proof: Literal["certificate", "record_book", "other"] = "other"

    @override
    def run(self, context: CommandContext) -> None:
        total = self.hours * 60 + self.minutes
        if not total:
            raise UnusableLine(BatchText.HOURS_MISSING.fill())
        volunteer_id = context.find_volunteer(self.volunteer)
        context.demand_nameless(self.unit, self.category, self.city)
        where = (self.unit, self.category, self.city)
        served = HoursOnPaper(self.first.day, self.last.day, total, *where, self.proof)
        context.home.desk.attest_hours(volunteer_id, served, context.keep_note(self.document), context.act)


class AttestSeniority(AuthoredCommand, tag="attest_seniority"):
    """A document proves years of service before this system (R-081), in this unit or another."""

    volunteer: Identifier
    first: Day = field(name="from")
    last: Day = field(name="to")
    document: FreeText
    unit: ShortText | None = None
    category: ShortText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id = context.find_volunteer(self.volunteer)
        context.demand_nameless(self.unit, self.category)
        served = SeniorityOnPaper(self.first.day, self.last.day, self.unit, self.category)
        context.home.desk.attest_seniority(volunteer_id, served, context.keep_note(self.document), context.act)


class AttestCondition(AuthoredCommand, tag="attest_condition"):
    """A person attests a condition of an award that no figure shows (R-080), by its name in the catalogue."""

    volunteer: Identifier
    award: Identifier
    condition: Identifier
    document: FreeText

    @override
    def run(self, context: CommandContext) -> None:
        demand_known_award(context, self.award, self.condition)
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note(self.document)
        context.home.desk.attest_condition(volunteer_id, self.award, self.condition, note, context.act)


class AttestFamily(AuthoredCommand, tag="attest_family"):
    """A person attests that volunteers are related (R-088); a later line about a family replaces an earlier one."""

    family: Identifier
    members: list[Identifier]
    document: FreeText

    @override
    def run(self, context: CommandContext) -> None:
        members = context.find_volunteers(self.members)
        context.demand_nameless(self.family)
        context.home.desk.attest_family(self.family, members, context.keep_note(self.document), context.act)


class AttestTeam(AuthoredCommand, tag="attest_team"):
    """A person attests when the team of the unit was established (R-087)."""

    established_on: Day
    document: FreeText

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.attest_team(self.established_on.day, context.keep_note(self.document), context.act)
