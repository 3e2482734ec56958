"""What is opened when it is first asked for, and closed when it was long idle: so many of one kind at once.

Rule: what is in use is not closed. What cannot be opened is left alone for a while, and the others go on.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Generic, TypeVar

from kiosk.hub.turns import Turns

P = TypeVar("P")
MOST_OPENING = 4
"""At once: more threads would only take the time from one another."""
RETRY_SECONDS = 5.0
"""Before something that could not be opened is tried again."""


class CannotBeUsed(Exception):
    """What was asked for is not to be had now; the reason was reported, or there is no room."""


class _Entry(Generic[P]):
    def __init__(self, part: P) -> None:
        self.part = part
        self.users = 0
        self.used_at = monotonic()


class OnDemand(Generic[P]):
    """Parts by name. Used in the event loop alone."""

    def __init__(
        self,
        open_part: Callable[[str], Awaitable[P]],
        close_part: Callable[[P], Awaitable[None]],
        *,
        most: int,
        idle_seconds: float,
        turns: Turns | None = None,
    ) -> None:
        """`open_part` reports what keeps it from opening one, and raises CannotBeUsed; `turns`: to open one."""
        self._open_part, self._close_part = open_part, close_part
        self._most, self._idle_seconds = most, idle_seconds
        self._turns = turns or Turns(MOST_OPENING)
        self._entries: dict[str, _Entry[P]] = {}
        self._opening: dict[str, asyncio.Lock] = {}
        self._refused_until: dict[str, float] = {}

    def list_open(self) -> list[P]:
        """Those that are open now."""
        return [entry.part for entry in self._entries.values()]

    @asynccontextmanager
    async def use(self, name: str) -> AsyncGenerator[P]:
        """One that stays open while the block lasts. Raises: CannotBeUsed, NoTurn."""
        entry = self._entries.get(name) or await self._open(name)
        entry.users += 1
        try:
            yield entry.part
        finally:
            entry.users -= 1
            entry.used_at = monotonic()

    async def _open(self, name: str) -> _Entry[P]:
        async with self._turns.take(), self._opening.setdefault(name, asyncio.Lock()):
            if name in self._entries:
                return self._entries[name]
            if monotonic() < self._refused_until.get(name, 0.0):
                raise CannotBeUsed(name)
            try:
                await self._make_room()
                entry = _Entry(await self._open_part(name))
            except CannotBeUsed:
                self._refused_until[name] = monotonic() + RETRY_SECONDS
                raise
            self._entries[name] = entry
            return entry

    async def _make_room(self) -> None:
        unused = sorted(
            (name for name, entry in self._entries.items() if not entry.users),
            key=lambda name: self._entries[name].used_at,
        )
        if len(self._entries) < self._most:
            return
        if not unused:
            raise CannotBeUsed
        await self._close(unused[0])

    async def close_idle(self) -> None:
        """Close what was not used for long."""
        last = monotonic() - self._idle_seconds
        for name, entry in [*self._entries.items()]:
            if not entry.users and entry.used_at < last:
                await self._close(name)

    async def close_all(self) -> None:
        """Close everything, also what is in use."""
        for name in [*self._entries]:
            await self._close(name)

    async def _close(self, name: str) -> None:
        if entry := self._entries.pop(name, None):
            await self._close_part(entry.part)
