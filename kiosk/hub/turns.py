"""Work of which only so much is done at once: others wait for their turn, in the order in which they came.

Rule: a kiosk gives up ten seconds after it asked. So nothing waits here for long: it is asked to come back before.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

TURN_SECONDS = 4.0
"""For which a request waits."""


class NoTurn(Exception):
    """Too much was waiting already."""


class Turns:
    """So many turns at once. Used in the event loop alone."""

    def __init__(self, most: int, seconds: float = TURN_SECONDS) -> None:
        self._free = asyncio.Semaphore(most)
        self._seconds = seconds

    @asynccontextmanager
    async def take(self) -> AsyncGenerator[None]:
        """A turn, for as long as the block lasts. Raises: NoTurn."""
        try:
            async with asyncio.timeout(self._seconds):
                await self._free.acquire()
        except TimeoutError:
            raise NoTurn from None
        try:
            yield
        finally:
            self._free.release()
