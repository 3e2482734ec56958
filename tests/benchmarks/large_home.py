"""A large home with a year behind it: 1,000 volunteers, 200 duties on every working day, and one day to come.

A simulation, so that it can have a past; what is done in it is done by the product's own use cases.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, product
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from domain.calendar import TAIPEI
from kiosk.home import Home
from kiosk.people.volunteers import Details
from tests.support.entrance_process import LAST_CHARACTERS, SURNAMES
from tests.support.history_generator import create_unit, generate_days, generate_roster, volunteer_number, working_days

VOLUNTEERS, DUTIES_A_DAY, DAYS_BEHIND = 1_000, 200, 250
FIRST_DAY = date(2025, 11, 3)


class LargeHome(NamedTuple):
    """What was made."""

    path: Path
    today: date
    """The day that has a roster and no tap yet."""
    on_duty: Sequence[UUID]
    """Whose duties today has."""


def build_large_home(path: Path, days_behind: int = DAYS_BEHIND) -> LargeHome:
    """Make it; its read models are up to date."""
    *past, today = working_days(FIRST_DAY, days_behind + 1)
    Home.make(path, simulation=True).close()
    with Home.open(path) as home:
        ids = create_unit(home.log, VOLUNTEERS, FIRST_DAY)
        names = cycle(f"{surname}美{last}" for last, surname in product(LAST_CHARACTERS, SURNAMES))
        home.people.stop_flushing()
        for index, (who, name) in enumerate(zip(ids, names, strict=False)):
            home.people.register(volunteer_number(index), who, Details(name))
        generate_days(home.log, ids, past, DUTIES_A_DAY)
        on_duty = generate_roster(home.log, ids, today, DUTIES_A_DAY)
        home.set_clock(local_time(today, time(8)))
        home.door.record_tap("0" * 31 + "f", "door", reading=home.read_clock(local_time(today, time(8))))
        home.views.catch_up()
    return LargeHome(path, today, on_duty)


def local_time(day: date, at: time) -> datetime:
    """A local time as the instant that it is."""
    return datetime.combine(day, at, TAIPEI).astimezone(UTC)


def minutes_after_eight(day: date, minutes: int) -> datetime:
    """So many minutes after eight in the morning."""
    return local_time(day, time(8)) + timedelta(minutes=minutes)
