"""The clock of a kiosk, monitored while it is used: each reading is rated, each change of the clock is recorded.

Rule: no tap waits for this. A reading is rated in memory; changes are recorded when the caller has time. Where a
program begins in a running session, the last taps in the log show what the clock showed before.
"""

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from domain.clock import OK, UNSYNCHRONISED, Reading
from domain.log.event_log import EventLog
from domain.model.attendance import Attendance, RefusedTaps
from domain.model.kiosk_clock import SECOND_NS, BootsPutRight, KioskClock
from domain.model.step_detector import ClockChange, ClockObservation, StepDetector
from domain.spans import Second, instant, second
from domain.use_cases.unit_rules import UnitRules

EVENTS_SEARCHED = 2_000
"""Events at the end of the log among which the last taps are looked for: days of an office, some milliseconds."""

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


class ClockOnTap(msgspec.Struct):
    """What a tap says of the clock that it was read on."""

    kiosk: str
    at: datetime
    clock: str
    boot: str
    boot_ns: int


_SHOWN_AT = msgspec.json.Decoder(ClockOnTap).decode


class ClockMonitor:
    """Watches the clock of one kiosk."""

    def __init__(self, log: EventLog, kiosk: str) -> None:
        self._log = log
        self._kiosk = kiosk
        self._rules = UnitRules(log)
        self._detector: StepDetector | None = None
        self._pending_changes: list[ClockChange] = []
        self._known_past: Second = 0

    def rate(self, reading: Reading) -> Reading:
        """The reading with the trust that it deserves; what it shows besides waits to be written down."""
        if reading.offset_ns is None:
            return reading
        detector = self._find_detector(reading.boot)
        rated = detector.rate(reading)
        if change := detector.observe(reading):
            self._pending_changes.append(change)
        return rated

    def record_changes(self) -> None:
        """Write what was change. Raises: LogError, and it waits on."""
        while self._pending_changes:
            self._record_change(self._pending_changes[0])
            self._pending_changes.pop(0)

    def set_floor(self, at: Second) -> None:
        """An instant is known to be past: a clock that shows an earlier one is untrusted until it is set."""
        self._known_past, self._detector = max(self._known_past, at), None

    def find_floor(self, reading: Reading) -> Second | None:
        """What is known to be past: at least the last tap of an earlier session on a synchronised clock."""
        return None if reading.offset_ns is None else self._find_detector(reading.boot).floor

    def find_recorded_at(self, reading: Reading, now: datetime) -> datetime:
        """When something is written down: whatever the clock shows, not before what is known to have been before."""
        now, floor = max(now, reading.at), self.find_floor(reading)
        return now if floor is None else max(now, instant(floor))

    # --- Writing ---

    def _record_change(self, change: ClockChange) -> None:
        reading, kiosk = change.reading, self._kiosk
        with self._log.writing():
            recorded = self.find_recorded_at(reading, reading.at)
            clock = KioskClock.of(kiosk, reading.boot)
            self._log.catch_up_lenient(clock)
            named = BootsPutRight.of(kiosk, kiosk, self._find_day(reading))
            self._log.catch_up_lenient(named)
            if change.step and not any(change.since_ns < step.boot_ns for step in clock.steps):
                clock.record_step(kiosk, change.step, reading, recorded)
            if change.behind is not None and not any(change.since_ns < one.until_ns for one in clock.corrections):
                clock.record_measurement(kiosk, change.behind, reading, recorded)
                named.record_boot(kiosk, reading.boot, reading.at, recorded)
            self._log.append(clock, named)

    def _find_day(self, reading: Reading) -> date:
        return self._rules.load().days.of(reading.at)

    # --- What the log says of the time before ---

    def _find_detector(self, boot: str) -> StepDetector:
        """The watch over this session, which begins with the last taps in the log."""
        if self._detector is None:
            taps = list(list_clock_readings(self._log, self._kiosk, EVENTS_SEARCHED))
            synchronised = (second(tap.at) for tap in taps if tap.boot != boot and tap.clock == OK)
            floor = max(next(synchronised, 0), self._known_past) or None
            waiting = (tap for tap in taps if tap.boot == boot and tap.clock == UNSYNCHRONISED)
            last = next(waiting, None)
            observation = last and self._build_observation(last)
            untrusted = last is not None and observation is not None and floor is not None and second(last.at) < floor
            self._detector = StepDetector(floor, observation, untrusted)
        return self._detector

    def _build_observation(self, shown: ClockOnTap) -> ClockObservation | None:
        """A tap as a observation at the clock, to half a second; None for one that was put right."""
        clock = KioskClock.of(self._kiosk, shown.boot)
        self._log.catch_up_lenient(clock)
        if any(shown.boot_ns < correction.until_ns for correction in clock.corrections):
            return None
        later = [step.after_ns for step in clock.steps if shown.boot_ns < step.boot_ns]
        offset_ns = second(shown.at) * SECOND_NS + SECOND_NS // 2 - shown.boot_ns
        return ClockObservation(later[-1] if later else offset_ns, UNSYNCHRONISED, shown.boot_ns)


def list_clock_readings(log: EventLog, kiosk: str, events: int) -> Iterator[ClockOnTap]:
    """The clock as the last taps at a kiosk saw it, the latest first, among so many events at the end of the log."""
    for row in log.read_rows_backwards(events):
        if row[3] in TAP_TOPICS and (shown := _decode_reading(row[4])) and shown.kiosk == kiosk:
            yield shown


def _decode_reading(state: bytes) -> ClockOnTap | None:
    try:
        return _SHOWN_AT(state)
    except (msgspec.MsgspecError, ValueError):
        return None
