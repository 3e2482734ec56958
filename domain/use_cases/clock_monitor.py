"""The clock of a kiosk, monitored while it is used: each reading is rated, each change of the clock is recorded.

Rule: no tap waits for this. A reading is rated in memory; changes are recorded when the caller has time. Where a
program begins in a running session, the last taps in the log show what the clock showed before.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from domain.clock import OK, UNSYNCHRONISED, Reading
from domain.log.errors import LogError
from domain.log.event_log import EventLog
from domain.log.row_walk import walk_rows
from domain.model.kiosk_clock import SECOND_NS, BootsPutRight, KioskClock
from domain.model.known_past import EARLIEST
from domain.model.step_detector import ClockChange, ClockObservation, StepDetector
from domain.spans import Second, instant, second
from domain.use_cases.past_in_log import ClockOnTap, PastInLog, read_past
from domain.use_cases.unit_rules import UnitRules


class ClockMonitor:
    """Watches the clock of one kiosk."""

    def __init__(self, log: EventLog, kiosk: str) -> None:
        self._log = log
        self._kiosk = kiosk
        self._rules = UnitRules(log)
        self._detector: StepDetector | None = None
        self._pending_changes: list[ClockChange] = []
        self._known_past: Second = 0
        self._stated_wrong = False
        self._searched: tuple[UUID, int] | None = None
        """Name of the log, and position up to which it was searched for corrections."""

    def rate(self, reading: Reading) -> Reading:
        """The reading with the trust that it deserves; what it shows besides waits to be written down."""
        if reading.offset_ns is None:
            return reading
        rated = self._rate(self._find_detector(reading.boot), reading)
        if change := self._find_detector(reading.boot).observe(reading):
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

    def find_last_record(self, reading: Reading) -> Second | None:
        """The last record that a reading can follow; None where there is none, or no boot clock to go by."""
        if reading.offset_ns is None:
            return None
        return self._find_detector(reading.boot).past.find_end(second(reading.at))

    def is_far(self, reading: Reading) -> bool:
        """Whether the clock shows an instant too far beyond all records to be believed before a person confirms it."""
        return reading.offset_ns is not None and self._find_detector(reading.boot).is_far(reading)

    def find_recorded_at(self, reading: Reading, now: datetime) -> datetime:
        """When something is written down: never before the records that the clock follows, nor far beyond them."""
        if reading.offset_ns is None:
            return max(now, reading.at)
        estimate = self._find_detector(reading.boot).estimate_now(reading)
        return max(now, estimate) if estimate >= reading.at else estimate

    def estimate_now(self, reading: Reading, now: datetime) -> datetime:
        """The instant as of which reads are evaluated: as far as the clock can be right, never later than it shows.

        Where the kernel is content and the clock stands before a tap on record, one of the two is wrong. Reads believe
        the clock, unless people at the desk wrote later as well: by a tap on a clock that was ahead, everybody of today
        would have left.
        """
        if reading.offset_ns is None:
            return now
        rated = self._rate(self._find_detector(reading.boot), reading)
        detector = self._find_detector(reading.boot)
        detector.remember(reading)
        at, past = second(reading.at), detector.past
        if (
            reading.trust == OK
            and at >= EARLIEST
            and not detector.is_far(reading)
            and not past.was_desk_active_after(at)
        ):
            return now
        return self.find_recorded_at(rated, now)

    def _rate(self, detector: StepDetector, reading: Reading) -> Reading:
        """The rating; a person may meanwhile have confirmed or corrected the clock in another program."""
        with suppress(LogError):  # the rating goes by what was known before
            detector.confirmed_ns, wrong = self._load_statements(reading.boot)
            if wrong and not self._stated_wrong:
                detector.distrust(reading)
            self._stated_wrong = wrong
            if reading.trust == OK and detector.rate(reading).trust != OK and self._has_new_corrections():
                self._detector = detector = self._build_detector(read_past(self._log), reading.boot)
        return detector.rate(reading)

    # --- Writing ---

    def _record_change(self, change: ClockChange) -> None:
        reading, kiosk = change.reading, self._kiosk
        with self._log.writing():
            recorded = self.find_recorded_at(reading, reading.at)
            clock = KioskClock.of(kiosk, reading.boot)
            self._log.catch_up_lenient(clock)
            named = list[BootsPutRight]()
            if change.step and not any(change.since_ns < step.boot_ns for step in clock.steps):
                clock.record_step(kiosk, change.step, reading, recorded)
            if change.behind is not None and not any(change.since_ns < one.until_ns for one in clock.corrections):
                clock.record_measurement(kiosk, change.behind, reading, recorded)
                named = [self._name_session(on, reading, recorded) for on in self._list_days(reading)]
            self._log.append(*named, clock)  # a hub may be sent the first of them alone: a name does no harm

    def _list_days(self, reading: Reading) -> Iterator[datetime]:
        """An instant of each service day of the session so far, by the clock that is right now: its taps count then."""
        days, boot_began = self._rules.load().days, reading.at - timedelta(microseconds=reading.boot_ns // 1_000)
        first, last = days.of(boot_began).toordinal(), days.of(reading.at).toordinal()
        yield from (instant(days.end(day) - 1) for day in range(first, last))
        yield reading.at

    def _name_session(self, on: datetime, reading: Reading, recorded: datetime) -> BootsPutRight:
        """Name the session under the service day of an instant, at which the event says that it happened."""
        named = BootsPutRight.of(self._kiosk, self._kiosk, self._rules.load().days.of(on))
        self._log.catch_up_lenient(named)
        named.record_boot(self._kiosk, reading.boot, on, recorded)
        return named

    # --- What the log says of the time before ---

    def _find_detector(self, boot: str) -> StepDetector:
        """The watch over this session, which begins with the last taps in the log."""
        if self._detector is None:
            self._begin_search()
            self._detector = self._build_detector(read_past(self._log), boot)
        return self._detector

    def _build_detector(self, past: PastInLog, boot: str) -> StepDetector:
        known = past.build_known_past(self._kiosk, boot)
        wrong = self._stated_wrong = (self._kiosk, boot) in past.wrong
        taps = (tap for tap in past.list_taps_at(self._kiosk) if tap.boot == boot)
        last = next((tap for tap in taps if wrong or tap.clock == UNSYNCHRONISED), None)
        observation = last and self._build_observation(last)
        detector = StepDetector(self._known_past or None, observation, past=known)
        if last is not None and observation is not None:
            shown, floor = second(last.at), detector.find_floor(second(last.at))
            before = shown < EARLIEST or (floor is not None and shown < floor) or known.was_desk_active_after(shown)
            detector.untrusted = wrong or before or known.is_far(shown, OK)
        return detector

    def _has_new_corrections(self) -> bool:
        """Whether a correction was recorded since this was last asked: it may have lowered the floor.

        Of another log, as the copy at a kiosk is one after it was made anew, nothing is known: it may have any.
        """
        log_id, upto = self._searched or self._begin_search()
        if log_id != self._log.log_id:
            self._begin_search()
            return True
        found = False
        for row in walk_rows(self._log, upto):
            upto, found = row[0], found or row[3] == KioskClock.ClockCorrected.TOPIC
        self._searched = (log_id, upto)
        return found

    def _begin_search(self) -> tuple[UUID, int]:
        """Search from the end of the log on: what stands before it is read after this."""
        self._searched = (self._log.log_id, self._log.head().position)  # in this order: a new copy may come between
        return self._searched

    def _load_statements(self, boot: str) -> tuple[tuple[int, ...], bool]:
        """What people say of this session: wall clock minus boot clock when it was confirmed, or that it was wrong."""
        clock = KioskClock.of_desk(self._kiosk, boot)
        self._log.catch_up_lenient(clock)
        offsets: list[int] = []
        wrong = False
        for correction in clock.corrections:
            if correction.anchor_ns is not None:
                offsets.append(correction.anchor_ns)
                wrong = False
            elif correction.seconds:
                offsets.clear()
                wrong = True
        return tuple(offsets), wrong

    def _build_observation(self, shown: ClockOnTap) -> ClockObservation | None:
        """A tap as a observation at the clock, to half a second; None for one that was put right."""
        clock = KioskClock.of(self._kiosk, shown.boot)
        self._log.catch_up_lenient(clock)
        if any(shown.boot_ns < correction.until_ns for correction in clock.corrections):
            return None
        later = [step.after_ns for step in clock.steps if shown.boot_ns < step.boot_ns]
        offset_ns = second(shown.at) * SECOND_NS + SECOND_NS // 2 - shown.boot_ns
        return ClockObservation(later[-1] if later else offset_ns, UNSYNCHRONISED, shown.boot_ns)
