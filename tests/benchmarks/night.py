"""The nightly job of a tenth of a city: 7,623 volunteers, 578 duties and some 1,100 taps that day, also a year later.

The sizes are those of Taipei in a year: 76,230 volunteers, 4,338,305 hours in duties of three hours, on 250 working
days. `python -m tests.benchmarks.night city` runs it whole, which takes half an hour. The volunteers of a day
come in no order, as in life: in the order in which they were enrolled they are neighbours in tables and indexes.
"""

import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from uuid import UUID

from domain.act import Act
from domain.ids import SYSTEM
from domain.log.event_log import EventLog
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.spans import second
from domain.use_cases.nightly import NightlyJob
from domain.use_cases.unit_rules import UnitRules
from kiosk.backups.heads.comparison import demand_whole_log
from kiosk.people_check import PeopleVerdict
from projections.engine.night_views import NightViews
from projections.read_models.day_findings import collect_findings
from tests.benchmarks.figures import Figure, format_table
from tests.support.history_generator import create_unit, generate_days, working_days

VOLUNTEERS, DUTIES_A_DAY = 7_623, 578
CITY = 10
"""How many times so large the whole city is."""
FIRST_DAY = date(2025, 11, 3)
DAYS_BEHIND = 250
SEED = 1
SMALL_LOG = 25_000
"""Events that each night verifies from the first on, of a log of this scale."""


def figures(scale: int = 1) -> Iterable[Figure]:
    """A day is settled by a process that does nothing else: the second day of the log, then one after a year."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        days = working_days(FIRST_DAY, DAYS_BEHIND + 2)
        with closing(create_sqlite_log(home / "log.db", REGISTERED_NAMES)) as log:
            ids = create_unit(log, VOLUNTEERS * scale, FIRST_DAY)
            Random(SEED).shuffle(ids)  # noqa: S311 - a repeatable order, not a secret
            first, _ = _run_night(home, log, ids, days[:2], scale)
            took, megabytes = _run_night(home, log, ids, days[2:], scale)
        yield Figure("night of a city with two days behind it", first, "s")
        yield Figure(f"night of a city with {DAYS_BEHIND} days", took, "s", None, "lower", first, ratio_limit=2)
        yield Figure("night of a city, memory", megabytes, "MB", 500, "lower")


def _run_night(home: Path, log: EventLog, ids: list[UUID], days: Sequence[date], scale: int) -> tuple[float, float]:
    """All but the last of some days pass, and are verified; the CPU seconds and megabytes of the night of the last.

    The night before has settled its day, and raised the cases of all days before it.
    """
    *before, last = days
    generate_days(log, ids, before, DUTIES_A_DAY * scale)
    with NightViews(log, home / "night.db") as views:
        views.prove(None, second(_morning_after(before[-1])))
        digest, _ = _settle(log, views, before[-1])
    demand_whole_log(log, home, PeopleVerdict, small=log.head().position)
    generate_days(log, ids, [last], DUTIES_A_DAY * scale)
    command = [sys.executable, "-m", "tests.benchmarks.night", str(home), digest, last.isoformat(), str(scale)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seconds, megabytes = map(float, said.split())
    return seconds, megabytes


def _morning_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def time_reconciliation(home: Path, digest: str, day: date, scale: int) -> float:
    """Verify the log and settle the day, from the views of the night before; how many CPU seconds it took."""
    began, morning = process_time(), _morning_after(day)
    with (
        closing(open_sqlite_log(home / "log.db", REGISTERED_NAMES)) as log,
        NightViews(log, home / "night.db") as views,
    ):
        demand_whole_log(log, home, PeopleVerdict, small=SMALL_LOG * scale)
        views.prove(digest, second(morning))
        _, duties = _settle(log, views, day)
        assert duties == DUTIES_A_DAY * scale
    return process_time() - began


def _settle(log: EventLog, views: NightViews, day: date) -> tuple[str, int]:
    """Reconcile a day; the digest of the views that the next night goes on from, and how many duties it had."""
    found = collect_findings(views, day, UnitRules(log).load().policies)
    digest, morning = views.compute_digest(), _morning_after(day)
    settled = NightlyJob(log).reconcile(day, replace(found, views_digest=digest), Act(morning, SYSTEM, morning))
    return digest, settled.totals["duties"]


def read_peak_memory() -> float:
    """Megabytes that this process ever held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    if sys.argv[1] == "city":
        print(format_table(figures(CITY)))
    else:
        took = time_reconciliation(Path(sys.argv[1]), sys.argv[2], date.fromisoformat(sys.argv[3]), int(sys.argv[4]))
        print(took, read_peak_memory())
