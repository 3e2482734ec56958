"""Lines about what the unit writes down beside attendance: what was done, who was served, tours, plans, leaders."""

from typing import Annotated

from msgspec import Meta, field
from typing_extensions import override

from devices.faults import ShortText
from domain.model.duty_description import PlannedKind
from domain.model.leader_terms import LeaderRole
from domain.model.planned_period import Plan
from domain.model.served_counts import Counted, CountSource
from kiosk.batch.command import AuthoredCommand, CommandContext, SignedCommand, UnusableLine
from kiosk.batch.fields import Day, Identifier, Instant
from kiosk.words.errors import BatchText

People = Annotated[int, Meta(ge=0, le=1_000_000)]
"""How many people were served or guided."""


class DescribeDuty(AuthoredCommand, tag="describe_duty"):
    """What is done in a shift or an event: service item and content, codes or words (R-022)."""

    shift: Identifier | None = None
    event: Identifier | None = None
    item: ShortText | None = None
    content: ShortText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        if self.item is None and self.content is None:
            raise UnusableLine(BatchText.NOTHING_DESCRIBED.fill())
        context.demand_nameless(self.item, self.content)
        kind, name = choose_planned(self.shift, self.event)
        context.home.desk.describe_duty(kind, name, self.item, self.content, context.act)


class DescribePost(AuthoredCommand, tag="describe_post"):
    """What is done at a post from a day on, in shifts of which nothing else is said; null is no default (R-022)."""

    post: ShortText
    item: ShortText | None
    content: ShortText | None
    since: Day = field(name="from")

    @override
    def run(self, context: CommandContext) -> None:
        context.demand_nameless(self.post, self.item, self.content)
        context.home.desk.describe_post(self.post, self.item, self.content, self.since.day, context.act)


def choose_planned(shift: str | None, event: str | None) -> tuple[PlannedKind, str]:
    """The shift or event that a line names. Raises: UnusableLine where it is not exactly one."""
    if shift is not None and event is None:
        return "shift", shift
    if event is not None and shift is None:
        return "event", event
    raise UnusableLine(BatchText.SHIFT_OR_EVENT.fill())


class RecordServedCount(AuthoredCommand, tag="record_served_count"):
    """How many people were served on a day, in a shift or at an event; null takes an earlier count back (R-104)."""

    count: People | None
    on: Day | None = None
    shift: Identifier | None = None
    event: Identifier | None = None
    service_type: ShortText | None = None
    desk: ShortText | None = None
    source: CountSource = "head_count"

    @override
    def run(self, context: CommandContext) -> None:
        context.demand_nameless(self.service_type, self.desk)
        if self.on is None:
            counted = Counted(*choose_planned(self.shift, self.event), self.service_type, self.desk)
        elif self.shift is None and self.event is None:
            counted = Counted("day", self.on.day.isoformat(), self.service_type, self.desk)
        else:
            raise UnusableLine(BatchText.SHIFT_OR_EVENT.fill())
        context.home.desk.record_served_count(counted, self.count, self.source, context.act)


class BookTour(AuthoredCommand, tag="book_tour"):
    """A group is guided: the duty of a guide, a shift of the same id (R-049). `cancel_shift` cancels it."""

    booking: Identifier
    guide: Identifier
    start: Instant
    end: Instant
    group_size: Annotated[int, Meta(ge=1, le=100_000)]
    group_language: ShortText | None = field(name="language", default=None)
    category: ShortText | None = None
    post: ShortText | None = None
    item: ShortText | None = None
    content: ShortText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        work = (self.category, self.post, self.item, self.content)
        context.demand_nameless(self.booking, self.group_language, *work)
        plan = Plan(self.start.utc, self.end.utc, *work)
        group = (self.group_language, self.group_size)
        context.home.desk.book_tour(self.booking, plan, context.find_volunteer(self.guide), group, context.act)


class FilePlan(AuthoredCommand, tag="file_plan"):
    """The unit's service plan is filed with the authority (R-001); filed again, the later filing counts."""

    plan: Identifier
    authority: ShortText
    valid_from: Day
    valid_to: Day

    @override
    def run(self, context: CommandContext) -> None:
        context.demand_nameless(self.plan, self.authority)
        valid = (self.valid_from.day, self.valid_to.day)
        context.home.desk.file_plan(self.plan, self.authority, valid, context.act)


class ReportResults(AuthoredCommand, tag="report_results"):
    """The results of a period are handed in (R-111)."""

    since: Day = field(name="from")
    until: Day = field(name="to")
    on: Day
    authority: ShortText

    @override
    def run(self, context: CommandContext) -> None:
        context.demand_nameless(self.authority)
        period = (self.since.day, self.until.day)
        context.home.desk.report_results(period, self.on.day, self.authority, context.act)


class TerminatePlan(SignedCommand, tag="terminate_plan"):
    """A plan does not hold any more from a day on, by a letter of the authority or to it (R-111)."""

    plan: Identifier
    on: Day

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.terminate_plan(self.plan, self.on.day, context.keep_note(self.reason), context.act)


class ElectLeader(AuthoredCommand, tag="elect_leader"):
    """The team elects its leader or deputy (R-046)."""

    volunteer: Identifier
    role: LeaderRole
    since: Day = field(name="from")
    by_election: bool = False

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id, desk = context.find_volunteer(self.volunteer), context.home.desk
        desk.elect_leader(volunteer_id, self.role, self.since.day, context.act, by_election=self.by_election)


class WithdrawElection(SignedCommand, tag="withdraw_election"):
    """An election was written down by mistake: it counts as if it had not been."""

    role: LeaderRole
    since: Day = field(name="from")

    @override
    def run(self, context: CommandContext) -> None:
        note = context.keep_note(self.reason)
        context.home.desk.withdraw_election(self.role, self.since.day, note, context.act)


class EndLeaderTerm(SignedCommand, tag="end_leader_term"):
    """A leader or deputy steps down: `on` is the last day of the term that began on `from` (R-046)."""

    role: LeaderRole
    since: Day = field(name="from")
    on: Day

    @override
    def run(self, context: CommandContext) -> None:
        note = context.keep_note(self.reason)
        context.home.desk.end_leader_term(self.role, self.since.day, self.on.day, note, context.act)
