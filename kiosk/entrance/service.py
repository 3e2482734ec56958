"""What the entrance screen needs and shows: a service that answers cards, readers, options, the result of a tap."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from devices.protocols.decoder import CardNumber
from devices.readers.events import ReaderEvent
from kiosk.words.volunteer_words import Language, Remark, ResultState


@dataclass(frozen=True, slots=True)
class TapResult:
    """One result on the screen. Instants carry the local zone; minutes are whole and credited."""

    state: ResultState
    at: datetime
    name: str | None = None
    """Already masked, for a public screen."""
    language: Language = "zh-TW"
    since: datetime | None = None
    """When the visit began that this tap belongs to."""
    remarks: tuple[Remark, ...] = ()
    """The most important first."""
    minutes_off: int = 0
    """By how many minutes early or late."""
    duty: str | None = None
    """Where the volunteer serves now, as on the roster: a post, or the times of the shift."""
    today_minutes: int | None = None
    month_minutes: int | None = None
    counts_again_at: datetime | None = None
    """From when on another tap of this card counts."""
    clock_trusted: bool = True


RESULT_SECONDS = 4.0
"""How long a result stays when nobody taps after it: long enough for a name and a sentence, read slowly."""

NOISE_SECONDS = 0.4
"""How near to a good card an unreadable frame is taken for the same card on its way in or out of the field."""

TICK_SECONDS = 1.0
"""Between two looks at the clock, the readers and the storage."""


@dataclass(frozen=True, slots=True)
class EntranceOptions:
    """The look of one entrance."""

    unit: str
    """The name at the top of the screen."""
    banner: str = ""
    """Said on every screen where it is not empty: that this is a simulation, or a demonstration."""
    result_seconds: float = RESULT_SECONDS
    noise_seconds: float = NOISE_SECONDS


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
