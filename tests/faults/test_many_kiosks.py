"""kill -9 at any moment of a hub, of the server of its log, of kiosks, their sync programs and the desk.

What a kiosk or the desk was told is done is at the hub once, byte for byte, and no alarm is raised. With the guards
taken out the same test fails.
"""

import os
import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from datetime import date
from itertools import count, cycle
from pathlib import Path
from random import Random
from time import monotonic, sleep
from uuid import UUID

import psycopg
import pytest

from domain.log.event_log import EventLog
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.model.kiosk_register import KioskRegister
from domain.use_cases.source_intake import SourceIntake
from kiosk.accounts.join_codes import issue_join_code
from kiosk.desk.server import Place
from kiosk.home import Home
from kiosk.home_files import LOG_FILE
from kiosk.home_log import plan_store
from kiosk.joined_home.sync_state import load_sync_state
from kiosk.joined_home.unit_copy import UnitCopy
from kiosk.sync.join import JoinWish, join_hub
from tests.faults import hub_roles
from tests.faults.result_table import FAULT_RESULTS, LONG, FaultResult
from tests.faults.roles import POLL_SECONDS, Acknowledgement, is_stored
from tests.faults.workers import Work, Worker
from tests.support.history_generator import create_unit
from tests.support.hub_client import serve_hub_of
from tests.support.hub_site import syncing
from tests.support.postgresql_server import PostgreSQLServer, find_programs

pytestmark = pytest.mark.skipif(find_programs() is None, reason="PostgreSQL is not packed for this machine")
EVENTS = 50_000 if LONG else 200
"""At least so many are written by kiosks and desk."""
KIOSKS = 5 if LONG else 2
SEED = 20261128
"""Decides who dies next, and after how many taps."""
PAUSE = 120 if LONG else 25
"""Events between two kills, at most."""
LEAST_KILLS = 5
CRASHES = 0.1 if LONG else 0.25
"""How often the server crashes instead."""
UNGUARDED_EVENTS, UNGUARDED_SENDINGS = (200, 50) if LONG else (40, 10)
"""After so many something is wrong, where a guard is missing."""
SENDERS = (hub_roles.synchronise, hub_roles.send_again)
SECONDS_TO_SETTLE = 120.0
"""For all that was recorded to be at the hub, once nobody is killed any more."""
MANY = 10_000_000
"""More events than there are."""


class Site:
    """A unit with its log in a database, and the homes of kiosks that have joined its hub."""

    def __init__(self, folder: Path, address: str, kiosks: int) -> None:
        self.unit = folder / "unit"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        with Home.make(self.unit, simulation=True, store=plan_store(address)) as home:
            create_unit(home.log, hub_roles.PEOPLE, date(2026, 1, 5))
            with serve_hub_of(home, Place(port=self.port)):
                self.kiosks = [self._join(home, folder / f"kiosk-{number}") for number in range(kiosks)]
                self._copy_unit(home)

    def _join(self, home: Home, folder: Path) -> Path:
        code = issue_join_code(home, folder.name).code
        join_hub(folder, JoinWish(f"http://127.0.0.1:{self.port}", code, simulation=True))
        return folder

    def _copy_unit(self, home: Home) -> None:
        """Every kiosk knows every card."""
        end = home.log.head().position
        with ExitStack() as programs:
            for kiosk in self.kiosks:
                programs.enter_context(syncing(kiosk))
            wait_until(lambda: all(find_copied(kiosk) >= end for kiosk in self.kiosks), "not copied")


def find_copied(kiosk: Path) -> int:
    """How far a kiosk has copied the log of its unit."""
    with closing(UnitCopy.open(kiosk)) as copy:
        return copy.cursor.upto


