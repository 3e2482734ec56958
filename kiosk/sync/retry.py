"""How long to wait before a hub is asked again that was not reached, or refused.

Rule: each wait is drawn at random up to a limit that doubles ("full jitter"), so that a thousand kiosks whose network
comes back at once do not ask at once. The first success forgets the failures. A hub that answers that it is busy knows
best when to be asked again, and spreads its kiosks: the limit does not double then.
"""

from collections.abc import Callable
from random import SystemRandom
from typing import NamedTuple

FIRST_LIMIT, LAST_LIMIT = 0.2, 300.0
"""Seconds: the limit after the first failure in a row, and the one that is never passed."""
SPREAD_SECONDS = 1.0
"""By which a kiosk comes later than a busy hub asks for, at most."""
SETTLE_SECONDS = 60.0
"""How often a hub is asked that waits for a person: to settle an alarm, to let the kiosk join anew."""
_MOST_DOUBLINGS = 20

Draw = Callable[[float, float], float]
"""A number at random between two."""
draw_at_random: Draw = SystemRandom().uniform


class Pause(NamedTuple):
    """How long to wait before the next step."""

    seconds: float
    is_idle: bool = False
    """Nothing is wrong, and nothing to be sent: a new event ends the wait."""


class JitterBackoff:
    """Counts the failures in a row."""

    def __init__(self, draw: Draw = draw_at_random) -> None:
        self._draw = draw
        self._failures = 0

    @property
    def is_failing(self) -> bool:
        """Whether the last try failed."""
        return self._failures > 0

    def record_failure(self) -> Pause:
        """Note a failure; the wait before the next try."""
        limit = min(FIRST_LIMIT * 2 ** min(self._failures, _MOST_DOUBLINGS), LAST_LIMIT)
        self._failures += 1
        return Pause(self._draw(0.0, limit))

    def record_busy(self, seconds: float) -> Pause:
        """Note that the hub has too much to do; the wait that it asks for, and a little more by chance."""
        self._failures = max(self._failures, 1)
        return Pause(min(seconds + self._draw(0.0, SPREAD_SECONDS), LAST_LIMIT))

    def record_success(self) -> None:
        """Note a success."""
        self._failures = 0

    def wait_for_person(self) -> Pause:
        """The wait while a person has to decide; kiosks do not ask at once either."""
        return Pause(self._draw(SETTLE_SECONDS / 2, SETTLE_SECONDS))
