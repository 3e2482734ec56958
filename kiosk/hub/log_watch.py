"""Waits for a log to grow, for any number of kiosks at once.

Rule: what this program writes wakes them at once; for what the desk, a command or another program writes the end of the
log is read ten times a second, once for all of them, and not while nobody waits.
"""

import asyncio
from collections.abc import Awaitable, Callable

POLL_SECONDS = 0.1


class LogWatch:
    """The end of one log. Used in the event loop alone."""

    def __init__(self, read_position: Callable[[], Awaitable[int]]) -> None:
        """`read_position`: where the log ends; 0 where it cannot be read now."""
        self._read_position = read_position
        self._position = 0
        self._is_closing = False
        self._grown = asyncio.Condition()
        self._waiting = 0
        self._polling: asyncio.Task[None] | None = None

    async def notice(self, position: int) -> None:
        """The log reaches so far."""
        if position > self._position:
            self._position = position
            async with self._grown:
                self._grown.notify_all()

    async def wait_beyond(self, position: int, seconds: float) -> bool:
        """Whether the log reaches further within so many seconds."""
        self._waiting += 1
        try:
            if self._polling is None or self._polling.done():
                self._polling = asyncio.create_task(self._poll())
            async with asyncio.timeout(seconds), self._grown:
                await self._grown.wait_for(lambda: self._is_closing or self._position > position)
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
        return not self._is_closing

    async def close(self) -> None:
        """Let nobody wait any more: the program ends."""
        self._is_closing = True
        async with self._grown:
            self._grown.notify_all()

    async def _poll(self) -> None:
        while self._waiting and not self._is_closing:
            await self.notice(await self._read_position())
            await asyncio.sleep(POLL_SECONDS)
