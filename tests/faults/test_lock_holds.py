"""People tap while the whole log is walked: no walk holds the writer's lock long enough to delay a tap."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from domain.act import Act
from domain.errors import UnitAlreadyOpen
from domain.ids import SYSTEM
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.log.writer_lock import LOCK_TIMEOUT
from domain.model.refused_commands import RefusedCommands
from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.faults.tap_process import STORAGE_TROUBLE, TapProcess
from tests.support.forked_process import ForkedProcess
from tests.support.home_entrance import ANNS_CARD_NUMBER, LANS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import KIOSK, run_kiosk, write_batch

EVENTS = 100_000 if LONG else 3_000
WALKS = (("verify",), ("replay",), ("backup",), ("restore", "--drill"), ("reconcile",), ("status",))
ACT = Act(datetime(2026, 11, 18, tzinfo=UTC), SYSTEM, datetime(2026, 11, 18, tzinfo=UTC))
MINUTES = count()
"""Into the morning: each tap comes a minute after the one before."""
PAUSE = 0.000_2
"""Seconds between two looks at the lock."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose log is long."""
    folder = tmp_path_factory.mktemp("walked")
    path = folder / "home"
    Home.make(path, simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "office", *OFFICE_LINES), "--home", path).status == 0
    refusals = RefusedCommands.of(date(2026, 11, 18))
    with closing(open_sqlite_log(path / "log.db", REGISTERED_NAMES)) as log:
        for _ in range(EVENTS // 1_000):
            for _ in range(1_000):
                refusals.refuse("open_unit", UnitAlreadyOpen("清水戶政事務所"), ACT)
            log.append(refusals)
    assert run_kiosk("backup", "--home", path).status == 0
    return path


@contextmanager
def watch_lock(lock: Path) -> Iterator[list[float]]:
    """How long, in seconds, the writer's lock was held each time that it was found to be."""
    holds, done = [0.0], Event()

    def watch() -> None:
        file, since = os.open(lock, os.O_RDONLY), None
        while not done.is_set():
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                fcntl.flock(file, fcntl.LOCK_UN)
                holds.extend([monotonic() - since] if since else [])
                since = None
            except BlockingIOError:
                since = since or monotonic()
            sleep(PAUSE)
        os.close(file)

    thread = Thread(target=watch)
    thread.start()
    try:
        yield holds
    finally:
        done.set()
        thread.join()


def start(walk: tuple[str, ...], home: Path) -> ForkedProcess:
    with Path(os.devnull).open("r+b") as nothing:
        return ForkedProcess([str(KIOSK), *walk, "--home", str(home)], (nothing.fileno(),) * 3, os.environ)


@pytest.mark.parametrize("walk", WALKS if LONG else WALKS[:1], ids=" ".join)
def test_no_walk_holds_the_lock_long_enough_to_delay_a_tap(home: Path, walk: tuple[str, ...]) -> None:
    with watch_lock(home / "log.db.lock") as holds:
        began = monotonic()
        assert start(walk, home).wait(600) == 0
        took = monotonic() - began
    with TapProcess(home, dict(os.environ)) as door:
        alone = [tap(door, next(MINUTES)) for _ in range(10)]
        walking, during = start(walk, home), [0.0]
        while walking.poll() is None:
            during.append(tap(door, next(MINUTES)))
    longest, taps = max(holds), len(during) - 1
    remark = (
        f"{took:.1f} s; longest hold {longest * 1000:.1f} ms; "
        f"slowest tap {max(during) * 1000:.0f} ms, without it {max(alone) * 1000:.0f} ms"
    )
    ATTACK_RESULTS.append(
        AttackResult(f"{' '.join(walk)} of {EVENTS:,} events while people tap", taps, taps, 0, remark)
    )
    assert longest < LOCK_TIMEOUT / 2


def tap(door: TapProcess, minute: int) -> float:
    """Seconds until a tap was answered."""
    reply = door.tap((ANNS_CARD_NUMBER, LANS_CARD_NUMBER)[minute % 2], minute)
    assert reply.state != STORAGE_TROUBLE
    return reply.seconds
