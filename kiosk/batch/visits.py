"""Lines about presence: taps, and corrections of visits by the desk, with author and reason."""

from typing import Annotated, Literal

from msgspec import Meta
from typing_extensions import override

from devices.faults import ShortText
from domain.act import Act
from domain.model.visits import Direction
from domain.use_cases.clock_correction import confirm_clock, correct_clock
from kiosk.batch.command import BatchCommand, CommandContext, SignedCommand, UnusableLine
from kiosk.batch.fields import Card, Identifier, Instant
from kiosk.words.errors import BatchText
from kiosk.words.refusals import format_answer

LARGEST_CLOCK_OFFSET = 4_000_000_000
"""Seconds, some 127 years: no clock is wrong by more."""


class Tap(BatchCommand, tag="tap"):
    """A card is tapped. A tap that is refused is recorded too, so the command is carried out either way."""

    card: Card
    reader: ShortText = "batch"
    direction: Direction | None = None

    @override
    def run(self, context: CommandContext) -> str | None:
        stated = self.at and self.at.exact
        answer = context.home.record_tap(self.card.number, self.reader, self.direction, stated)
        return format_answer(answer) if answer.outcome in ("refused", "unmatched", "noted") else None


class CorrectClock(SignedCommand, tag="correct_clock"):
    """A kiosk's clock was behind in a boot session: its taps count so many seconds later."""

    kiosk: Identifier
    boot: Identifier
    seconds: Annotated[int, Meta(ge=-LARGEST_CLOCK_OFFSET, le=LARGEST_CLOCK_OFFSET)]

    @override
    def run(self, context: CommandContext) -> None:
        home, note = context.home, context.keep_note(self.reason)
        correct_clock(home.log, home.place.find_kiosk(self.kiosk), self.boot, self.seconds, note, context.act)


class ConfirmClock(SignedCommand, tag="confirm_clock"):
    """The clock of this machine is right, as it stands now: it is trusted until the machine is started again."""

    @override
    def run(self, context: CommandContext) -> None:
        home = context.home
        if home.simulation or self.at is not None:
            raise UnusableLine(BatchText.CLOCK_IS_CONFIRMED_NOW.fill())
        reading = home.clock.read()
        act = Act(reading.at, context.act.by, home.clock.now())
        confirm_clock(home.log, home.place.kiosk, reading, context.keep_note(self.reason), act)


class CloseVisit(SignedCommand, tag="close_visit"):
    """A visit without check-out gets its end (R-035)."""

    volunteer: Identifier
    check_in: Instant
    check_out: Instant

    @override
    def run(self, context: CommandContext) -> None:
        visit = (self.check_in.utc, self.check_out.utc)
        volunteer_id = context.find_volunteer(self.volunteer)
        context.home.desk.close_visit(volunteer_id, visit, context.keep_note(self.reason), context.act)


class AddVisit(SignedCommand, tag="add_visit"):
    """The volunteer was there though no tap says so (R-036); without `check_out` they are there still."""

    volunteer: Identifier
    check_in: Instant
    check_out: Instant | None = None

    @override
    def run(self, context: CommandContext) -> None:
        desk, volunteer_id = context.home.desk, context.find_volunteer(self.volunteer)
        note = context.keep_note(self.reason)
        if self.check_out is None:
            desk.add_arrival(volunteer_id, self.check_in.utc, note, context.act)
        else:
            desk.add_visit(volunteer_id, (self.check_in.utc, self.check_out.utc), note, context.act)


class VoidVisit(SignedCommand, tag="void_visit"):
    """A visit counts as if it had not happened."""

    volunteer: Identifier
    check_in: Instant

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id = context.find_volunteer(self.volunteer)
        note = context.keep_note(self.reason)
        context.home.desk.void_visit(volunteer_id, self.check_in.utc, note, context.act)


class AnnotateMisuse(SignedCommand, tag="annotate_misuse"):
    """A card was lent, used by another or improperly: the visit counts for nothing (R-007)."""

    volunteer: Identifier
    check_in: Instant
    kind: Literal["lent", "impersonated", "improper"]

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id = context.find_volunteer(self.volunteer)
        note = context.keep_note(self.reason)
        context.home.desk.annotate_misuse(volunteer_id, self.check_in.utc, self.kind, note, context.act)
