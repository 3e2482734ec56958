"""What the entrance screen needs and shows: a service that answers cards, readers, options, the result of a tap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from devices.protocols.decoder import CardNumber
from devices.readers.events import ReaderEvent
from domain.use_cases.tap_meaning import EarlierTap
from kiosk.entrance.cell_grid import CellGrid
from kiosk.joined_home.hub_trouble import HubTrouble
from kiosk.words.volunteer_words import Language, Remark, ResultState


class NextAward(NamedTuple):
    """What lacks to the award that a volunteer comes to next: hours, years that pass by themselves, or both (R-125)."""

    name: str
    """In Chinese, as it is awarded."""
    minutes: int
    """To be served; 0 where time alone must pass."""
    on: date | None
    """From when on; None where hours alone lack."""


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
    session: str | None = None
    """The meeting or the training that the volunteer has come for: they are not on duty."""
    today_minutes: int | None = None
    month_minutes: int | None = None
    year_minutes: int | None = None
    """Only where the unit shows volunteers their own hours (R-125)."""
    next_award: NextAward | None = None
    """The same; None also where there is none that serving on leads to."""
    earlier: EarlierTap | None = None
    """Of a repeated tap: what it comes too soon after, and the whole minute from which on another counts."""
    clock_trusted: bool = True
    others_until: datetime | None = None
    """Hours and duty are without what other kiosks have recorded since; None where nothing lacks."""
    receipt: str = ""
    """Position and short code of the head of the log that holds the tap, where the unit shows them."""


RESULT_SECONDS = 4.0
"""Seconds for which a result stays without another tap: enough to read a name and a sentence slowly."""

COUNTER_SECONDS = 8.0
"""The same for a result that sends to the counter: there is more to read, and help may have to be fetched."""

LEAVE_SECONDS = 2.0
"""Seconds within which a second Ctrl+C ends an entrance that no supervisor has started."""

NOISE_SECONDS = 0.4
"""Seconds before and after a good read within which an unreadable frame is the same card, entering or leaving."""

TICK_SECONDS = 1.0
"""Seconds between two checks of the clock, the readers and the storage."""


@dataclass(frozen=True, slots=True)
class EntranceOptions:
    """Texts and durations of one entrance."""

    unit: str
    """The name at the top of the screen."""
    banner: str = ""
    """Shown on every screen unless it is empty: that this is a simulation, or a demonstration."""
    result_seconds: float = RESULT_SECONDS
    counter_seconds: float = COUNTER_SECONDS
    leave_seconds: float = LEAVE_SECONDS
    noise_seconds: float = NOISE_SECONDS
    grid: CellGrid | None = None
    """For which cells large text is drawn; None for those of the terminal."""


class StorageTrouble(Exception):
    """Nothing could be written, so nothing happened: the volunteer has to sign on paper."""


class EntranceService(Protocol):
    """Records taps and gives their results. All calls but `now` come from one thread, which is not the screen's."""

    def limit_wait(self, seconds: float) -> None:
        """From now on wait at most so long for other programs that write."""
        ...

    def record_tap(self, card: CardNumber, reader: str, read_at: datetime) -> TapResult:
        """Record the tap, then give its result.

        Raises:
            StorageTrouble: it could not be written.
        """
        ...

    def record_unreadable(self, reader: str, *, foreign: bool = False) -> TapResult:
        """Record a presentation that gave no card number; a `foreign` one was read well, and is no card of ours.

        Raises:
            StorageTrouble: it could not be written.
        """
        ...

    def check_refusals(self, unanswered: Mapping[str, int]) -> tuple[str, ...]:
        """The readers that send nonsense. Called once a second, with how many cards of each got no answer since.

        Raises:
            StorageTrouble: what was counted could not be written; it is kept.
        """
        ...

    def read_ahead(self) -> None:
        """Read what the next cards ask for, for some hundredths of a second. Called once a second."""
        ...

    def is_storage_ready(self) -> bool:
        """Whether the log can be written now. Called once a second after a `StorageTrouble`, and for the watchdog.

        Volunteers do not tap at a screen that shows "sign on paper", so the next tap cannot be what ends the trouble.
        """
        ...

    def now(self) -> datetime:
        """The local, aware time of day."""
        ...

    def is_clock_trusted(self) -> bool:
        """Whether that time is trusted: the clock is synchronised, or simulated."""
        ...

    def find_hub_trouble(self) -> HubTrouble | None:
        """What is wrong between this kiosk and its hub; None where nothing is, or there is no hub. Local time."""
        ...


class Reader(Protocol):
    """Reads cards in a thread of its own, as `devices.readers.serial_reader.SerialReader` does."""

    @property
    def name(self) -> str:
        """What its events call it."""
        ...

    @property
    def running(self) -> bool:
        """Whether its thread is alive. Once started it is alive until it is stopped."""
        ...

    @property
    def heartbeat(self) -> float:
        """When its thread last completed a loop, in seconds since the machine was booted."""
        ...

    def allow_quick_repeat(self, *, allowed: bool) -> None:
        """Whether a card that was gone for a second is presented again, also at a reader of a longer hold."""
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
