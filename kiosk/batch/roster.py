"""Lines about shifts and events: who is responsible for what, and what changes it."""

from msgspec import field

from domain.model.shift import Plan
from kiosk.batch.command import Clerk, Line, Signed, Unusable
from kiosk.batch.fields import Instant, Prose, Word


class ScheduleShift(Line, tag="schedule_shift"):
    """A shift is put on the roster."""

    shift: Word
    start: Instant
    end: Instant
    volunteers: list[Word]
    category: Word | None = None
    post: Word | None = None
    item: Word | None = None

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        plan = Plan(self.start.utc, self.end.utc, self.category, self.post, self.item)
        clerk.home.desk.schedule_shift(self.shift, plan, clerk.volunteers(self.volunteers), clerk.act)


class ScheduleEvent(Line, tag="schedule_event"):
    """A service event is announced, for everybody or for those listed (R-023)."""

    event: Word
    start: Instant
    end: Instant
    category: Word | None = None
    volunteers: list[Word] | None = None

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        listed = None if self.volunteers is None else clerk.volunteers(self.volunteers)
        span = (self.start.utc, self.end.utc)
        clerk.home.desk.schedule_event(self.event, span, self.category, listed, clerk.act)


class Assign(Line, tag="assign"):
    """Somebody is responsible for a shift."""

    shift: Word
    volunteer: Word

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        clerk.home.desk.assign(self.shift, clerk.volunteer(self.volunteer), clerk.act)


class Unassign(Line, tag="unassign"):
    """Somebody is taken off a shift before it starts."""

    shift: Word
    volunteer: Word

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        clerk.home.desk.unassign(self.shift, clerk.volunteer(self.volunteer), clerk.act)


class ChangeShift(Line, tag="change_shift"):
    """A shift has other times."""

    shift: Word
    start: Instant
    end: Instant

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        clerk.home.desk.change_shift(self.shift, self.start.utc, self.end.utc, clerk.act)


class CancelShift(Line, tag="cancel_shift"):
    """A shift does not take place."""

    shift: Word
    reason: Prose

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        clerk.home.desk.cancel_shift(self.shift, clerk.note(self.reason), clerk.act)


class Swap(Line, tag="swap"):
    """A shift passes from one to another, and another one back if so agreed (R-042)."""

    shift: Word
    giver: Word = field(name="from")
    taker: Word = field(name="to")
    return_shift: Word | None = None
    retroactive: bool = False
    reason: Prose | None = None

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        if self.retroactive and (self.by is None or self.reason is None):
            raise Unusable("a retroactive swap says `by` whom and for what `reason`: add them")
        people = (clerk.volunteer(self.giver), clerk.volunteer(self.taker))
        shifts, note = (self.shift, self.return_shift), clerk.note_if_any(self.reason)
        clerk.home.desk.swap(shifts, people, note, clerk.act, retroactive=self.retroactive)


class RequestLeave(Line, tag="request_leave"):
    """Somebody asks for leave before a shift starts (R-044)."""

    volunteer: Word
    shift: Word
    reason: Prose | None = None

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        volunteer_id = clerk.volunteer(self.volunteer)
        clerk.home.desk.request_leave(self.shift, volunteer_id, clerk.note_if_any(self.reason), clerk.act)


class WithdrawLeave(Line, tag="withdraw_leave"):
    """Somebody will come after all."""

    volunteer: Word
    shift: Word

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        clerk.home.desk.withdraw_leave(self.shift, clerk.volunteer(self.volunteer), clerk.act)


class ExcuseAbsence(Signed, tag="excuse_absence"):
    """An unexcused absence becomes leave (R-045)."""

    volunteer: Word
    shift: Word

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        volunteer_id = clerk.volunteer(self.volunteer)
        clerk.home.desk.excuse_absence(self.shift, volunteer_id, clerk.note(self.reason), clerk.act)
