"""Detects in one boot session: steps of the wall clock, and when an unsynchronised clock is right again. Pure.

Wall clock minus boot clock changes only when the wall clock is set: a clock that is slewed to the right time never
trips it. Readings come in, what they show comes out.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from domain.clock import NO_BOOT, OK, UNSYNCHRONISED, Reading
from domain.model.kiosk_clock import SECOND_NS, ClockStep
from domain.spans import Second, second

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
    """The clock showed an instant before the floor: until it is set, the kernel's word is not enough."""

    def rate(self, reading: Reading) -> Reading:
        """The reading with the trust that it deserves."""
        if reading.trust != OK or not self._is_untrusted(reading):
            return reading
        return replace(reading, trust=UNSYNCHRONISED)

    def _is_untrusted(self, reading: Reading) -> bool:
        if self.floor is not None and second(reading.at) < self.floor:
            return True
        return self.untrusted and not self._was_set(reading)

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
        self.untrusted = judged.trust != reading.trust
        self.last = ClockObservation(reading.offset_ns, judged.trust, reading.boot_ns)
        if before is None:
            return None
        righted = before.trust == UNSYNCHRONISED and judged.trust == OK
        if not stepped and not righted:
            return None
        step = ClockStep(before.offset_ns, reading.offset_ns, reading.boot_ns) if stepped else None
        behind = round((reading.offset_ns - before.offset_ns) / SECOND_NS) if righted else None
        return ClockChange(judged, before.boot_ns, step, behind)
