"""The clock of a kiosk that belongs to a hub: where the kernel does not say that it is right, the hub's clock may.

Rule: the kernel's word stands where it calls the clock synchronised, for the hub's clock may be the wrong one. Else a
clock that agreed with the hub lately counts as synchronised, until it is set to another time. What follows from that,
taps that wait and are put right, follows as from the kernel's word.
"""

from collections.abc import Callable
from datetime import datetime

from domain.clock import OK, UNKNOWN, UNSYNCHRONISED, Clock, MachineClock, Reading
from kiosk.joined_home.sync_state import LiveSyncState, SyncState

SECOND_NS = 10**9
AGREES_NS = 2 * SECOND_NS
"""By how much two clocks that agree may differ: taps are stamped to the second."""
AGREED_FOR_NS = 12 * 3_600 * SECOND_NS
"""How long they still agree when they are not compared: by then a usual quartz is off by a second."""


def build_clock(state: LiveSyncState | None) -> Clock:
    """The clock of this machine, with its hub as a witness where there is one."""
    return MachineClock() if state is None else WitnessedClock(MachineClock(), state.load)


class WitnessedClock:
    """A clock, and the hub's beside it."""

    def __init__(self, clock: Clock, load_state: Callable[[], SyncState]) -> None:
        self._clock = clock
        self._load_state = load_state

    def now(self) -> datetime:
        """What the clock shows."""
        return self._clock.now()

    def read(self) -> Reading:
        """The same, with its trust."""
        reading = self._clock.read()
        if reading.trust not in (UNSYNCHRONISED, UNKNOWN):
            return reading
        difference = find_difference(self._load_state(), reading)
        if difference is None:
            return reading
        return reading._replace(trust=OK if difference <= AGREES_NS else UNSYNCHRONISED)


def find_difference(state: SyncState, reading: Reading) -> int | None:
    """By how many nanoseconds, at most, a clock differs from the hub's; None where they were not compared lately."""
    offset, compared = state.hub_offset_ns, state.wall_offset_ns
    if offset is None or compared is None or reading.offset_ns is None or state.boot != reading.boot:
        return None
    if not 0 <= reading.boot_ns - state.compared_ns <= AGREED_FOR_NS:
        return None
    return abs(offset + compared - reading.offset_ns) + state.uncertainty_ns
