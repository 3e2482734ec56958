"""The large home with what the desk shows of it: the duties of a month to come, people who are in, an account."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from domain.clock import Reading
from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from tests.benchmarks.large_home import (
    DUTIES_A_DAY,
    VOLUNTEERS,
    LargeHome,
    build_large_home,
    minutes_after_eight,
)
from tests.support.history_generator import generate_roster, volunteer_number, working_days

ACCOUNT, PASSWORD = "coordinator", "correct horse 9"
PRESENT = 100
"""Who came in the first minute, of those on duty."""


def build_desk_home(path: Path, days_behind: int, days_ahead: int) -> LargeHome:
    """Make it, with a roster for so many working days after today; its read models are up to date."""
    large = build_large_home(path, days_behind)
    with Home.open(path) as home:
        ids = [home.people.find_id(volunteer_number(index)) for index in range(VOLUNTEERS)]
        everybody = [who for who in ids if who]
        for day in working_days(large.today, days_ahead + 1)[1:]:
            generate_roster(home.log, everybody, day, DUTIES_A_DAY, planned=large.today)
        for who in large.on_duty[-PRESENT:]:
            tap(home, who, minutes_after_eight(large.today, 1))
        home.views.catch_up(home.now_second())
        Accounts(home).add(ACCOUNT, "coordinator", Password(PASSWORD), home.people.ensure_actor(SYSTEM_ACTOR))
    return large


def tap(home: Home, who: UUID, at: datetime) -> None:
    """A tap with the card that the generator gives a volunteer."""
    number = home.people.find_number(who) or ""
    token = f"{int(number[1:]) - 1:032x}"
    home.door.record_tap(token, "door", reading=Reading(at, "simulated", "simulation", 0), recorded=at)
