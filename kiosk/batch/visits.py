"""Lines about presence: taps, and the corrections of visits that the desk makes with author and reason."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.model.visits import Direction
from domain.use_cases.clock_correction import correct_clock
from kiosk.batch.command import Clerk, Line, Signed
from kiosk.batch.fields import Card, Instant, Word
from kiosk.tapping import tap
from kiosk.words.taps import spoken_answer

LONGEST_SHIFT = 4_000_000_000
"""Seconds, some 127 years: by so much no clock is wrong."""


class Tap(Line, tag="tap"):
    """A card was seen. A tap that is refused is recorded too, so the line is carried out either way."""

    card: Card
    reader: Word = "batch"
    direction: Direction | None = None

    def carry_out(self, clerk: Clerk) -> str | None:
        """See `Line`."""
        stated = self.at and self.at.utc
        answer = tap(clerk.home, self.card.number, self.reader, self.direction, stated)
        return spoken_answer(answer) if answer.outcome in ("refused", "unmatched", "noted") else None


class CorrectClock(Signed, tag="correct_clock"):
    """A kiosk's clock was behind in a boot session: its taps that nothing vouched for count so many seconds later."""

    kiosk: Word
    boot: Word
    seconds: Annotated[int, Meta(ge=-LONGEST_SHIFT, le=LONGEST_SHIFT)]

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        note = clerk.note(self.reason)
        correct_clock(clerk.home.log, self.kiosk, self.boot, self.seconds, note, clerk.act)


class CloseVisit(Signed, tag="close_visit"):
    """A visit without check-out gets its end (R-035)."""

    volunteer: Word
    check_in: Instant
    check_out: Instant

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        claim = (self.check_in.utc, self.check_out.utc)
        volunteer_id = clerk.volunteer(self.volunteer)
        clerk.home.desk.close_visit(volunteer_id, claim, clerk.note(self.reason), clerk.act)


class AddVisit(Signed, tag="add_visit"):
    """The volunteer was there though no tap says so (R-036)."""

    volunteer: Word
    check_in: Instant
    check_out: Instant

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        claim = (self.check_in.utc, self.check_out.utc)
        volunteer_id = clerk.volunteer(self.volunteer)
        clerk.home.desk.add_visit(volunteer_id, claim, clerk.note(self.reason), clerk.act)


class VoidVisit(Signed, tag="void_visit"):
    """A visit counts as if it had not happened."""

    volunteer: Word
    check_in: Instant

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        volunteer_id = clerk.volunteer(self.volunteer)
        note = clerk.note(self.reason)
        clerk.home.desk.void_visit(volunteer_id, self.check_in.utc, note, clerk.act)


class AnnotateMisuse(Signed, tag="annotate_misuse"):
    """A card was lent, used by another or improperly: the visit counts for nothing (R-007)."""

    volunteer: Word
    check_in: Instant
    kind: Literal["lent", "impersonated", "improper"]

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        volunteer_id = clerk.volunteer(self.volunteer)
        note = clerk.note(self.reason)
        clerk.home.desk.annotate_misuse(volunteer_id, self.check_in.utc, self.kind, note, clerk.act)
