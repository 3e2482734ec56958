"""The clock of a kiosk, one boot session a stream: the steps that it made, and by how much it was wrong.

A tap keeps the instant that the clock showed. What it counts at follows, purely, from the corrections of its boot
session: so a correction may come late, in any order, and is itself on record.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple, Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act, Note, build_note_fields
from domain.clock import Reading
from domain.ids import boots_put_right_stream, kiosk_clock_stream, stated_clock_stream
from domain.model.streams import KioskStream, StreamEvent, WrittenFields
from domain.model.visits import DESK
from domain.spans import Second, second

SECOND_NS = 1_000_000_000


class ClockCorrection(NamedTuple):
    """When the taps of a boot session count that were read while the clock was unsynchronised."""

    at: Second
    """When it became known."""
    seconds: int
    """By how much the clock was behind; less than 0 for one that was ahead."""
    anchor_ns: int | None = None
    """What was measured, or confirmed by a person: wall clock minus boot clock once it was right. None for a
    coordinator's statement."""
    until_ns: int = 0
    """Since the boot: it holds for the taps before. A statement moves taps on a synchronised clock up to here, and all
    others of the session."""
    position: int = 0
    """Where the log holds it; read from its stream, its number there. All statements of a session are in one stream."""


def apply_corrections(
    at: Second, boot_ns: int, corrections: Iterable[ClockCorrection]
) -> tuple[Second, ClockCorrection | None]:
    """The instant at which a tap counts that the clock showed at `at`, and by which of its session's corrections.

    A coordinator's statement outweighs a measurement, and a later statement an earlier one; of one second, the one that
    was recorded later. Of measurements the next after the tap counts, from the boot clock: however often the wall clock
    was set in between.
    """
    known = list(corrections)
    stated = [correction for correction in known if correction.anchor_ns is None]
    if stated:
        last = max(stated, key=lambda one: (one.at, one.position, one))
        return at + last.seconds, last
    after = [correction for correction in known if boot_ns < correction.until_ns]
    if not after:
        return at, None
    first = min(after, key=lambda correction: (correction.until_ns, correction))
    return (boot_ns + (first.anchor_ns or 0)) // SECOND_NS, first


def apply_statements(
    at: Second, boot_ns: int, corrections: Iterable[ClockCorrection]
) -> tuple[Second, ClockCorrection | None]:
    """The same of a tap on a synchronised clock: only what a person states of the session moves it."""
    return apply_corrections(
        at, boot_ns, [one for one in corrections if one.anchor_ns is None and boot_ns < one.until_ns]
    )


class ClockStep(NamedTuple):
    """The wall clock was set while the machine ran; both sides as wall clock minus boot clock."""

    before_ns: int
    after_ns: int
    boot_ns: int


