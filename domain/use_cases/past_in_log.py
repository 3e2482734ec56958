"""Reads from the end of a log what it says of clocks: taps, instants that people confirmed, sessions stated as wrong.

Rule: an event that was written down late, or by a clock that was too far ahead, is no evidence of the time. Nor is what
a batch recorded in a simulation: there only taps on a real clock are. Of an event of a source, whose clock may be a day
ahead, only the instant counts at which it was taken. What a kiosk was sent of the log of its unit, which other machines
wrote, is no evidence against its clock; but what people state about clocks stands there.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, NamedTuple
from uuid import UUID

import msgspec

from domain.clock import CLOCK_MARGIN, OK, SIMULATED
from domain.ids import unit_stream
from domain.log.event_log import EventLog
from domain.log.event_rows import EventRow
from domain.model.attendance import Attendance, RefusedTaps
from domain.model.kiosk_clock import KioskClock
from domain.model.known_past import KnownPast
from domain.model.unit import Unit
from domain.spans import Second, second
from domain.typed_decoding import build_json_decoder

EVENTS_SEARCHED = 2_000
"""Events at the end of the log that are read: days of an office, some milliseconds."""

TAP_TOPICS = frozenset(
    event.TOPIC
    for event in (
        Attendance.CheckedIn,
        Attendance.CheckedOut,
        Attendance.TapRepeated,
        Attendance.TapUnmatched,
        Attendance.TapNoted,
        RefusedTaps.TapRefused,
        RefusedTaps.RefusalsSummed,
    )
)
"""Stored names of everything that a reader saw."""

_Aware = Annotated[datetime, msgspec.Meta(tz=True)]

WRITTEN_BY_MACHINE = (
    "reconciliation.",
    "exit-case.",
    "kiosk-clock.",
    "boots-put-right.",
    "refused-commands.",
    "batch-line.",
)
"""Beginnings of the stored names of what the night and the kiosk write by themselves, by whatever clock they have.

Names, not classes: at a tap none of these streams but the clock is loaded.
"""

Session = tuple[str, str]
"""A kiosk and its boot session."""


class ClockOnTap(msgspec.Struct):
    """What a tap says of the clock that it was read on."""

    timestamp: _Aware
    kiosk: str
    at: _Aware
    clock: str
    boot: str
    boot_ns: int


class _Stamp(msgspec.Struct):
    timestamp: _Aware


class _Correction(msgspec.Struct):
    timestamp: _Aware
    kiosk: str
    boot: str
    seconds: int
    anchor_ns: int | None
    at: _Aware
    by: UUID | None


_DECODE_TAP = build_json_decoder(ClockOnTap).decode
_DECODE_STAMP = build_json_decoder(_Stamp).decode
_DECODE_CORRECTION = build_json_decoder(_Correction).decode


class PastInLog(NamedTuple):
    """What the last events say."""

    taps: Sequence[ClockOnTap]
    """The latest first."""
    stamps: Sequence[Second]
    """When everything else was written down."""
    desk: Sequence[Second]
    """Those of them that people at the desk wrote."""
    confirmed: Sequence[tuple[Session, Second]]
    """Sessions whose clock a person confirmed, and the instant that it showed."""
    wrong: frozenset[Session]
    """Sessions whose clock was wrong, as a person stated after that."""
    others: Sequence[Second] = ()
    """When other machines wrote what a kiosk was sent, by their clocks."""

    def list_taps_at(self, kiosk: str) -> list[ClockOnTap]:
        """The taps of one kiosk, the latest first."""
        return [tap for tap in self.taps if tap.kiosk == kiosk]

    def build_known_past(self, kiosk: str, boot: str) -> KnownPast:
        """What a boot session of a kiosk knows of the time before it began."""
        taps = [tap for tap in self._list_believed() if tap.clock == OK and tap.kiosk == kiosk and tap.boot != boot]
        confirmed = (at for session, at in self.confirmed if session not in self.wrong)
        return KnownPast(self.list_records(), (second(tap.at) for tap in taps), confirmed, self.desk, self.others)

    def list_records(self) -> list[Second]:
        """When something was written, as far as the clock may have been right."""
        believed = self._list_believed()
        synchronised = (second(tap.at) for tap in believed if tap.clock == OK)
        others = (tap for tap in believed if tap.clock not in (OK, SIMULATED))
        plausible = (second(tap.timestamp) for tap in others if abs(tap.timestamp - tap.at) <= CLOCK_MARGIN)
        return [*self.stamps, *synchronised, *plausible]

    def _list_believed(self) -> list[ClockOnTap]:
        return [tap for tap in self.taps if (tap.kiosk, tap.boot) not in self.wrong]


def read_past(log: EventLog, events: int = EVENTS_SEARCHED) -> PastInLog:
    """What the last events say; those that cannot be read are passed over.

    At a kiosk with a hub those of its own log, for its clock wrote them; of the others, what people state about clocks.
    """
    unit, _ = log.load_lenient(Unit, unit_stream())
    is_simulation = unit is not None and unit.simulation
    past = _read_end(log.own, events, is_simulation=is_simulation)
    if log.own is log:
        return past
    copied = _read_end(log, events, is_simulation=is_simulation)
    return past._replace(confirmed=copied.confirmed, wrong=copied.wrong, others=copied.list_records())


def _read_end(log: EventLog, events: int, *, is_simulation: bool) -> PastInLog:
    taps: list[ClockOnTap] = []
    stamps: list[Second] = []
    desk: list[Second] = []
    confirmed: list[tuple[Session, Second]] = []
    wrong: set[Session] = set()
    rows = [*log.read_rows_backwards(events)]
    received = log.find_received(rows[::-1])
    for row in rows:
        try:
            if taken_at := received.get(row[0]):
                stamps.append(second(taken_at))
            elif row[3] in TAP_TOPICS:
                taps.append(_DECODE_TAP(row[4]))
            elif row[3] == KioskClock.ClockCorrected.TOPIC:
                _read_correction(row, confirmed, wrong)
            else:
                stamps.append(second(_DECODE_STAMP(row[4]).timestamp))
                if not row[3].startswith(WRITTEN_BY_MACHINE):
                    desk.append(stamps[-1])
        except (msgspec.MsgspecError, ValueError):
            continue
    if is_simulation:
        stamps, desk = [], []
    return PastInLog(taps, stamps, desk, confirmed, frozenset(wrong))


def _read_correction(row: EventRow, confirmed: list[tuple[Session, Second]], wrong: set[Session]) -> None:
    """Rows come the latest first: of what people said of one session the last counts."""
    correction = _DECODE_CORRECTION(row[4])
    session = (correction.kiosk, correction.boot)
    if correction.by is None or any(session == known for known, _ in confirmed):
        return
    if correction.anchor_ns is not None:
        confirmed.append((session, second(correction.at)))
    elif correction.seconds:
        wrong.add(session)


def list_clock_readings(log: EventLog, kiosk: str, events: int) -> Iterator[ClockOnTap]:
    """The clock as the last taps at a kiosk saw it, the latest first, among so many events at the end of the log."""
    for row in log.read_rows_backwards(events):
        if row[3] in TAP_TOPICS and (shown := decode_reading(row[4])) and shown.kiosk == kiosk:
            yield shown


def decode_reading(state: bytes) -> ClockOnTap | None:
    """What an event that a reader saw says of the clock; None where it cannot be read."""
    try:
        return _DECODE_TAP(state)
    except (msgspec.MsgspecError, ValueError):
        return None
