"""A backup while people tap, and a restore with its proof: the real commands, in processes of their own.

The taps are written by this process, fifty a second, as no door will ever see them.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from domain.clock import Reading
from kiosk.backups.folder import list_backups, read_description
from kiosk.home import Home
from kiosk.home_files import LOG_FILE
from tests.benchmarks.bare import scan_events
from tests.benchmarks.figures import Figure, measure_times, quantile
from tests.benchmarks.million import build_home, build_million_home

PROGRAM = Path(sys.executable).with_name("kiosk")
BETWEEN_TAPS = 0.02
"""Seconds."""
RESTORED_DAYS = 382
"""Working days in the home that is restored: just over 300,000 events."""
ROUNDS = 2
TODAY = datetime(2026, 11, 20, tzinfo=UTC)


def figures() -> Iterable[Figure]:
    """How long a backup takes and whom it keeps waiting; how long until a lost home stands again."""
    with TemporaryDirectory() as folder:
        yield from _measure_backups(build_million_home(), Path(folder) / "backups")
    with TemporaryDirectory() as folder:
        yield _measure_restore(build_home(Path(folder) / "home", RESTORED_DAYS), Path(folder))


def _measure_backups(home: Path, where: Path) -> Iterator[Figure]:
    with Home.open(home) as door:
        quiet = list(_time_taps(door, 0, seconds=2))
        rounds = [_time_backup(door, where, 1_000 * (number + 1)) for number in range(ROUNDS)]
        events = read_description(list_backups(where)[-1]).position
        best = min(took for took, _ in rounds)
        waits = [wait for _, taps in rounds for wait in taps]
        bare = _measure_scan(home)
        title = f"backup of {events:,} events, proved, while people tap"
        yield Figure(title, best, "s", None, "lower", bare, 15, quiet_only=True)
        name = "tap while a backup is made"
        yield Figure(f"{name}, p50", quantile(waits, 0.5) * 1e3, "ms", None, "lower", quantile(quiet, 0.5) * 1e3)
        title, alone = f"{name}, the longest of {len(waits)}", max(quiet) * 1e3
        yield Figure(title, max(waits) * 1e3, "ms", None, "lower", alone, 50, quiet_only=True)


def _time_backup(door: Home, where: Path, first: int) -> tuple[float, list[float]]:
    """Seconds that the backup took, and those of each tap meanwhile."""
    began, command = perf_counter(), [str(PROGRAM), "backup", str(where), "--home", str(door.path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as backup:
        waits = list(_time_taps(door, first, until=backup))
    assert backup.returncode == 0
    return perf_counter() - began, waits


def _time_taps(
    door: Home, first: int, *, seconds: float = 60, until: "subprocess.Popen[bytes] | None" = None
) -> Iterator[float]:
    """A card that nobody knows, again and again: seconds until each is durable."""
    end, number = perf_counter() + seconds, first
    while perf_counter() < end:
        began, at = perf_counter(), TODAY + timedelta(seconds=number)
        door.door.record_tap("f" * 32, "door", reading=Reading(at, "simulated", "simulation", 0), recorded=at)
        yield perf_counter() - began
        number += 1
        if until is None:
            sleep(BETWEEN_TAPS)
            continue
        with suppress(subprocess.TimeoutExpired):
            until.wait(BETWEEN_TAPS)
            return


def _measure_restore(home: Path, folder: Path) -> Figure:
    subprocess.run(
        [str(PROGRAM), "backup", str(folder / "backups"), "--home", str(home)], check=True, capture_output=True
    )
    (backup,) = list_backups(folder / "backups")
    command = [str(PROGRAM), "restore", str(backup), "--to", str(folder / "restored")]
    began = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    took = perf_counter() - began
    title = f"restore of {read_description(backup).position:,} events, proved"
    return Figure(title, took, "s", None, "lower", _measure_scan(home), 60, quiet_only=True)


def _measure_scan(home: Path) -> float:
    """Seconds in which SQLite alone reads the log."""
    return min(measure_times(lambda: scan_events(home / LOG_FILE), ROUNDS))