class KioskClock(KioskStream):
    """The clock of a kiosk in one boot session."""

    TOPIC = "kiosk-clock"

    class ClockStepped(StreamEvent):
        """The wall clock jumped by more than two seconds."""

        TOPIC = "kiosk-clock.clock-stepped"
        kiosk: str
        boot: str
        boot_ns: int
        before_ns: int
        after_ns: int
        at: datetime
        """As the clock shows it after the step."""
        clock: str

    class ClockCorrected(StreamEvent):
        """It is known by how much the clock was behind, or that it is right."""

        TOPIC = "kiosk-clock.clock-corrected"
        kiosk: str
        boot: str
        seconds: int
        anchor_ns: int | None
        until_ns: int
        at: datetime
        by: UUID | None
        """Who states or confirms it; None for what the kiosk measured."""
        note: UUID | None
        note_digest: str | None

    @classmethod
    def of(cls, kiosk: str, boot: str) -> Self:
        """What the kiosk itself noticed in a boot session, not yet read."""
        return cls.of_writer(kiosk_clock_stream(kiosk, boot), kiosk)

    @classmethod
    def of_desk(cls, kiosk: str, boot: str) -> Self:
        """What the desk states about it, not yet read: a stream has one writer."""
        return cls.of_writer(stated_clock_stream(kiosk, boot), DESK)

    @classmethod
    def derive_id(cls, written: WrittenFields, day: date) -> UUID | None:  # noqa: ARG003 - a session has no day
        """By kiosk and boot session; what the desk states is no stream of the kiosk."""
        return kiosk_clock_stream(written.kiosk, written.boot) if written.boot else None

    # --- Commands ---

    def record_step(self, kiosk: str, step: ClockStep, reading: Reading, recorded: datetime) -> None:
        """Note a step, seen in a reading that was taken after it."""
        facts = {"kiosk": kiosk, "boot": reading.boot, **step._asdict(), "at": reading.at, "clock": reading.trust}
        self.trigger_event(self.ClockStepped, timestamp=recorded, **facts)

    def record_measurement(self, kiosk: str, seconds: int, reading: Reading, recorded: datetime) -> None:
        """The clock is right again, as a reading shows it."""
        self.trigger_event(
            self.ClockCorrected,
            kiosk=kiosk,
            boot=reading.boot,
            seconds=seconds,
            anchor_ns=reading.offset_ns,
            until_ns=reading.boot_ns,
            at=reading.at,
            by=None,
            **build_note_fields(None),
            timestamp=recorded,
        )

    def record_statement(self, kiosk: str, boot: str, seconds: int, note: Note, act: Act, *, until_ns: int = 0) -> None:
        """Record a coordinator's statement of how far the clock was behind.

        `until_ns`: taps before, on a clock that the kernel called synchronised, are meant as well.
        """
        facts = {"kiosk": kiosk, "boot": boot, "seconds": seconds, "anchor_ns": None, "until_ns": until_ns}
        self.trigger_event(self.ClockCorrected, **facts, **build_note_fields(note), **act.build_fields())

    def record_confirmation(self, kiosk: str, reading: Reading, note: Note, act: Act) -> None:
        """Record that a person has compared the clock and found it right, as a reading shows it."""
        facts = {"kiosk": kiosk, "boot": reading.boot, "seconds": 0}
        measured = {"anchor_ns": reading.offset_ns, "until_ns": reading.boot_ns}
        self.trigger_event(self.ClockCorrected, **facts, **measured, **build_note_fields(note), **act.build_fields())

    # --- What the events do ---

    def begin(self) -> None:
        """Nothing noticed yet."""
        self.steps: list[ClockStep] = []
        self.corrections: list[ClockCorrection] = []

    @event(ClockStepped)
    def _stepped(self, before_ns: int, after_ns: int, boot_ns: int) -> None:
        self.steps.append(ClockStep(before_ns, after_ns, boot_ns))

    @event(ClockCorrected)
    def _corrected(
        self, at: datetime, seconds: int, anchor_ns: int | None, until_ns: int, originator_version: int
    ) -> None:
        self.corrections.append(ClockCorrection(second(at), seconds, anchor_ns, until_ns, originator_version))


def list_shifts(clocks: Collection[KioskClock]) -> set[int]:
    """By how many seconds taps of a boot session were moved: more than one where the clock was set meanwhile.

    `clocks`: of all writers. The kiosk notes its steps, and a correction may be the desk's.
    """
    corrections = [correction for clock in clocks for correction in clock.corrections]
    anchors = [correction.anchor_ns for correction in corrections if correction.anchor_ns is not None]
    steps = [step for clock in clocks for step in clock.steps]
    measured = {round((anchor - step.before_ns) / SECOND_NS) for anchor in anchors for step in steps}
    return measured | {correction.seconds for correction in corrections}


class BootsPutRight(KioskStream):
    """Which boot sessions of a kiosk were corrected on a service day, by one writer: so the door finds today's."""

    TOPIC = "boots-put-right"

    class BootNamed(StreamEvent):
        """There is a correction of this session."""

        TOPIC = "boots-put-right.boot-named"
        kiosk: str
        boot: str
        at: datetime

    @classmethod
    def of(cls, writer: str, kiosk: str, day: date) -> Self:
        """The boot sessions that a writer, the kiosk itself or the desk, corrected on a service day, not yet read."""
        return cls.of_writer(boots_put_right_stream(writer, kiosk, day), writer)

    @classmethod
    def derive_id(cls, written: WrittenFields, day: date) -> UUID | None:
        """By kiosk and day, with the kiosk itself as the writer."""
        return boots_put_right_stream(written.kiosk, written.kiosk, day)

    def record_boot(self, kiosk: str, boot: str, at: datetime, recorded: datetime) -> None:
        """Name a session, once."""
        if boot not in self.boots:
            self.trigger_event(self.BootNamed, kiosk=kiosk, boot=boot, at=at, timestamp=recorded)

    def begin(self) -> None:
        """None yet."""
        self.boots: list[str] = []

    @event(BootNamed)
    def _named(self, boot: str) -> None:
        self.boots.append(boot)
