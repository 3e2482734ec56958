"""What the entrance needs of the rest: somebody who answers a card, and readers that present cards.

The rule: the screen asks, and shows what it is told. It knows no rule, no log and no clock of its own.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from devices.protocols.decoder import CardNumber
from devices.readers.events import ReaderEvent
from kiosk.entrance.results import TapResult


class StorageTrouble(Exception):
    """Nothing could be written down, so nothing happened: whoever tapped has to sign on paper."""


class EntranceService(Protocol):
    """Answers what happens at the entrance. All calls but one come from the thread of the screen."""

    def record_tap(self, card: CardNumber, reader: str, read_at: datetime) -> TapResult:
        """Write the tap down, then say what it came to.

        Raises:
            StorageTrouble: it could not be written.
        """
        ...

    def record_unreadable(self, reader: str) -> TapResult:
        """Write down that something was presented that is no card.

        Raises:
            StorageTrouble: it could not be written.
        """
        ...

    def is_storage_ready(self) -> bool:
        """Whether something could be written now. Asked once a second, only after a `StorageTrouble`.

        Nobody taps at a screen that says "sign on paper", so the next tap cannot be what ends the trouble. A watchdog
        asks it now and then as well: the one call that comes from another thread.
        """
        ...

    def now(self) -> datetime:
        """The local, aware time of day."""
        ...

    def is_clock_trusted(self) -> bool:
        """Whether somebody vouches for that time."""
        ...


class Reader(Protocol):
    """Reads cards in a thread of its own, as `devices.readers.serial_reader.SerialReader` does."""

    @property
    def name(self) -> str:
        """What its events call it."""
        ...

    @property
    def running(self) -> bool:
        """Whether its thread lives. Once started it lives until it is stopped."""
        ...

    @property
    def heartbeat(self) -> float:
        """When its thread last went round, in seconds since the machine was booted."""
        ...

    def start(self) -> None:
        """Begin to read."""
        ...

    def stop(self) -> None:
        """End the thread. May be called twice, and before `start`."""
        ...


EventSink = Callable[[ReaderEvent], object]
"""Takes an event from any thread, and does not block."""

ReaderFactory = Callable[[EventSink], Reader]
"""Makes a reader that posts there: `partial(SerialReader, name, port, profile, now=now)` is one."""
