"""The nightly job of a whole city in one home: 76,230 volunteers, 5,784 duties and some 11,000 taps that day.

The sizes are Taipei's of one year: 4,338,305 hours in duties of three hours, on 250 working days.
"""

import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from domain.act import Act
from domain.ids import SYSTEM
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.spans import second
from domain.use_cases.nightly import NightlyJob
from domain.use_cases.unit_rules import UnitRules
from projections.engine.night_views import NightViews
from projections.read_models.day_totals import collect_findings
from tests.benchmarks.figures import Figure
from tests.support.history_generator import create_unit, generate_days, working_days

VOLUNTEERS, DUTIES_A_DAY = 76_230, 5_784
FIRST_DAY = date(2026, 11, 2)
MORNING_BEFORE, MORNING_AFTER = datetime(2026, 11, 3, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC)


def figures() -> Iterable[Figure]:
    """The second day of the city is settled, by a process that does nothing else."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        with closing(create_sqlite_log(home / "log.db", REGISTERED_NAMES)) as log:
            ids = create_unit(log, VOLUNTEERS, FIRST_DAY)
            first, second_day = working_days(FIRST_DAY, 2)
            generate_days(log, ids, [first], DUTIES_A_DAY)
            with NightViews(log, home / "night.db") as views:
                views.prove(None, second(MORNING_BEFORE))
                digest = views.compute_digest()
            generate_days(log, ids, [second_day], DUTIES_A_DAY)
        command = [sys.executable, "-m", "tests.benchmarks.night", str(home), digest]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seconds, megabytes = map(float, told.split())
    yield Figure("night of a city, its chain proved", seconds, "s", 10, "lower")
    yield Figure("night of a city, memory", megabytes, "MB", 500, "lower")


def time_reconciliation(home: Path, digest: str) -> float:
    """Prove the log and settle the day, from the views of the night before; how many seconds it took."""
    day = working_days(FIRST_DAY, 2)[1]
    began = perf_counter()
    with (
        closing(open_sqlite_log(home / "log.db", REGISTERED_NAMES)) as log,
        NightViews(log, home / "night.db") as views,
    ):
        assert log.verify().whole
        views.prove(digest, second(MORNING_AFTER))
        found = collect_findings(views, day, UnitRules(log).load().policies.on(day.toordinal()))
        found = replace(found, views_digest=views.compute_digest())
        settled = NightlyJob(log).reconcile(day, found, Act(MORNING_AFTER, SYSTEM, MORNING_AFTER))
        assert settled.totals["duties"] == DUTIES_A_DAY
    return perf_counter() - began


def read_peak_memory() -> float:
    """Megabytes that this process ever held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    print(time_reconciliation(Path(sys.argv[1]), sys.argv[2]), read_peak_memory())
