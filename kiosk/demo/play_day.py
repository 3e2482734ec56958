"""Playing the last day: cards at the entrance, as lines or on its screen; or taps while the roster is shown.

Rule: everything but the clock and the pace is the product's: a simulated reader writes to a pseudo-terminal, and the
reader thread, the use cases and the screens are those of `kiosk run` and `kiosk roster`.
"""

import queue
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic, sleep
from typing import ClassVar, NamedTuple

from textual.binding import BindingType

from devices.profiles.registry import find_profile
from devices.protocols.decoder import CardNumber
from devices.protocols.em4100 import encode
from devices.readers.events import CardPresented, ReaderEvent
from devices.readers.serial_reader import SerialReader
from devices.simulated.scripted_reader import ScriptedReader
from domain.clock import Reading
from kiosk.accounts.coordinators import Coordinators
from kiosk.accounts.pins import Pin
from kiosk.demo.office import COORDINATOR, FLEXIBLE, FORGETFUL, NEW_IMMIGRANTS, PEOPLE, BatchLine
from kiosk.demo.season import Season
from kiosk.demo.season_day import STRANGERS_CARD
from kiosk.demo.simulate_season import apply_lines, list_last_day_taps
from kiosk.entrance.app import EntranceApp
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.launch import build_sources, run_entrance
from kiosk.entrance.service import EntranceOptions, ReaderFactory, TapResult
from kiosk.home import Home
from kiosk.log_messages import log_to_home
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.roster.run import open_roster
from kiosk.words.reports import DemoText

READER, PROFILE = "door", "rdm6300"
PIN = "240680"
"""Of the coordinator, while the roster is shown."""
ENTRANCE_PAUSE = 4.5
"""Seconds between two volunteers at the entrance: time to read the result."""
ROSTER_PAUSE = 6.0
"""Seconds between two taps while the roster is shown: time to find them on it."""
REPEAT_SECONDS = 1.1
"""Seconds after which the reader reports the same card again."""
TIMEOUT_SECONDS = 10.0
"""Seconds to wait for a thread; far more than it ever needs."""


# --- What happens ---


class Step(NamedTuple):
    """The bytes that the reader sends at a local time."""

    at: datetime
    frame: bytes
    description: str
    """Printed with the result; the product does not see it."""


def list_steps(season: Season) -> Iterator[Step]:
    """The taps at the entrance on the last day, in order."""
    on_duty = {season.find_attendee(duty).card for duty in season.list_duties(season.last)}
    last_taps: dict[str, datetime] = {}
    for tap in list_last_day_taps(season):
        at, card = datetime.fromisoformat(tap["at"]), tap["card"]
        text = _describe_tap(card, at, last_taps.get(card), on_duty)
        number = next((person.number for person in PEOPLE if person.card == card), "")
        yield Step(at, encode(CardNumber.parse(card).raw), text.fill(number=number))
        last_taps[card] = at


def _describe_tap(card: str, at: datetime, last_tap: datetime | None, on_duty: Collection[str]) -> DemoText:
    if last_tap:
        return DemoText.TAPS_AGAIN if at - last_tap < timedelta(minutes=1) else DemoText.GOES_HOME
    if card in on_duty:
        return DemoText.ARRIVES
    return ARRIVALS_WITHOUT_DUTY.get(card, DemoText.LOST_CARD)


ARRIVALS_WITHOUT_DUTY = {
    FORGETFUL.card: DemoText.FORGETFUL_ARRIVES,
    FLEXIBLE.card: DemoText.FLEXIBLE_ARRIVES,
    STRANGERS_CARD: DemoText.UNKNOWN_CARD,
    NEW_IMMIGRANTS[1].card: DemoText.VISITOR_ARRIVES,
}


# --- As lines ---


class DemoClock:
    """A clock that runs at the speed of real time from the instant it was last set to."""

    def __init__(self, at: datetime) -> None:
        self.set_time(at)

    def set_time(self, at: datetime) -> None:
        """Set the clock to `at`."""
        self._at, self._since = at, monotonic()

    def now(self) -> datetime:
        """The demonstration's time."""
        return self._at + timedelta(seconds=monotonic() - self._since)

    def read(self) -> Reading:
        """The demonstration's time as a tap is stamped with it."""
        return Reading(self.now(), "simulated", "simulation", 0)


