"""How long a command takes from its start to its end, beside `kiosk --help`: CPU time of the whole process."""

import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory

from kiosk.home import Home
from kiosk.standing_home import note_opened
from tests.benchmarks.figures import Figure
from tests.support.history_generator import create_unit, generate_days, working_days

VOLUNTEERS, DAYS, DUTIES_A_DAY = 100, 60, 20
FIRST_DAY = date(2026, 1, 5)
ROUNDS = 9
READS = (
    ["hours", "--by", "month"],
    ["duties", "--from", "2026-02-02", "--to", "2026-02-06"],
    ["absences"],
    ["pending"],
    ["presence"],
)


def figures() -> Iterable[Figure]:
    """The help of the program, reads of a home that stands as it was left, a tap."""
    with TemporaryDirectory() as folder:
        home = _make_home(Path(folder) / "home")
        help_alone = _measure(["--help"])
        yield Figure("kiosk --help, CPU", help_alone, "ms")
        for command in READS:
            took = _measure([*command, "--home", str(home)])
            yield Figure(f"kiosk {command[0]}, CPU", took, "ms", None, "lower", help_alone, ratio_limit=2)
        real = Path(folder) / "real"
        Home.make(real, simulation=False).close()
        took = _measure(["tap", "04A2B3C4D5E680", "--home", str(real)])
        yield Figure("kiosk tap, CPU", took, "ms", None, "lower", help_alone, ratio_limit=4)


def _make_home(path: Path) -> Path:
    Home.make(path, simulation=True).close()
    with Home.open(path) as home:
        ids = create_unit(home.log, VOLUNTEERS, FIRST_DAY)
        generate_days(home.log, ids, working_days(FIRST_DAY, DAYS), DUTIES_A_DAY)
        home.views.catch_up()
        note_opened(home)
    return path


def _measure(arguments: list[str]) -> float:
    """Milliseconds, the median of some starts; the first one, which compiles, is not counted."""
    took: list[float] = []
    for _ in range(ROUNDS + 1):
        before = getrusage(RUSAGE_CHILDREN)
        program = [sys.executable, "-c", "from kiosk.cli.program import main; main()"]
        subprocess.run([*program, *arguments], capture_output=True, check=False)
        after = getrusage(RUSAGE_CHILDREN)
        took.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3)
    return median(took[1:])
