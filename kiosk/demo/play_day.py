"""Playing the day: a simulated reader on a real pseudo-terminal, the real reader thread, the real door, the screen.

Only the clock is told what time it is, and the hurry is ours: everything else is what `kiosk run` does.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic, sleep
from typing import ClassVar

from textual.binding import BindingType

from devices.profiles.registry import find_profile
from devices.readers.events import CardPresented, ReaderEvent
from devices.readers.serial_reader import SerialReader
from devices.simulated.scripted_reader import ScriptedReader
from domain.clock import Reading, to_the_second
from kiosk.demo.day import Step
from kiosk.entrance.app import Entrance
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.look import EntranceOptions
from kiosk.entrance.results import TapResult
from kiosk.entrance.run import run_entrance
from kiosk.entrance.service import ReaderFactory
from kiosk.home import Home
from kiosk.log_messages import log_to_home
from kiosk.words.demo import DemoText

READER, PROFILE = "door", "rdm6300"
BANNER = DemoText.DEMO_CTRL_C
PAUSE = 4.5
"""Seconds between two people on the screen: time to read what is said."""
REPEAT_SECONDS = 1.1
"""Seconds after which the reader takes the same card for another tap."""
TIMEOUT_SECONDS = 10.0
"""Seconds to wait for the reader's thread; far more than it ever needs."""


class DemoClock:
    """Goes on as real time does, from wherever it was put last."""

    def __init__(self, at: datetime) -> None:
        self.set_time(at)

    def set_time(self, at: datetime) -> None:
        """It is now `at`."""
        self._at, self._since = at, monotonic()

    def now(self) -> datetime:
        """The demonstration's time."""
        return self._at + timedelta(seconds=monotonic() - self._since)

    def read(self) -> Reading:
        """The same, as a tap is stamped."""
        return Reading(to_the_second(self.now()), "simulated", "simulation", 0)


def play_as_lines(home: Home, steps: Sequence[Step], report: Callable[[Step, TapResult], None]) -> None:
    """Play the day as fast as the reader lets it, one line a tap."""
    clock = DemoClock(_to_utc(home, steps[0]))
    home.use_clock(clock)
    keeper, heard = EntranceController(home), queue.Queue[ReaderEvent]()
    with ScriptedReader() as scripted:
        reader = _build_reader_factory(scripted, clock)(heard.put)
        reader.start()
        scripted.wait_until_opened()
        for step in _pace_steps(steps):
            clock.set_time(_to_utc(home, step))
            scripted.send(step.frame)
            report(step, _wait_for_result(keeper, heard))
        reader.stop()


def _wait_for_result(controller: EntranceController, reader_events: "queue.Queue[ReaderEvent]") -> TapResult:
    """What came of the next card that the reader thread presents."""
    while True:
        event = reader_events.get(timeout=TIMEOUT_SECONDS)
        if isinstance(event, CardPresented):
            return controller.record_tap(event.card, event.reader, event.read_at)


def _pace_steps(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps, each not before the reader would take its card for a new tap."""
    seen: dict[bytes, float] = {}
    for step in steps:
        sleep(max(0.0, seen.get(step.frame, 0.0) + REPEAT_SECONDS - monotonic()))
        yield step
        seen[step.frame] = monotonic()


class DemoEntrance(Entrance, inherit_bindings=False):
    """The entrance, with one key that ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+c", "quit")]


def play_on_screen(home: Home, steps: Sequence[Step], pause: float = PAUSE) -> int:
    """Open the entrance and let the people of the day tap, at human pace; the exit status."""
    clock = DemoClock(_to_utc(home, steps[0]) - timedelta(seconds=30))
    home.use_clock(clock)
    with ScriptedReader() as scripted, log_to_home(home.path):
        home.views.catch_up(home.now_second())
        look = EntranceOptions(home.read_unit_name(), BANNER, result_seconds=pause - 1)
        app = DemoEntrance(EntranceController(home), [_build_reader_factory(scripted, clock)], look)
        ended = threading.Event()
        cards = [(_to_utc(home, step), step.frame) for step in steps]
        come = partial(_send_cards, app, scripted, cards, clock, pause, ended)
        people = threading.Thread(target=come, daemon=True)
        people.start()
        status = run_entrance(app)
        ended.set()
        people.join(TIMEOUT_SECONDS)
    return status


def _send_cards(
    app: Entrance,
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


def _build_reader_factory(scripted: ScriptedReader, clock: DemoClock) -> ReaderFactory:
    return partial(SerialReader, READER, scripted.port, find_profile(PROFILE), now=clock.now)


def _to_utc(home: Home, step: Step) -> datetime:
    return step.at.replace(tzinfo=home.zone).astimezone(UTC)
