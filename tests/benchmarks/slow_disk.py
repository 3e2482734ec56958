"""A tap on a disk that takes its time: each synchronisation lasts 0, 5 and 20 ms longer than it does here.

A tap costs one synchronisation, that of its commit: the head beside the log costs none. Now and then the WAL is copied
into the database, which costs two more. The delay comes from a C library between the program and its files; without a
compiler there are no figures.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

from domain.clock import Reading, SimulatedClock
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.use_cases.check_in import Door
from domain.use_cases.kiosk_place import KioskPlace
from tests.benchmarks.bare import build_bare_insert
from tests.benchmarks.figures import Figure, measure_times_in_turn, quantile
from tests.benchmarks.taps import KIOSK, token_of
from tests.support.faulty_disk import COMPILER, FaultyDisk
from tests.support.history_generator import create_unit

HERE = Path(__file__).parents[2]
DELAYS = (0, 5, 20)
"""Milliseconds by which each synchronisation is slower."""
PEOPLE, TAPS = 200, 600
START = datetime(2026, 11, 20, 1, tzinfo=UTC)


def figures() -> Iterable[Figure]:
    """The median and the slowest of a hundred, for each delay."""
    if COMPILER is None:
        return
    for delay in DELAYS:
        raw, took = _measure_taps(delay)
        for share, limit in ((0.5, None), (0.99, 2)):
            name = f"tap, fsync {delay} ms slower, p{share * 100:.0f}"
            slow, bare = quantile(took, share) * 1e3, quantile(raw, share) * 1e3
            yield Figure(name, slow, "ms", None, "lower", bare, limit, quiet_only=True)


def _measure_taps(delay: int) -> list[list[float]]:
    """Seconds of each bare insert and of each tap, in turn, in a process of its own on the slow disk."""
    with TemporaryDirectory() as folder:
        with closing(create_sqlite_log(Path(folder) / "log.db", REGISTERED_NAMES)) as log:
            create_unit(log, PEOPLE, date(2026, 1, 5))
        environment = FaultyDisk(Path(folder)).environment(delay_us=delay * 1_000)
        command = [sys.executable, "-m", "tests.benchmarks.slow_disk", folder]
        said = run(command, env=environment, cwd=HERE, capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def _time_taps(folder: Path) -> list[list[float]]:
    with closing(open_sqlite_log(folder / "log.db", REGISTERED_NAMES)) as log:
        door = Door(log, KioskPlace(KIOSK), SimulatedClock())
        return measure_times_in_turn((build_bare_insert(folder / "raw.db"), partial(_tap, door, count())), TAPS)


def _tap(door: Door, numbers: Iterator[int]) -> None:
    number = next(numbers)
    at = START + timedelta(seconds=20 * number)
    door.record_tap(token_of(number % PEOPLE), KIOSK, reading=Reading(at, "simulated", "simulation", 0), recorded=at)


if __name__ == "__main__":
    print(json.dumps(_time_taps(Path(sys.argv[1]))))
