"""A tenth of a city with a year behind it, as a home: the memory of its hours.

`python -m tests.benchmarks.city` runs the whole city, 6,000,000 events, which takes half an hour.
"""

import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.home import Home
from kiosk.people_volunteers import Details
from kiosk.standing_home import note_opened
from tests.benchmarks.figures import Figure, format_table
from tests.support.history_generator import create_unit, generate_days, volunteer_number, working_days

VOLUNTEERS, DUTIES_A_DAY, DAYS = 7_623, 578, 250
FIRST_DAY = date(2025, 11, 3)
CITY = 10
"""How many times so large the whole city is."""


def figures(scale: int = 1) -> Iterable[Figure]:
    """What `kiosk hours` holds at most, of the sums of each volunteer and month."""
    with TemporaryDirectory() as folder:
        home = build_city_home(Path(folder) / "home", scale)
        command = ["hours", "--by", "month", "--format", "json", "--home", str(home)]
        program = [sys.executable, "-c", "from kiosk.cli.program import main; main()"]
        measure = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        )
        measure += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        said = subprocess.run(
            [sys.executable, "-c", measure, *program, *command], capture_output=True, text=True, check=True
        ).stdout
        yield Figure("hours by month of a city, memory", int(said) / 1024, "MB", 150, "lower")


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


if __name__ == "__main__":
    print(format_table(figures(CITY)))
