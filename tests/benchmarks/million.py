"""A home with a log of 1,000,000 events: made once for all benchmarks of a run, gone at its end."""

import atexit
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.home import Home
from tests.support.history_generator import create_unit, generate_days, working_days

VOLUNTEERS, DAYS, DUTIES_A_DAY = 1_000, 1_274, 200
"""Just over 1,000,000 events."""
FIRST_DAY = date(2021, 1, 4)


@cache
def build_million_home() -> Path:
    """The folder of the home; benchmarks may add events and change nothing."""
    folder = TemporaryDirectory(prefix="million-")
    atexit.register(folder.cleanup)
    return build_home(Path(folder.name) / "home", DAYS)


def build_home(path: Path, days: int) -> Path:
    """A home with so many working days of life; some 790 events each."""
    Home.make(path, simulation=True).close()
    with Home.open(path) as home:
        ids = create_unit(home.log, VOLUNTEERS, FIRST_DAY)
        generate_days(home.log, ids, working_days(FIRST_DAY, days), DUTIES_A_DAY)
    return path