class Crowd:
    """The processes of a site, and what they said."""

    def __init__(
        self,
        site: Site,
        serve: Work,
        desk: Work = hub_roles.work_at_desk,
        senders: tuple[Work, ...] = SENDERS,
    ) -> None:
        self._site = site
        self._chance = Random(SEED)  # noqa: S311 - replayable
        self._names = map(str, count())
        self._workers: list[tuple[Work, Path, Worker]] = []
        self.tapped: dict[Path, list[Acknowledgement]] = {kiosk: [] for kiosk in site.kiosks}
        self.rostered: list[Acknowledgement] = []
        self.sent, self.kills, self.crashes = 0, 0, 0
        self._start(serve, site.unit)
        self._start(desk, site.unit)
        for kiosk, send in zip(site.kiosks, cycle(senders), strict=False):
            self._start(hub_roles.tap, kiosk)
            self._start(send, kiosk)

    def disturb(self, server: PostgreSQLServer, events: int, pause: int) -> None:
        """Kill one or another, with so many events in between at most, until so many are acknowledged."""
        while (heard := self.hear()) < events or self.kills < LEAST_KILLS:
            more = heard + self._chance.randrange(pause)
            wait_until(lambda more=more: self.hear() >= more, "nothing is recorded")
            if self._chance.random() < CRASHES:
                crash(server, self._chance)
                self.crashes += 1
            else:
                self._kill_one()

    def settle(self) -> None:
        """Nobody records any more, and all that was recorded reaches the hub."""
        for role in (hub_roles.tap, hub_roles.work_at_desk, *SENDERS):
            self._stop(role)
        for kiosk in self._site.kiosks:
            self._start(hub_roles.synchronise, kiosk)
        ends = {log_id: len(rows) for log_id, rows in map(list_rows, self._site.kiosks)}
        with Home.open_to_read(self._site.unit) as home:
            held = home.log.sources.find_head
            wait_until(lambda: all(held(one).position >= end for one, end in ends.items()), "not all is at the hub")
        self.stop()

    def stop(self) -> None:
        """End them all."""
        for role, _, _ in [*self._workers]:
            self._stop(role)

    def hear(self) -> int:
        """What they have said meanwhile; how many events were acknowledged by now."""
        for _, home, worker in self._workers:
            self._note(home, worker.receive_pending())
        return sum(map(len, self.tapped.values())) + len(self.rostered)

    def _start(self, role: Work, home: Path) -> None:
        name = str(self._site.port) if role.__name__.startswith("serve") else next(self._names)
        self._workers.append((role, home, Worker(role, home, name)))

    def _kill_one(self) -> None:
        """kill -9; it is started again. A sync program may be followed by one that sends everything again."""
        role, home, worker = self._workers.pop(self._chance.randrange(len(self._workers)))
        self._note(home, worker.kill())
        self._start(self._chance.choice(SENDERS) if role in SENDERS else role, home)
        self.kills += 1

    def _stop(self, role: Work) -> None:
        for one in [one for one in self._workers if one[0] == role]:
            self._workers.remove(one)
            self._note(one[1], one[2].kill())

    def _note(self, home: Path, said: Iterable[Acknowledgement]) -> None:
        for word in said:
            if word.what == "tapped":
                self.tapped[home].append(word)
            elif word.what == "rostered":
                self.rostered.append(word)
            else:
                self.sent += word.what == "sent"


def crash(server: PostgreSQLServer, chance: Random) -> None:
    """The server ends as if its machine were switched off, or starts anew because one of its processes was killed."""
    sessions = server.execute("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'kiosk on %'")
    if sessions and chance.random() < 1 / 2:
        with suppress(ProcessLookupError):  # it has just ended by itself
            os.kill(int(str(chance.choice(sessions)[0])), signal.SIGKILL)
    else:
        server.stop("immediate")
        server.start()
    wait_until(lambda: does_answer(server), "the server is not there again")


def does_answer(server: PostgreSQLServer) -> bool:
    """Whether it runs again."""
    with suppress(psycopg.Error):
        return bool(server.execute("SELECT 1"))
    return False


def wait_until(condition: Callable[[], bool], failure: str) -> None:
    """As all tests do, for longer: thousands of events are under way."""
    deadline = monotonic() + SECONDS_TO_SETTLE
    while not condition():
        assert monotonic() < deadline, failure
        sleep(POLL_SECONDS)


# --- What is wrong in the end ----------------------------------------------------------------


