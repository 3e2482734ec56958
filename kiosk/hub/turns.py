"""Work of which only so much is done at once: others wait for their turn, in the order in which they came.

Rule: a kiosk gives up ten seconds after it asked. So nothing waits here for long: it is asked to come back when the
ones before it are done, each a little later than the one before, as fast as turns have ended lately.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from time import monotonic

TURN_SECONDS = 4.0
"""For which a request waits."""
FIRST_PACE = 0.05
"""Seconds between the ends of two turns, before any were measured."""
PACE_SHARE = 1 / 16
"""Of the last pause between two ends in the pace; the ones before make up the rest."""
MOST_SECONDS = 300.0
"""After which any kiosk is asked to come back, at most."""


class NoTurn(Exception):
    """Too much was waiting already."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        """After which it is this one's turn, if the others take as long as those before."""


class Turns:
    """So many turns at once. Used in the event loop alone."""

    def __init__(self, most: int, seconds: float = TURN_SECONDS, now: Callable[[], float] = monotonic) -> None:
        """`seconds`: for which a request waits; `now`: seconds on a stopwatch."""
        self._free = asyncio.Semaphore(most)
        self._seconds, self._now = seconds, now
        self._waiting = 0
        self._pace = FIRST_PACE
        self._last_end: float | None = None
        """When a turn ended last, if others were waiting then."""
        self._reserved_until = 0.0
        """Turns before are for those that were asked to come back."""

    @asynccontextmanager
    async def take(self) -> AsyncGenerator[None]:
        """A turn, for as long as the block lasts. Raises: NoTurn."""
        self._waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                await self._free.acquire()
        except TimeoutError:
            raise NoTurn(self._reserve()) from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._measure_pace()
            self._free.release()

    def _measure_pace(self) -> None:
        ended = self._now()
        if self._last_end is not None:
            self._pace += (ended - self._last_end - self._pace) * PACE_SHARE
        self._last_end = ended if self._waiting else None

    def _reserve(self) -> float:
        """The next turn that is promised to nobody: seconds until then."""
        now = self._now()
        self._reserved_until = min(max(self._reserved_until, now) + self._pace, now + MOST_SECONDS)
        return self._reserved_until - now
