"""How long a command takes from its start to its end, beside `kiosk --help`: CPU time of the whole process."""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory

from kiosk.home import Home
from kiosk.people.volunteers import Details
from kiosk.standing_home import note_opened
from tests.benchmarks.figures import Figure
from tests.support.history_generator import create_unit, generate_days, volunteer_number, working_days

VOLUNTEERS, DAYS, DUTIES_A_DAY = 100, 60, 20
FIRST_DAY = date(2026, 1, 5)
ROUNDS = 9
READS = (
    ["hours", "--by", "month"],
    ["duties", "--from", "2026-02-02", "--to", "2026-02-06"],
    ["absences"],
    ["pending"],
    ["presence"],
    ["visits", "--from", "2026-02-02", "--to", "2026-02-06"],
    ["exits"],
    ["volunteers"],
    ["explain", volunteer_number(0), "2026-01-09"],
    ["accesses"],
    ["awards"],
    ["month", "check", "2026-02"],
    ["event", "5"],
)
HELP = ["--help"]
INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed program is compiled; without this setting, this one is, in the first round."""


def figures() -> Iterable[Figure]:
    """The help of the program, reads of a home that stands as it was left, and what opens a home: its check, a tap."""
    with TemporaryDirectory() as folder:
        home, real = _make_home(Path(folder) / "home"), Path(folder) / "real"
        Home.make(real, simulation=False).close()
        reads = [[*command, "--home", str(home)] for command in READS]
        opening = [["status", "--home", str(home)], ["tap", "04A2B3C4D5E680", "--home", str(real)]]
        help_alone, *took = _measure([HELP, *reads, *opening])
        yield Figure("kiosk --help, CPU", help_alone, "ms")
        limits = [2] * len(reads) + [4] * len(opening)
        for command, cost, limit in zip((*reads, *opening), took, limits, strict=True):
            yield Figure(f"kiosk {command[0]}, CPU", cost, "ms", None, "lower", help_alone, ratio_limit=limit)


def _make_home(path: Path) -> Path:
    Home.make(path, simulation=True).close()
    with Home.open(path) as home:
        ids = create_unit(home.log, VOLUNTEERS, FIRST_DAY)
        home.people.register(volunteer_number(0), ids[0], Details())
        generate_days(home.log, ids, working_days(FIRST_DAY, DAYS), DUTIES_A_DAY)
        home.views.catch_up()
        note_opened(home)
    return path


def _measure(commands: Sequence[list[str]]) -> list[float]:
    """Milliseconds of each command, the median of some rounds; the first one, which compiles, is not counted."""
    rounds = [[_measure_once(command) for command in commands] for _ in range(ROUNDS + 1)]
    return [median(took) for took in zip(*rounds[1:], strict=True)]


def _measure_once(arguments: list[str]) -> float:
    before = getrusage(RUSAGE_CHILDREN)
    program = [sys.executable, "-c", "from kiosk.cli.program import main; main()"]
    subprocess.run([*program, *arguments], capture_output=True, check=False, env=INSTALLED)
    after = getrusage(RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3
