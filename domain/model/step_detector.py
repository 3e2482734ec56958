"""Detects in one boot session: steps of the wall clock, and when an unsynchronised clock is right again. Pure.

Wall clock minus boot clock changes only when the wall clock is set: a clock that is slewed to the right time never
trips it. Readings come in, what they show comes out.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from domain.clock import NO_BOOT, OK, UNSYNCHRONISED, Reading
from domain.model.kiosk_clock import SECOND_NS, ClockStep
from domain.model.known_past import EARLIEST, FAR_SECONDS, KnownPast
from domain.spans import Second, instant, second

STEP_NS = 2 * SECOND_NS
"""What is called a step: taps are stamped to the second, so two readings of one clock differ by less."""


class ClockObservation(NamedTuple):
    """What an earlier reading showed."""

    offset_ns: int
    trust: str
    boot_ns: int


class ClockChange(NamedTuple):
    """What the clock did between two readings."""

    reading: Reading
    """The later of them, with the trust that it deserves."""
    since_ns: int
    """When the earlier one was, since the boot."""
    step: ClockStep | None
    behind: int | None
    """By how many seconds the clock had been behind, now that it is right again; None where that is no news."""


@dataclass
class StepDetector:
    """The watch over one boot session."""

    floor: Second | None = None
    """The last tap of an earlier session on a synchronised clock: no right clock shows an earlier instant."""
    last: ClockObservation | None = None
    untrusted: bool = False
    """The clock showed an instant that it cannot rightly show: until it is set, the kernel's word is not enough."""
    past: KnownPast = field(default_factory=KnownPast)
    """What the log says of the time before."""
    confirmed_ns: tuple[int, ...] = ()
    """Wall clock minus boot clock when a person confirmed what the clock of this session showed."""
    _seen: Second | None = None
    """The last plausible reading: the log may have been read weeks ago."""

    def rate(self, reading: Reading) -> Reading:
        """The reading with the trust that it deserves."""
        if self._is_confirmed(reading):
            return reading._replace(trust=OK)
        if reading.trust == UNSYNCHRONISED or not self._is_untrusted(reading):
            return reading
        return reading._replace(trust=UNSYNCHRONISED)

    def find_floor(self, at: Second) -> Second | None:
        """The latest instant that is known to be past, for a clock that shows `at`."""
        return max((floor for floor in (self.floor, self.past.find_floor(at)) if floor is not None), default=None)

    def is_far(self, reading: Reading) -> bool:
        """Whether a clock shows an instant that is too far ahead to be believed without a person."""
        if self._is_confirmed(reading) or self._continues(reading):
            return False
        at = second(reading.at)
        if self._seen is not None and self._seen <= at <= self._seen + FAR_SECONDS:
            return False
        return self.past.is_far(at, reading.trust)

    def estimate_now(self, reading: Reading) -> datetime:
        """The present as far as it is known: what the clock shows, never before the records that it follows.

        A clock that is too far ahead says nothing: then it is the last record.
        """
        at, floor = second(reading.at), self.find_floor(second(reading.at))
        if self.rate(reading).trust == OK:
            return max(reading.at, instant(floor or at))
        is_far = self.is_far(reading)
        end = self.past.find_end_of_all(at) if is_far or at < EARLIEST else self.past.find_end(at)
        if not is_far:
            return max(reading.at, instant(max(floor or at, end or at)))
        known = [one for one in (end, floor, self._seen) if one is not None]
        return instant(max(known)) if known else reading.at

    def remember(self, reading: Reading) -> None:
        """Keep a plausible reading: the next may follow it by days, though the log was read long ago."""
        if not self.is_far(reading) and second(reading.at) >= EARLIEST:
            self._seen = second(reading.at)

    def distrust(self, reading: Reading) -> None:
        """A person says that this clock is wrong: it is untrusted until it is set."""
        self.untrusted = True
        if reading.offset_ns is not None:
            self.last = ClockObservation(reading.offset_ns, UNSYNCHRONISED, reading.boot_ns)

    def _is_confirmed(self, reading: Reading) -> bool:
        offset_ns = reading.offset_ns
        return offset_ns is not None and any(abs(offset_ns - known) <= STEP_NS for known in self.confirmed_ns)

    def _is_untrusted(self, reading: Reading) -> bool:
        at = second(reading.at)
        floor = self.find_floor(at)
        if at < EARLIEST or (floor is not None and at < floor) or self.is_far(reading):
            return True
        if self.past.was_desk_active_after(at):
            return True
        return self.untrusted and not self._was_set(reading)

    def _continues(self, reading: Reading) -> bool:
        """Whether the clock was trusted before in this session, and has not been set since."""
        return self.last is not None and self.last.trust == OK and not self._was_set(reading)

    def _was_set(self, reading: Reading) -> bool:
        if self.last is None or reading.offset_ns is None:
            return False
        return abs(reading.offset_ns - self.last.offset_ns) > STEP_NS

    def observe(self, reading: Reading) -> ClockChange | None:
        """What a reading shows that the one before it did not. Those without a boot clock show nothing."""
        if reading.offset_ns is None or reading.boot == NO_BOOT:
            return None
        judged, before = self.rate(reading), self.last
        stepped = self._was_set(reading)
        self.untrusted = reading.trust != UNSYNCHRONISED and judged.trust == UNSYNCHRONISED
        self.remember(reading)
        self.last = ClockObservation(reading.offset_ns, judged.trust, reading.boot_ns)
        if before is None:
            return None
        righted = before.trust == UNSYNCHRONISED and judged.trust == OK
        if not stepped and not righted:
            return None
        step = ClockStep(before.offset_ns, reading.offset_ns, reading.boot_ns) if stepped else None
        behind = round((reading.offset_ns - before.offset_ns) / SECOND_NS) if righted else None
        return ClockChange(judged, before.boot_ns, step, behind)
