"""Who works around a hub at the same time: the hub, kiosks, their sync programs, and the desk.

Rule: each goes on by itself when the hub or the server of its log is there again, and says what it was told is done.
"""

from collections.abc import Callable
from contextlib import closing
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from threading import Event
from time import sleep

from domain.act import Act
from domain.clock import Reading
from domain.errors import DomainError
from domain.log.chain import Head
from domain.log.errors import LogError
from domain.log.postgresql import queries, unit_lock
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.signing import SigningKey
from domain.log.source_messages import SourceBatch
from domain.log.sqlite import open_sqlite_log
from domain.model.kiosk_register import Source
from domain.model.planned_period import Plan
from domain.use_cases.source_intake import SourceIntake
from kiosk.desk.server import Place
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import LOG_FILE, SIGNING_KEY_FILE
from kiosk.hub.server import serve_hub
from kiosk.sync.exchange import Sessions
from kiosk.sync.hub_connection import HubNotReached, HubRefused
from kiosk.sync.own_log import OwnLog
from kiosk.sync.sync_home import find_kiosk_files, run_sync
from kiosk.wire_protocol.messages import EXCHANGE, ExchangeAnswer, ExchangeRequest, Push
from tests.benchmarks.taps import token_of
from tests.faults.roles import POLL_SECONDS, START, TIME_PER_EVENT, Acknowledgement

PEOPLE = 12
MOST_AGAIN = 60
"""Events that are sent again at once."""


def serve(path: Path, name: str, said: Connection) -> None:
    """The hub of a home, on the port that its name says."""
    _repeat(lambda: _serve(path, int(name)), said)


def serve_without_skip(path: Path, name: str, said: Connection) -> None:
    """A hub that stores what it is sent, whether it has it already or not."""
    store = SourceIntake._store

    def store_all(intake: SourceIntake, source: Source, batch: SourceBatch, chains: list[bytes], _: Head) -> None:
        store(intake, source, batch, chains, Head(batch.after, batch.chain_after))

    SourceIntake._store = store_all  # pyright: ignore[reportAttributeAccessIssue]
    serve(path, name, said)


def serve_without_lock(path: Path, name: str, said: Connection) -> None:
    """A hub that appends while others append."""
    _remove_lock()
    serve(path, name, said)


def work_without_lock(path: Path, name: str, said: Connection) -> None:
    """A desk that appends while others append."""
    _remove_lock()
    work_at_desk(path, name, said)


def _remove_lock() -> None:
    unit_lock._LOCK = "SELECT %s::text, %s::int, %s::int"
    queries.LOCK_UNIT = queries.LOCK_UNIT.replace("FOR UPDATE", "")  # pyright: ignore[reportAttributeAccessIssue]


def tap(path: Path, name: str, said: Connection) -> None:
    """Cards of everybody, in and out, at a kiosk."""
    chance = Random(name)  # noqa: S311 - a replayable choice
    with Home.open(path) as home:
        while True:
            token, at = token_of(chance.randrange(PEOPLE)), START + TIME_PER_EVENT * home.log.head().position
            answer = home.door.record_tap(token, "door", reading=Reading(at, "simulated", name, 0), recorded=at)
            said.send(Acknowledgement("tapped", token, answer.event or 0))


def synchronise(path: Path, _: str, said: Connection) -> None:
    """`kiosk sync`."""
    _repeat(lambda: run_sync(path, lambda _: None, Event()), said)


def send_again(path: Path, name: str, said: Connection) -> None:
    """Sends what the hub has already, what it has in part, and what comes too early."""
    chance = Random(name)  # noqa: S311 - a replayable choice
    _repeat(lambda: _send_again(path, chance, said), said)


def work_at_desk(path: Path, name: str, said: Connection) -> None:
    """One shift after the other, of nobody; what became of one whose outcome is unknown is looked up."""
    numbers = count()
    _repeat(lambda: _schedule(path, name, numbers, said), said)


# --- What each repeats -----------------------------------------------------------------------


def _repeat(work: Callable[[], object], said: Connection) -> None:
    while True:
        try:
            work()
        except (LogError, UserError, HubNotReached, HubRefused):
            said.send(Acknowledgement("nothing"))
        sleep(POLL_SECONDS)


def _serve(path: Path, port: int) -> None:
    with Home.open(path) as home:
        serve_hub(home, Place(port=port), lambda _: None)


def _send_again(path: Path, chance: Random, said: Connection) -> None:
    files, key = find_kiosk_files(path), SigningKey.load(path / SIGNING_KEY_FILE)
    with closing(open_sqlite_log(path / LOG_FILE, REGISTERED_NAMES)) as log, closing(files.connect()) as connection:
        own = OwnLog(log, key)
        session = Sessions(own).find(connection)
        held = session.held
        while True:
            after = chance.randrange(max(0, held - MOST_AGAIN), held + 2)
            batch = own.build_batch(min(after, own.find_end()), chance.randrange(MOST_AGAIN))
            answer = connection.send(EXCHANGE, ExchangeRequest(session.token, Push.of(batch)), ExchangeAnswer)
            held = answer.held or 0
            said.send(Acknowledgement("sent"))


def _schedule(path: Path, name: str, numbers: "count[int]", said: Connection) -> None:
    with Home.open(path) as home:
        while True:
            at, shift = START + TIME_PER_EVENT * home.log.head().position, f"{name}-{next(numbers)}"
            plan, act = Plan(at, at + TIME_PER_EVENT), Act(at, home.people.ensure_actor("lin"), at)
            try:
                home.desk.schedule_shift(shift, plan, [], act)
            except DomainError:
                continue
            said.send(Acknowledgement("rostered", shift))
