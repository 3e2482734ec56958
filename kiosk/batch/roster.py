"""Lines about shifts and events: assignments, swaps, leave, and changes of the roster."""

from msgspec import field
from typing_extensions import override

from devices.faults import ShortText
from domain.model.planned_period import Plan
from kiosk.batch.command import BatchCommand, CommandContext, SignedCommand, UnusableLine
from kiosk.batch.fields import FreeText, Identifier, Instant
from kiosk.words.errors import BatchText


class ScheduleShift(BatchCommand, tag="schedule_shift"):
    """A shift is put on the roster."""

    shift: Identifier
    start: Instant
    end: Instant
    volunteers: list[Identifier]
    category: ShortText | None = None
    post: ShortText | None = None
    item: ShortText | None = None
    content: ShortText | None = None
    long: bool = False

    @override
    def run(self, context: CommandContext) -> None:
        work = (self.category, self.post, self.item, self.content)
        context.demand_nameless(self.shift, *work)
        plan = Plan(self.start.utc, self.end.utc, *work, long=self.long)
        context.home.desk.schedule_shift(self.shift, plan, context.find_volunteers(self.volunteers), context.act)


class ScheduleEvent(BatchCommand, tag="schedule_event"):
    """A service event is announced, for all volunteers or for those listed (R-023)."""

    event: Identifier
    start: Instant
    end: Instant
    category: ShortText | None = None
    volunteers: list[Identifier] | None = None
    item: ShortText | None = None
    content: ShortText | None = None
    long: bool = False

    @override
    def run(self, context: CommandContext) -> None:
        work = (self.category, None, self.item, self.content)
        context.demand_nameless(self.event, *work)
        listed = None if self.volunteers is None else context.find_volunteers(self.volunteers)
        plan = Plan(self.start.utc, self.end.utc, *work, long=self.long)
        context.home.desk.schedule_event(self.event, plan, listed, context.act)


class ScheduleDeskSession(BatchCommand, tag="schedule_desk_session"):
    """A visiting desk will be at a post: from then on shifts of that post lie inside such sessions (R-027)."""

    post: ShortText
    start: Instant
    end: Instant

    @override
    def run(self, context: CommandContext) -> None:
        context.demand_nameless(self.post)
        context.home.desk.schedule_desk_session(self.post, self.start.utc, self.end.utc, context.act)


class CancelDeskSession(BatchCommand, tag="cancel_desk_session"):
    """A visiting desk will not be there after all; shifts stay as they are."""

    post: ShortText
    start: Instant
    reason: FreeText

    @override
    def run(self, context: CommandContext) -> None:
        note = context.keep_note(self.reason)
        context.home.desk.cancel_desk_session(self.post, self.start.utc, note, context.act)


class Assign(BatchCommand, tag="assign"):
    """A volunteer is assigned to a shift."""

    shift: Identifier
    volunteer: Identifier

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.assign(self.shift, context.find_volunteer(self.volunteer), context.act)


class Unassign(BatchCommand, tag="unassign"):
    """A volunteer is taken off a shift before it starts."""

    shift: Identifier
    volunteer: Identifier

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.unassign(self.shift, context.find_volunteer(self.volunteer), context.act)


class ChangeShift(BatchCommand, tag="change_shift"):
    """A shift has other times."""

    shift: Identifier
    start: Instant
    end: Instant
    long: bool = False

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.change_shift(self.shift, self.start.utc, self.end.utc, context.act, long=self.long)


class CancelShift(BatchCommand, tag="cancel_shift"):
    """A shift does not take place."""

    shift: Identifier
    reason: FreeText

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.cancel_shift(self.shift, context.keep_note(self.reason), context.act)


class Swap(BatchCommand, tag="swap"):
    """A shift passes from one volunteer to another, and another shift back where that is agreed (R-042)."""

    shift: Identifier
    giver: Identifier = field(name="from")
    taker: Identifier = field(name="to")
    return_shift: Identifier | None = None
    retroactive: bool = False
    reason: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        if self.retroactive and (self.by is None or self.reason is None):
            raise UnusableLine(BatchText.RETROACTIVE_SWAP_UNSIGNED.fill())
        people = (context.find_volunteer(self.giver), context.find_volunteer(self.taker))
        shifts, note = (self.shift, self.return_shift), context.keep_note_if_any(self.reason)
        context.home.desk.swap(shifts, people, note, context.act, retroactive=self.retroactive)


class RequestLeave(BatchCommand, tag="request_leave"):
    """A volunteer requests leave before a shift starts (R-044)."""

    volunteer: Identifier
    shift: Identifier
    reason: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id = context.find_volunteer(self.volunteer)
        context.home.desk.request_leave(self.shift, volunteer_id, context.keep_note_if_any(self.reason), context.act)


class WithdrawLeave(BatchCommand, tag="withdraw_leave"):
    """A volunteer withdraws a request for leave."""

    volunteer: Identifier
    shift: Identifier

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.withdraw_leave(self.shift, context.find_volunteer(self.volunteer), context.act)


class ExcuseAbsence(SignedCommand, tag="excuse_absence"):
    """An unexcused absence becomes leave (R-045)."""

    volunteer: Identifier
    shift: Identifier

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id = context.find_volunteer(self.volunteer)
        context.home.desk.excuse_absence(self.shift, volunteer_id, context.keep_note(self.reason), context.act)