def play_as_lines(home: Home, steps: Sequence[Step], report: Callable[[Step, TapResult], None]) -> None:
    """Play the day as fast as the reader allows; `report` gets each step and its result."""
    clock = DemoClock(_to_utc(home, steps[0]))
    home.use_clock(clock)
    controller, reader_events = EntranceController(build_sources(home)), queue.Queue[ReaderEvent]()
    with ScriptedReader() as scripted:
        reader = build_reader_factory(scripted, clock)(reader_events.put)
        reader.start()
        scripted.wait_until_opened()
        for step in _pace_steps(steps):
            clock.set_time(_to_utc(home, step))
            scripted.send(step.frame)
            report(step, wait_for_result(controller, reader_events))
        reader.stop()


def wait_for_result(controller: EntranceController, reader_events: "queue.Queue[ReaderEvent]") -> TapResult:
    """The result of the next card that the reader thread presents."""
    while True:
        event = reader_events.get(timeout=TIMEOUT_SECONDS)
        if isinstance(event, CardPresented):
            return controller.record_tap(event.card, event.reader, event.read_at)


def _pace_steps(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps, each when the reader would report its card as a new tap."""
    last_sent: dict[bytes, float] = {}
    for step in steps:
        sleep(max(0.0, last_sent.get(step.frame, 0.0) + REPEAT_SECONDS - monotonic()))
        yield step
        last_sent[step.frame] = monotonic()


# --- On the screen of the entrance ---


class DemoEntranceApp(EntranceApp, inherit_bindings=False):
    """The entrance, with one key that closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+c", "quit")]


def play_on_screen(home: Home, steps: Sequence[Step], pause: float = ENTRANCE_PAUSE) -> int:
    """Open the entrance and send the taps of the day, at human pace; the exit status."""
    clock = DemoClock(_to_utc(home, steps[0]) - timedelta(seconds=30))
    home.use_clock(clock)
    with ScriptedReader() as scripted, log_to_home(home.path):
        home.views.catch_up(home.now_second())
        options = EntranceOptions(home.read_unit_name(), DemoText.BANNER.fill(), result_seconds=pause - 1)
        app = DemoEntranceApp(EntranceController(build_sources(home)), [build_reader_factory(scripted, clock)], options)
        ended = threading.Event()
        cards = [(_to_utc(home, step), step.frame) for step in steps]
        send = partial(_send_cards, app, scripted, cards, clock, pause, ended)
        sender = threading.Thread(target=send, daemon=True)
        sender.start()
        status = run_entrance(app)
        ended.set()
        sender.join(TIMEOUT_SECONDS)
    return status


def _send_cards(
    app: EntranceApp,
    scripted: ScriptedReader,
    cards: Sequence[tuple[datetime, bytes]],
    clock: DemoClock,
    pause: float,
    ended: threading.Event,
) -> None:
    scripted.wait_until_opened()
    for at, frame in cards:
        if ended.wait(pause):
            return
        clock.set_time(at)
        scripted.send(frame)
    if not ended.wait(pause):
        app.call_from_thread(app.exit)


# --- The reader of both ---


def build_reader_factory(scripted: ScriptedReader, clock: DemoClock) -> ReaderFactory:
    """A reader thread at the simulated reader, whose taps have the time of the demonstration."""
    return partial(SerialReader, READER, scripted.port, find_profile(PROFILE), now=clock.now)


def _to_utc(home: Home, step: Step) -> datetime:
    return step.at.replace(tzinfo=home.zone).astimezone(UTC)


# --- While the roster is shown ---


def watch_roster(home: Home, lines: Iterator[BatchLine], pause: float = ROSTER_PAUSE) -> None:
    """Show the roster until it is closed, and send the day's taps meanwhile. Raises: UserError, or any bug of it.

    Its coordinator has a PIN, which is shown, so that corrections can be tried.
    """
    Coordinators(home, home.clock).set_pin(COORDINATOR, Pin(PIN), home.people.ensure_actor(SYSTEM_ACTOR))
    closed = threading.Event()
    sender = threading.Thread(target=send_taps, args=(home, lines, pause, closed), daemon=True)
    sender.start()
    try:
        open_roster(home, banner=DemoText.ROSTER_BANNER.fill(pin=PIN))
    finally:
        closed.set()
        sender.join(TIMEOUT_SECONDS)


def send_taps(home: Home, lines: Iterator[BatchLine], pause: float, closed: threading.Event) -> None:
    """Apply a line after each pause until `closed` is set; what is left stays in the iterator."""
    while not closed.wait(pause) and (line := next(lines, None)):
        apply_lines(home, [line])
