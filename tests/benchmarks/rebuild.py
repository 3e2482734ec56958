"""Every view built anew from a log of years, what memory that takes, and what one late fact costs afterwards.

Run as a program with a log, it says what the memory of a build has grown to after a short and after a long one.
"""

import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

from domain.clock import Reading
from domain.log.event_log import EventLog
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.model.attendance import Attendance, CardReadAtKiosk
from domain.spans import instant
from projections.engine import recompute
from projections.engine.day_digests import DAY_MASK, Run, VolunteerDay
from projections.engine.new_views import build
from projections.engine.views import Views
from tests.benchmarks.bare import scan_events
from tests.benchmarks.figures import Figure, measure_in_turn, measure_times
from tests.support.history_generator import create_unit, generate_days, working_days

VOLUNTEERS, DAYS, DUTIES_A_DAY = 400, 500, 110
"""216,000 events."""
SHORT, LONG = 50_000, 200_000
"""Events of the two builds whose memory is compared."""
LATE_BY = 86_400 * 100
"""Seconds: a kiosk that was offline for a hundred days."""
FIRST_DAY = date(2024, 1, 2)
OTHER_RULES = (
    ("(volunteer + day) % 10 = 0", "evaluate every day, a tenth comes out otherwise", 0.25),
    ("true", "evaluate every day, all come out otherwise", None),
)
"""The days of which other rules say something else. Nearly every change of a rule concerns few of them."""


def figures() -> Iterable[Figure]:
    """The rebuild beside the bare scan of the same log, then the late fact."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.db"
        with closing(create_sqlite_log(path, REGISTERED_NAMES)) as log:
            ids = create_unit(log, VOLUNTEERS, FIRST_DAY)
            generate_days(log, ids, working_days(FIRST_DAY, DAYS), DUTIES_A_DAY)
            bare = partial(scan_events, path)
            rate, reference = measure_in_turn(partial(_rebuild_views, log, path), bare)
            yield Figure("bare scan into tuples", reference, "events/s")
            yield Figure("rebuild every view", rate, "events/s", reference=reference, ratio_limit=0.10)
            for differing, name, limit in OTHER_RULES:
                rate, reference = measure_in_turn(partial(evaluate_anew, log, path, differing), bare)
                yield Figure(name, rate, "events/s", reference=reference, ratio_limit=limit)
            name = f"rebuild, memory grown from {SHORT:,} to {LONG:,} events"
            yield Figure(name, _measure_memory_growth(path), "MB", 32, "lower")
            yield from _measure_late_fact(log, path.with_name("views.db"), ids[0])


def _rebuild_views(log: EventLog, path: Path) -> int:
    views = path.with_name("rebuilt.db")
    views.unlink(missing_ok=True)
    build(log, views)
    return log.head().position


def evaluate_anew(log: EventLog, path: Path, differing: str) -> int:
    """`differing`: the days, as a condition of SQL, of which the rules of before had other results."""
    with Views(log, path.with_name("rebuilt.db")) as views:
        views.catch_up()
        list(views.rows("UPDATE state SET evaluation = evaluation - 1"))
        list(views.rows(f"UPDATE digests SET digest = digest + 1 WHERE {differing}"))
        views.catch_up()
    return log.head().position


# --- Memory ----------------------------------------------------------------------------------


def _measure_memory_growth(path: Path) -> float:
    """Megabytes by which the peak of a process grows when it builds four times as much."""
    command = [sys.executable, "-m", __name__, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    short, long = map(int, said.split())
    return (long - short) / 1024


def _measure_peaks(path: Path) -> Iterator[int]:
    """Peak of resident memory, in kilobytes, after each build."""
    with closing(open_sqlite_log(path, REGISTERED_NAMES)) as log:
        for upto in (SHORT, LONG):
            with TemporaryDirectory() as folder:
                build(log, Path(folder) / "views.db", upto=upto)
            yield _read_peak()


def _read_peak() -> int:
    """Since this program began; what the system says of a child begins with its parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


# --- A late fact -----------------------------------------------------------------------------


def _measure_late_fact(log: EventLog, path: Path, who: UUID) -> Iterator[Figure]:
    """A tap of long ago arrives: what is reckoned again, and how long until a query finds its visit."""
    with Views(log, path) as views:
        (built,) = measure_times(views.catch_up, 1)
        at = views.evaluated_at - LATE_BY
        key = views.find_key(who)
        with _record_evaluated_days() as reckoned:
            began = perf_counter()
            _append_late_tap(log, who, at)
            views.catch_up()
            seen = list(views.rows("SELECT 1 FROM visits WHERE volunteer = ? AND check_in = ?", (key, at)))
            took = perf_counter() - began
        assert seen, "the late fact is not in the views"
        yield Figure("a late fact: volunteer-days derived again", len(reckoned), "days", 1, "lower")
        title = "a late fact: until it is seen, beside a rebuild"
        yield Figure(title, took * 1e3, "ms", None, "lower", built * 1e3, 0.1)


def _append_late_tap(log: EventLog, who: UUID, at: int) -> None:
    day = instant(at).date()
    stream = Attendance.of(who, day, "gate")
    reading = Reading(instant(at), "simulated", "simulation", 0)
    stream.record("checked_in", who, CardReadAtKiosk("0" * 32, "gate", "gate", None, 1, reading), instant(at + LATE_BY))
    log.append(stream)


@contextmanager
def _record_evaluated_days() -> Generator[list[int]]:
    """The days that are evaluated meanwhile, with those that belong to them."""
    days: list[int] = []
    separate_runs = recompute.separate_runs

    def record(cells: list[int], linked: set[VolunteerDay]) -> tuple[list[int], list[Run]]:
        alone, runs = separate_runs(cells, linked)
        days.extend([cell & DAY_MASK for cell in alone])
        days.extend(day for _, first, last in runs for day in range(first, last + 1))
        return alone, runs

    recompute.separate_runs = record
    try:
        yield days
    finally:
        recompute.separate_runs = separate_runs


if __name__ == "__main__":
    print(*_measure_peaks(Path(sys.argv[1])))