def find_faults(site: Site, crowd: Crowd) -> Iterator[str]:
    """What is missing, twice or different at the hub, and alarms."""
    with Home.open_to_read(site.unit) as home:
        if not (verdict := home.log.verify()).whole:
            yield f"the chain of the hub: {verdict}"
            return
        yield from (f"missing: {one}" for one in crowd.rostered if not is_stored(home.log, one))
        raised = home.log.read_topic_lenient(KioskRegister.AlarmRaised.TOPIC)
        yield from (f"alarm: {entry.event}" for entry in raised)
        for kiosk, acknowledged in crowd.tapped.items():
            faults = find_faults_of(kiosk, acknowledged, home.log, SourceIntake(home.log, home.clock))
            yield from (f"{kiosk.name}: {fault}" for fault in faults)


def find_faults_of(
    kiosk: Path, acknowledged: list[Acknowledgement], hub: EventLog, intake: SourceIntake
) -> Iterator[str]:
    with closing(open_sqlite_log(kiosk / LOG_FILE, REGISTERED_NAMES)) as own:
        if not own.verify().whole:
            yield "its own chain"
        yield from (f"missing: {one}" for one in acknowledged if not is_stored(own, one))
        end = own.head()
    log_id, written = list_rows(kiosk)
    taken = [(one.stream, one.version, one.topic, one.state) for one in hub.sources.read_events(log_id, 0, MANY)]
    if missing := len({*written} - {*taken}):
        yield f"{missing} are not at the hub"
    if twice := len(taken) - len({*taken}):
        yield f"{twice} are there twice"
    if taken != written:
        yield "other rows than its own"
    if intake.verify(log_id) != (end.position, end, None, None):
        yield "its chain at the hub"
    if alarm := load_sync_state(kiosk).alarm:
        yield f"it knows of the alarm {alarm}"


def list_rows(path: Path) -> tuple[UUID, list[tuple[object, ...]]]:
    """The name and the events of the own log of a kiosk."""
    with closing(open_sqlite_log(path / LOG_FILE, REGISTERED_NAMES)) as log:
        return log.log_id, [row[1:] for row in log.read_rows(0, MANY)]


# --- The tests -------------------------------------------------------------------------------


def test_after_any_kill_every_tap_is_at_the_hub_once(postgresql: PostgreSQLServer, tmp_path: Path) -> None:
    site = Site(tmp_path, postgresql.address, KIOSKS)
    crowd = Crowd(site, hub_roles.serve)
    crowd.disturb(postgresql, EVENTS, PAUSE)
    crowd.settle()
    faults = [*find_faults(site, crowd)]
    tried, what = crowd.kills + crowd.crashes, f"kill -9 around a hub, {KIOSKS} kiosks and a desk"
    remark = f"{crowd.crashes} of the server; {crowd.sent} batches sent again"
    FAULT_RESULTS.append(FaultResult(what, tried, crowd.hear(), len(faults), remark))
    assert faults == []


GUARDS = {
    "what is known already": (
        (hub_roles.serve_without_skip, hub_roles.work_at_desk),
        ("kiosk.taken DROP CONSTRAINT taken_once", "kiosk.event DROP CONSTRAINT event_version"),
        "twice",
    ),
    "the lock of the writer": (
        (hub_roles.serve_without_lock, hub_roles.work_without_lock),
        ("kiosk.taken DROP CONSTRAINT taken_pkey", "kiosk.event DROP CONSTRAINT event_pkey"),
        "the chain of the hub",
    ),
}
"""What is taken out, in the programs and in the tables, and what is found then."""


@pytest.mark.parametrize("guard", GUARDS if LONG else [*GUARDS][:1])
def test_without_a_guard_the_same_finds_what_is_wrong(postgresql: PostgreSQLServer, tmp_path: Path, guard: str) -> None:
    roles, changes, fault = GUARDS[guard]
    name = f"unguarded_{len(fault)}"
    address = postgresql.add_database(name)
    for change in changes:
        with psycopg.connect(postgresql.build_address("postgres", name)) as owner:
            owner.execute(f"ALTER TABLE {change}".encode())
    site = Site(tmp_path, address, 1)
    crowd = Crowd(site, *roles, (hub_roles.send_again,))
    wait_until(lambda: crowd.hear() > UNGUARDED_EVENTS and crowd.sent > UNGUARDED_SENDINGS, "nothing is recorded")
    crowd.stop()
    assert any(fault in found for found in find_faults(site, crowd))
