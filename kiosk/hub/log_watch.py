"""Waits for logs to grow, for any number of kiosks at once.

Rule: what this program writes wakes them at once; for what the desk, a command or another program writes the end of the
log is read ten times a second, once for all of them, and not while nobody waits. The logs of many units in one database
are read with one query.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from uuid import UUID

from anyio import to_thread

from domain.log.errors import LogError
from kiosk.home_log import load_postgresql
from kiosk.store_settings import Store

LOG = logging.getLogger(__name__)
POLL_SECONDS = 0.1


class LogWatch:
    """The end of one log. Used in the event loop alone."""

    def __init__(self, read_position: Callable[[], Awaitable[int]] | None) -> None:
        """`read_position`: where the log ends, 0 where it cannot be read now.

        With None another reader reads, while `is_waited_for`, and gives notice.
        """
        self._read_position = read_position
        self._position = 0
        self._is_closing = False
        self._grown = asyncio.Event()
        """Set when the log has grown; the next growth has another one."""
        self._waiting = 0
        self._polling: asyncio.Task[None] | None = None

    @property
    def is_waited_for(self) -> bool:
        """Whether a kiosk waits."""
        return self._waiting > 0

    def notice(self, position: int) -> None:
        """The log reaches so far."""
        if position > self._position:
            self._position = position
            self._wake()

    async def wait_beyond(self, position: int, seconds: float) -> bool:
        """Whether the log reaches further within so many seconds."""
        self._waiting += 1
        try:
            if self._read_position and (self._polling is None or self._polling.done()):
                self._polling = asyncio.create_task(self._poll(self._read_position))
            async with asyncio.timeout(seconds):
                while self._position <= position and not self._is_closing:
                    await self._grown.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
        return not self._is_closing

    def close(self) -> None:
        """Let nobody wait any more: the program ends."""
        self._is_closing = True
        self._wake()

    def _wake(self) -> None:
        """No lock: a kiosk that is gone is cancelled again and again, and would keep one."""
        self._grown.set()
        self._grown = asyncio.Event()

    async def _poll(self, read_position: Callable[[], Awaitable[int]]) -> None:
        while self._waiting and not self._is_closing:
            self.notice(await read_position())
            await asyncio.sleep(POLL_SECONDS)


class PositionPoller:
    """Reads how far the logs of many units reach, while a kiosk waits. Used in the event loop alone."""

    def __init__(self) -> None:
        self._watches: dict[str, dict[UUID, LogWatch]] = {}
        """By the address of the database, and the name with which the unit was born there."""
        self._failing: set[str] = set()

    def add(self, store: Store) -> LogWatch:
        """The watch of a unit."""
        return self._watches.setdefault(store.address, {}).setdefault(store.unit, LogWatch(None))

    def remove(self, store: Store) -> None:
        """The unit is closed."""
        self._watches.get(store.address, {}).pop(store.unit, None)

    async def run(self) -> None:
        """Poll until the task is cancelled."""
        while True:
            for address, watches in [*self._watches.items()]:
                if waited := {unit: watch for unit, watch in watches.items() if watch.is_waited_for}:
                    await self._poll(address, waited)
            await asyncio.sleep(POLL_SECONDS)

    async def _poll(self, address: str, waited: dict[UUID, LogWatch]) -> None:
        """What cannot be read now is no news; the next question is answered with the reason."""
        try:
            positions = await to_thread.run_sync(load_postgresql("pool").read_positions, address)
        except LogError as error:
            if address not in self._failing:
                LOG.warning("cannot read the positions of the units (%s)", type(error).__name__)
            self._failing.add(address)
            return
        self._failing.discard(address)
        for unit, watch in waited.items():
            watch.notice(positions.get(unit, 0))
