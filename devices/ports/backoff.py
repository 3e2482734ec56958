"""How long to wait before trying a failed thing again.

The rule: the longer it has failed, the longer the wait, up to a limit at which a person who plugs a cable
in still sees the reader answer; the first success forgets the failures.
"""

from collections.abc import Sequence

STEPS = (0.25, 0.5, 1.0, 2.0)
"""Seconds to wait after the first failure in a row, the second, and so on; the last one repeats."""


class Backoff:
    """Counts the failures in a row."""

    def __init__(self, steps: Sequence[float] = STEPS) -> None:
        self._steps = steps
        self._failures = 0

    def record_failure(self) -> float:
        """Note a failure; the seconds to wait before the next attempt."""
        seconds = self._steps[min(self._failures, len(self._steps) - 1)]
        self._failures += 1
        return seconds

    def record_success(self) -> None:
        """Note a success."""
        self._failures = 0
