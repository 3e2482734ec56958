"""The two lines between a kiosk and its hub, taken step by step over a connection that can lose messages."""

from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec.structs import replace

from devices.protocols.decoder import CardNumber
from domain.clock import MachineClock
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.signing import SigningKey
from domain.log.sqlite import open_sqlite_log
from kiosk.home import Home
from kiosk.home_files import LOG_FILE, PEOPLE_FILE, SIGNING_KEY_FILE
from kiosk.joined_home.sync_state import SyncState
from kiosk.joined_home.unit_copy import UnitCopy
from kiosk.people.people import People
from kiosk.sync.exchange import Sessions
from kiosk.sync.hub_connection import A, HttpConnection, HubNotReached, HubRefused
from kiosk.sync.own_log import OwnLog
from kiosk.sync.pull import Puller
from kiosk.sync.push import Pusher
from kiosk.sync.sync_report import SyncReport
from kiosk.sync.unit_heads import UnitHeads
from kiosk.wire_protocol.messages import LONGEST_WAIT, ExchangeRequest, Refusal

UNKNOWN = "E:0000000001"
"""A card that nobody knows."""


class WatchedConnection:
    """A connection to the hub, of which the next messages can be lost: before they arrive, or their answers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.places: list[str] = []
        self.lost = list[str]()
        """Of the next messages: `request`, `answer`, or a refusal in the place of the hub's answer."""
        self.refusals = list[Refusal]()
        self._connection = HttpConnection(url, None)

    def send(self, place: str, message: msgspec.Struct, answer: type[A], wait_seconds: float = 0.0) -> A:
        self.places.append(place)
        lost = self.lost.pop(0) if self.lost else ""
        if lost == "request":
            raise HubNotReached("not_reached")
        if self.refusals:
            raise HubRefused(self.refusals.pop(0))
        assert wait_seconds in (0.0, LONGEST_WAIT)
        if isinstance(message, ExchangeRequest) and message.pull:  # nothing here waits for news
            message = replace(message, pull=replace(message.pull, wait_seconds=0.0))
        answered = self._connection.send(place, message, answer)
        if lost == "answer":
            raise HubNotReached("cut_off")
        return answered

    def close(self) -> None:
        self._connection.close()


class Stopwatch:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Lines:
    """The two lines of one kiosk, whose steps are taken by the test."""

    folder: Path
    own: OwnLog
    push_over: WatchedConnection
    pull_over: WatchedConnection
    pusher: Pusher
    puller: Puller
    report: SyncReport
    copy: UnitCopy
    people: People
    sessions: Sessions
    watch: Stopwatch

    @property
    def state(self) -> SyncState:
        return self.report.state


def _draw_most(_least: float, most: float) -> float:
    return most


@contextmanager
def open_lines(folder: Path, url: str) -> Generator[Lines]:
    """As `kiosk sync` opens them, but for its threads."""
    with (
        closing(open_sqlite_log(folder / LOG_FILE, REGISTERED_NAMES)) as log,
        closing(UnitCopy.open(folder)) as copy,
        closing(People.open(folder / PEOPLE_FILE, simulation=False)) as people,
        closing(WatchedConnection(url)) as first,
        closing(WatchedConnection(url)) as second,
    ):
        own, clock, watch = OwnLog(log, SigningKey.load(folder / SIGNING_KEY_FILE)), MachineClock(), Stopwatch()
        sessions, report = Sessions(own), SyncReport(SyncState(), clock)
        pusher = Pusher(first, sessions, report, own, clock, _draw_most, watch)
        puller = Puller(second, sessions, report, copy, people, UnitHeads(folder, clock), _draw_most, watch)
        yield Lines(folder, own, first, second, pusher, puller, report, copy, people, sessions, watch)


@contextmanager
def tapping(folder: Path) -> Generator[Callable[[], object]]:
    """What taps a card that nobody knows, once a call."""
    with Home.open(folder) as home:
        card = home.derive_token(CardNumber.parse(UNKNOWN))
        yield lambda: home.door.record_tap(card, "script", None, home.clock.read())


def tap_times(lines: Lines, count: int) -> None:
    """The same card, so often."""
    with tapping(lines.folder) as tap_once:
        for _ in range(count):
            tap_once()
