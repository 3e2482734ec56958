"""The taps of one volunteer on one service day at one kiosk: what the place saw and what it answered.

Only that kiosk writes this stream, so the logs of several doors merge by copying and cannot conflict.
What the events add up to is decided in `domain.model.visits`, for the door and for the evaluation.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, Self, cast
from uuid import UUID

import msgspec

from domain.clock import OK, UNSYNCHRONISED, Reading
from domain.ids import attendance_stream, refused_taps_stream
from domain.model.streams import KioskStream, StreamEvent, WrittenFields
from domain.model.visits import Direction, Meaning, Tap
from domain.spans import second

ShownOutcome = Meaning | Literal["noted"]
"""What the volunteer was shown: what the tap means, or only that it is on record."""


class CardReadAtKiosk(msgspec.Struct, frozen=True):
    """A card seen by a reader of a kiosk."""

    card: str | None
    """The card's token; None for a read that could not be understood."""
    reader: str
    kiosk: str
    direction: Direction | None
    """What the reader is fixed to, or the batch says; None lets the system decide."""
    seq: int
    """The number that the kiosk's log gives the event: increasing, never used again."""
    reading: Reading

    def build_tap(self) -> Tap:
        """The tap as the clock showed it, not yet written."""
        at, boot_ns = self.reading.at, self.reading.boot_ns
        return Tap(second(at), at.microsecond, self.kiosk, boot_ns, self.seq, direction=self.direction)

    def build_fields(self) -> dict[str, Any]:
        """As an event carries them."""
        return {
            "card": self.card,
            "reader": self.reader,
            "kiosk": self.kiosk,
            "direction": self.direction,
            "seq": self.seq,
            "at": self.reading.at,
            "clock": self.reading.trust,
            "boot": self.reading.boot,
            "boot_ns": self.reading.boot_ns,
        }


class TapEvent(StreamEvent):
    """What every tap carries."""

    volunteer_id: UUID
    card: str
    reader: str
    kiosk: str
    direction: str | None
    seq: int
    at: datetime
    clock: str
    boot: str
    boot_ns: int

    def apply(self, aggregate: "Attendance") -> None:
        """All four are taps alike: their meaning is derived again from all of them."""
        direction = cast("Direction | None", self.direction)
        tap = Tap(second(self.at), self.at.microsecond, self.kiosk, self.boot_ns, self.seq, direction=direction)
        aggregate.taps.append(tap)
        if self.clock == UNSYNCHRONISED:
            aggregate.unsure[tap] = self.boot
        elif self.clock == OK:
            aggregate.synchronised[tap] = self.boot


class Attendance(KioskStream):
    """What one kiosk saw of one volunteer on one service day."""

    TOPIC = "attendance"

    class CheckedIn(TapEvent):
        """The volunteer was shown "checked in"."""

        TOPIC = "attendance.checked-in"

    class CheckedOut(TapEvent):
        """The volunteer was shown "checked out"."""

        TOPIC = "attendance.checked-out"

    class TapRepeated(TapEvent):
        """The volunteer was shown that this is on record already (decision 9)."""

        TOPIC = "attendance.tap-repeated"

    class TapUnmatched(TapEvent):
        """A departure without an arrival: for the coordinator."""

        TOPIC = "attendance.tap-unmatched"

    class TapNoted(TapEvent):
        """The volunteer was shown only that it is on record: an earlier event of the stream cannot be decoded."""

        TOPIC = "attendance.tap-noted"

    @classmethod
    def of(cls, volunteer_id: UUID, day: date, kiosk: str) -> Self:
        """The stream of a volunteer's day at a kiosk, not yet read."""
        return cls.of_writer(attendance_stream(volunteer_id, day, kiosk), kiosk)

    @classmethod
    def derive_id(cls, written: WrittenFields, day: date) -> UUID | None:
        """By volunteer, day and kiosk."""
        return written.volunteer_id and attendance_stream(written.volunteer_id, day, written.kiosk)

    def begin(self) -> None:
        """No taps yet."""
        self.taps: list[Tap] = []
        """As the clock showed them."""
        self.unsure: dict[Tap, str] = {}
        """Those that were read on an unsynchronised clock, and in which boot session."""
        self.synchronised: dict[Tap, str] = {}
        """Those that were read on a synchronised one: a person may state that it was wrong all the same."""

    def record(self, meaning: ShownOutcome, volunteer_id: UUID, card_read: CardReadAtKiosk, recorded: datetime) -> None:
        """Write down what was seen and what was answered."""
        self.trigger_event(EVENTS[meaning], volunteer_id=volunteer_id, timestamp=recorded, **card_read.build_fields())


EVENTS: Mapping[ShownOutcome, type[TapEvent]] = {
    "checked_in": Attendance.CheckedIn,
    "checked_out": Attendance.CheckedOut,
    "repeated": Attendance.TapRepeated,
    "unmatched": Attendance.TapUnmatched,
    "noted": Attendance.TapNoted,
}
"""What is recorded of a tap that was answered so."""


class RefusedTaps(KioskStream):
    """The taps that one kiosk refused on one service day: recorded all the same (R-021)."""

    TOPIC = "refused-taps"

    class TapRefused(StreamEvent):
        """A card that counts for nothing: unknown, revoked, or its holder does not serve."""

        TOPIC = "refused-taps.tap-refused"
        reason: str
        volunteer_id: UUID | None
        card: str | None
        reader: str
        kiosk: str
        direction: str | None
        seq: int
        at: datetime
        clock: str
        boot: str
        boot_ns: int

    class RefusalsSummed(TapRefused):
        """So many refusals of unknown or unreadable cards in a minute of one reader, not recorded one by one.

        Its card read is the last of them, without its card.
        """

        TOPIC = "refused-taps.refusals-summed"
        since: datetime
        """When the first of them was read."""
        count: int

    @classmethod
    def of(cls, kiosk: str, day: date) -> Self:
        """The stream of a kiosk's day, not yet read."""
        return cls.of_writer(refused_taps_stream(kiosk, day), kiosk)

    @classmethod
    def derive_id(cls, written: WrittenFields, day: date) -> UUID | None:
        """By kiosk and day."""
        return refused_taps_stream(written.kiosk, day)

    def refuse(self, reason: str, volunteer_id: UUID | None, card_read: CardReadAtKiosk, recorded: datetime) -> None:
        """Write down what was seen and why it counts for nothing."""
        self.trigger_event(
            self.TapRefused, reason=reason, volunteer_id=volunteer_id, timestamp=recorded, **card_read.build_fields()
        )

    def record_sum(self, reason: str, count: int, since: datetime, last: CardReadAtKiosk, recorded: datetime) -> None:
        """Write down how many more were refused since then, up to the last of them."""
        happened = {"volunteer_id": None, "timestamp": recorded, **last.build_fields()}
        self.trigger_event(self.RefusalsSummed, reason=reason, count=count, since=since, **happened)
