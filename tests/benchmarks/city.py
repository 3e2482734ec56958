"""A tenth of a city with a year behind it, as a home: the memory of its hours.

`python -m tests.benchmarks.city` runs the whole city, 6,000,000 events, which takes half an hour of a core that has
nothing else to do, and says besides what a rebuild, a question about the past and a tap cost there.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from domain.clock import Reading
from domain.log.gc_pause import freeze_loaded_objects
from domain.spans import Second, second
from kiosk.home import Home
from kiosk.people.volunteers import Details
from kiosk.standing_home import note_opened
from projections.engine.as_of import views_as_of
from projections.engine.new_views import build
from projections.engine.views import Views
from projections.read_models.hours import list_hours
from tests.benchmarks.bare import build_bare_insert, scan_events
from tests.benchmarks.figures import Figure, format_table, measure_times_in_turn
from tests.benchmarks.taps import build_tap_figures, token_of
from tests.support.history_generator import create_unit, generate_days, volunteer_number, working_days

VOLUNTEERS, DUTIES_A_DAY, DAYS = 7_623, 578, 250
FIRST_DAY = date(2025, 11, 3)
CITY = 10
"""How many times so large the whole city is."""
TAPS = 2_000
"""Timed, each of another person."""


def figures(scale: int = 1) -> Iterable[Figure]:
    """What `kiosk hours` holds at most, of the sums of each volunteer and month; of the whole city the rest, too."""
    with TemporaryDirectory() as folder:
        home = build_city_home(Path(folder) / "home", scale)
        yield _measure_hours(home)
        if scale == CITY:
            yield from measure_large_log(home)


def _measure_hours(home: Path) -> Figure:
    command = ["hours", "--by", "month", "--format", "json", "--home", str(home)]
    program = [sys.executable, "-c", "from kiosk.cli.program import main; main()"]
    measure = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
    measure += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    said = subprocess.run(
        [sys.executable, "-c", measure, *program, *command], capture_output=True, text=True, check=True
    ).stdout
    return Figure("hours by month of a city, memory", int(said) / 1024, "MB", 150, "lower")


def build_city_home(path: Path, scale: int) -> Path:
    """The home, whose read models stand at the end of its log."""
    Home.make(path, simulation=True).close()
    with Home.open(path) as home:
        ids = create_unit(home.log, VOLUNTEERS * scale, FIRST_DAY)
        home.people.stop_flushing()
        for index, who in enumerate(ids):
            home.people.register(volunteer_number(index), who, Details(None))
        generate_days(home.log, ids, working_days(FIRST_DAY, DAYS), DUTIES_A_DAY * scale)
        home.views.catch_up()
        note_opened(home)
    return path


# --- What may not grow faster than the log ---


def measure_large_log(path: Path) -> Iterator[Figure]:
    """A rebuild beside the bare scan, the last day but one as it was known, taps beside a bare insert."""
    with Home.open(path) as home:
        home.views.catch_up()
        events = home.log.head().position
        scan = _measure_cpu(lambda: scan_events(path / "log.db"))
        built = _measure_cpu(lambda: build(home.log, path / "rebuilt.db"))
        rates = f"rebuild every view of {events:,} events, CPU"
        yield Figure(rates, events / built, "events/s", reference=events / scan, ratio_limit=0.10)
        last = working_days(FIRST_DAY, DAYS)[-1]
        at = second(datetime.combine(last, time(), UTC))
        past = _measure_cpu(lambda: _sum_hours_as_of(home, at, None))
        over = _measure_cpu(lambda: _sum_hours_as_of(home, at, home.views))
        yield Figure("hours as of the last day but one of a city, CPU", over, "s", None, "lower", past, 0.05)
        yield from measure_taps(home, last)


def _sum_hours_as_of(home: Home, at: Second, live: Views | None) -> None:
    with views_as_of(home.log, at, live=live) as views:
        assert sum(row.minutes for row in list_hours(views)) > 0


def _measure_cpu(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def measure_taps(home: Home, last: date) -> Iterator[Figure]:
    """Everybody's first tap of the day after the last, once the disk has what the rebuild wrote."""
    day = last + timedelta(days=1)
    for index in range(TAPS):
        home.door.read_ahead(token_of(index), day)  # as the entrance does while nobody taps
    home.log.probe()
    os.sync()
    freeze_loaded_objects()  # as the entrance does both
    at = datetime.combine(day, time(1), UTC)
    works = (build_bare_insert(home.path / "raw.db"), partial(_tap, home, count(), at))
    raw, took = measure_times_in_turn(works, TAPS)
    yield from build_tap_figures(f"tap at {home.log.head().position:,} events", took, raw)


def _tap(home: Home, indices: Iterator[int], at: datetime) -> None:
    index = next(indices)
    seen = at + timedelta(seconds=2 * index)
    reading = Reading(seen, "simulated", "simulation", 0)
    answer = home.door.record_tap(token_of(index), "entrance", reading=reading, recorded=seen)
    assert answer.outcome == "checked_in", answer


if __name__ == "__main__":
    print(format_table(figures(CITY)))
