"""The hub: taking batches beside a bare insert, all kiosks of a city back at once, one tap up to the
roster, and a new card down to a kiosk.

The kiosks of the second stand in this process, over HTTP: they take their time from the same cores. Quiet machine only.
"""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from domain.log.source_messages import SourceBatch
from domain.model.card import Card
from domain.use_cases.source_intake import SourceIntake
from kiosk.home import Home
from kiosk.home_log import plan_store
from kiosk.hub.log_watch import POLL_SECONDS
from kiosk.joined_home.unit_copy import UnitCopy
from kiosk.roster.source import HomeRosterSource
from kiosk.sync.hub_connection import ANSWER_SECONDS
from kiosk.sync.retry import JitterBackoff
from kiosk.wire_protocol.messages import LONGEST_WAIT
from tests.benchmarks.figures import Figure, measure_times_in_turn, quantile
from tests.support.hub_client import HubAddress, JoinedKiosk, Refused, join_kiosk, serve_hub_of
from tests.support.log_stores import build_unit_store
from tests.support.postgresql_server import OWNER, PostgreSQLServer, find_programs
from tests.support.source_doors import ACT, SourceDoor, open_hub

A = TypeVar("A")
VOLUNTEER = uuid4()
BATCHES, BATCH = 20, 500
PEOPLE = [uuid4() for _ in range(BATCH // 2)]
"""Who tap at each kiosk: in and out."""
KIOSKS, TAPS = (1_193 if os.environ.get("KIOSK_FAULTS") == "long" else 119), 200
"""A city whose kiosks were all away for a crowded day; a tenth of it unless asked for."""
SINGLE_TAPS, CARDS = 300, 50
BARE_TABLE = """
CREATE TABLE bare (unit_no integer, position bigint, originator_id uuid, originator_version bigint, topic text,
    state bytea, chain bytea, PRIMARY KEY (unit_no, position), UNIQUE (unit_no, originator_id, originator_version));
GRANT INSERT ON bare TO kiosk_writer
"""
SERVING = """
SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
BARE_INSERT = "INSERT INTO bare VALUES (1, %b, %b, %b, %b, %b, %b)"


def figures() -> Iterable[Figure]:
    """Nothing where no server is packed for this machine."""
    if find_programs() is None:
        return
    server = PostgreSQLServer.make()
    try:
        with TemporaryDirectory() as folder:
            rate = yield from _measure_ingest(Path(folder), server)
            yield from _measure_city(Path(folder) / "units", server, rate)
            yield from _measure_tap(Path(folder), server)
            yield from _measure_card(Path(folder))
    finally:
        server.remove()


# --- Batches ---


def _measure_ingest(folder: Path, server: PostgreSQLServer) -> Generator[Figure, None, float]:
    """At its end: events a second that one hub takes in batches, by the clock."""
    doors = [SourceDoor(f"side {number}", people=PEOPLE) for number in range(BATCHES)]
    for door in doors:
        door.tap(BATCH)
    batches = [door.build_batch() for door in doors]
    server.execute(BARE_TABLE, OWNER)
    with psycopg.connect(server.address) as bare, open_hub(build_unit_store(folder, server.address)) as hub:
        for door in doors:
            hub.intake.join(door.kiosk, door.log_id, door.key.public, (), ACT)
        waiting = iter(batches)
        ways = (_build_bare(bare, batches), lambda: hub.intake.take(next(waiting)))
        for insert in ways:
            insert()
        gc.freeze()  # else one of the ways pays for a search for garbage through all that was made before
        bare_busy, busy, bare_took, took = _measure_in_turn(server, *ways)
    title, bare_rate = "batches of 500 into PostgreSQL, a core of hub and server", BATCH / bare_busy
    yield Figure("bare rows of 500 events, one by one in a transaction, a core", bare_rate, "events/s")
    yield Figure(title, BATCH / busy, "events/s", reference=bare_rate, ratio_limit=0.6)
    yield Figure("the same, by the clock", BATCH / took, "events/s", reference=BATCH / bare_took)
    return BATCH / took


def _measure_in_turn(server: PostgreSQLServer, *ways: Callable[[], object]) -> list[float]:
    """Seconds of processor time that each way takes on average, then of the clock: a busy minute slows all of them."""
    busy, took = [0.0 for _ in ways], [0.0 for _ in ways]
    for _ in range(BATCHES - 1):
        for index, insert in enumerate(ways):
            served, own, began = _measure_served(server), time.process_time(), perf_counter()
            insert()
            took[index] += perf_counter() - began
            busy[index] += time.process_time() - own + _measure_served(server) - served
    return [seconds / (BATCHES - 1) for seconds in (*busy, *took)]


def _measure_served(server: PostgreSQLServer) -> float:
    """Seconds of processor time of what the server does for its clients."""
    pids = chain.from_iterable(server.execute(SERVING))
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9


def _build_bare(connection: psycopg.Connection, batches: Iterable[SourceBatch]) -> Callable[[], object]:
    """The same rows, a transaction for each batch, with the same keys; nothing is checked, chained or kept beside."""
    waiting, position = iter(batches), count(1)

    def insert() -> None:
        rows = [(next(position), *row, bytes(32)) for row in next(waiting).rows]
        with connection.cursor() as cursor:
            cursor.executemany(BARE_INSERT, rows)
        connection.commit()

    return insert


# --- A city ---


def _measure_city(folder: Path, server: PostgreSQLServer, rate: float) -> Iterator[Figure]:
    folder.mkdir(mode=0o700)
    doors = [_make_unit(folder, f"unit-{number}", server) for number in range(KIOSKS)]
    with _run_hub(folder) as port, ThreadPoolExecutor(KIOSKS) as threads:
        began = perf_counter()
        waits = [*threads.map(lambda found: _send_all(port, *found), doors)]
        took = perf_counter() - began
    events = KIOSKS * TAPS
    yield Figure(f"{KIOSKS:,} kiosks with {TAPS} taps each are all in", took, "s")
    yield Figure("the same, the kiosk that waited longest", max(waits), "s")
    title = "the same, beside batches of 500"
    yield Figure(title, events / took, "events/s", None, "higher", rate, 0.2, quiet_only=True)


def _make_unit(folder: Path, name: str, server: PostgreSQLServer) -> tuple[str, SourceDoor, SourceBatch]:
    Home.make(folder / name, simulation=False, store=plan_store(server.address))
    door = SourceDoor("side", hash(name), PEOPLE[: TAPS // 2])
    door.tap(TAPS)
    with Home.open(folder / name) as home:
        SourceIntake(home.log, home.clock).join(door.kiosk, door.log_id, door.key.public, (), ACT)
    return name, door, door.build_batch()


@contextmanager
def _run_hub(folder: Path) -> Generator[int]:
    words = [Path(sys.executable).with_name("kiosk"), "hub", "--units", folder, "--port", "0"]
    with subprocess.Popen([*map(str, words)], stdout=subprocess.PIPE, text=True) as hub:
        assert hub.stdout
        said = hub.stdout.readline()
        port = urlsplit(next(word for word in said.split() if word.startswith("http"))).port
        assert port
        try:
            yield port
        finally:
            hub.terminate()


def _send_all(port: int, unit: str, door: SourceDoor, batch: SourceBatch) -> float:
    """Greet and send, and try again as a kiosk does; the seconds that it took."""
    kiosk = JoinedKiosk(HubAddress("127.0.0.1", port, f"{unit}.localhost:{port}", ANSWER_SECONDS), door)
    began = perf_counter()
    _insist(kiosk.greet)
    assert _insist(lambda: kiosk.exchange(batch)).held == TAPS
    return perf_counter() - began


def _insist(ask: Callable[[], A]) -> A:
    backoff = JitterBackoff()
    while True:
        try:
            return ask()
        except Refused as refused:
            if refused.refusal.code != "busy":
                raise
            pause = backoff.record_busy(refused.refusal.wait_seconds or 0.0)
        except (ConnectionError, TimeoutError):
            pause = backoff.record_failure()
        time.sleep(pause.seconds)


# --- One tap ---


def _measure_tap(folder: Path, server: PostgreSQLServer) -> Iterator[Figure]:
    Home.make(folder / "one", simulation=True, store=plan_store(server.address))
    door = SourceDoor("side")
    door.tap(SINGLE_TAPS)
    with Home.open(folder / "one") as home, Home.open(folder / "one") as desk, serve_hub_of(home) as hub:
        kiosk, roster = join_kiosk(home, hub, door), HomeRosterSource(desk)
        roster.poll()
        batches = iter([door.build_batch(number, number + 1) for number in range(SINGLE_TAPS)])

        def tap() -> None:
            kiosk.exchange(next(batches))
            assert roster.poll()

        bare, took = measure_times_in_turn((kiosk.pull, tap), SINGLE_TAPS)
    for share, limit in ((0.5, None), (0.99, 10)):
        name, alone = f"a tap sent, taken, on the roster, p{share * 100:.0f}", quantile(bare, share) * 1e3
        yield Figure(name, quantile(took, share) * 1e3, "ms", None, "lower", alone, limit, quiet_only=True)


# --- One card ---


def _measure_card(folder: Path) -> Iterator[Figure]:
    """Issued at the desk while the kiosk waits for news; over the home of the taps before."""
    copied = folder / "copy"
    copied.mkdir(mode=0o700)
    UnitCopy.create(copied)
    with (
        Home.open(folder / "one") as home,
        Home.open(folder / "one") as desk,
        serve_hub_of(home) as hub,
        closing(UnitCopy.open(copied)) as copy,
        ThreadPoolExecutor(1) as thread,
    ):
        kiosk = join_kiosk(home, hub, SourceDoor("back door", 1))
        end = home.log.head().position
        while kiosk.cursor.after < end:
            copy.apply(copy.cursor, found := kiosk.pull(), is_complete=found.upto == end)

        def fetch() -> float:
            copy.apply(copy.cursor, kiosk.pull(wait=LONGEST_WAIT), is_complete=True)
            return perf_counter()

        took = list[float]()
        for card in range(CARDS):
            waiting = thread.submit(fetch)
            time.sleep(0.2 + card * 0.003)  # the end of the log is read ten times a second: at any instant between
            began = perf_counter()
            desk.log.append(Card.issue(f"{card:032x}", "A", VOLUNTEER, ACT))
            took.append(waiting.result() - began)
        assert copy.cursor.upto == home.log.head().position
    for share in (0.5, 1):
        name = f"a card issued at the desk, in the copy of a kiosk, p{share * 100:.0f}"
        yield Figure(name, quantile(took, share) * 1e3, "ms", None, "lower", POLL_SECONDS * 1e3, 10, quiet_only=True)
