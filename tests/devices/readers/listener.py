"""A program that listens to a reader, with its clocks in the test's hand."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from queue import Queue
from threading import Event

from devices.profiles.registry import find_profile
from devices.protocols.decoder import CardNumber
from devices.protocols.em4100 import encode
from devices.readers.events import CardLeft, CardPresented, InputUnreadable, ReaderEvent, ReaderLost, ReaderReady
from devices.readers.reader_thread import ReaderThread
from devices.readers.serial_reader import SerialReader
from tests.support.waiting import TIMEOUT_SECONDS

ANNS_CARD, BENS_CARD, CARLAS_CARD = "E:010063E9AE", "E:3C00CE754C", "E:100086F444"
ANN, BEN, CARLA = (encode(CardNumber.parse(card).raw) for card in (ANNS_CARD, BENS_CARD, CARLAS_CARD))
NINE = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)


class ManualClock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self._was_read = Event()

    def __call__(self) -> float:
        self._was_read.set()
        return self.seconds

    def wait_until_read(self) -> None:
        self._was_read.clear()
        assert self._was_read.wait(TIMEOUT_SECONDS)


class Listener:
    """Collects what a reader's thread posts, and tells it as short words, in order.

    A serial port's reader, unless `make` makes another.
    """

    def __init__(
        self,
        port: str = "",
        profile: str = "rdm6300",
        backoff: Sequence[float] = (0.01,),
        make: Callable[..., ReaderThread] | None = None,
    ) -> None:
        self.clock = ManualClock()
        self.events: Queue[ReaderEvent] = Queue()
        self.on_event: Callable[[ReaderEvent], object] = lambda _: None
        make = make or partial(SerialReader, "door", port, find_profile(profile))
        self.reader = make(self._post, now=lambda: NINE, clock=self.clock, backoff=backoff)

    def collect_events(self, count: int) -> list[str]:
        return [format_event(self.next_event()) for _ in range(count)]

    def next_event(self) -> ReaderEvent:
        return self.events.get(timeout=TIMEOUT_SECONDS)

    def _post(self, event: ReaderEvent) -> None:
        self.on_event(event)
        self.events.put(event)

    def __enter__(self) -> "Listener":
        self.reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.reader.stop()


def format_event(event: ReaderEvent) -> str:
    match event:
        case CardPresented(card=card):
            return str(card)
        case InputUnreadable():
            return "unreadable"
        case ReaderLost():
            return "lost"
        case ReaderReady():
            return "ready"
        case CardLeft(lies=lies):
            return "card left" if lies else "card gone"
