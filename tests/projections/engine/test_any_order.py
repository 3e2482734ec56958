"""Random days in random order of arrival: one identical result, live or rebuilt."""

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.clock import SimulatedClock
from projections.engine.day_digests import are_days_intact
from projections.engine.rebuild import replay
from projections.read_models.day_filter import FIRST_DAY, LAST_DAY
from projections.read_models.sessions import list_session_attendance
from tests.faults.result_table import LONG
from tests.support.desk_commands import card_token_of
from tests.support.office import Office
from tests.support.people import ANN, BEN, local_time
from tests.support.wrong_clock import WrongClock

MORNING = local_time("2026-11-19 04:00")
PEOPLE = (ANN, BEN)

WRONG = (
    WrongClock("boot-1", MORNING - timedelta(minutes=5), timedelta(hours=20)),
    WrongClock("boot-2", MORNING - timedelta(minutes=7), timedelta(hours=-20)),
)
"""Two sessions of the kiosk, one behind and one ahead by most of a day."""


class Seen(NamedTuple):
    """A tap, so many minutes after the service day began."""

    who: int
    minute: int
    direction: str | None
    on: WrongClock | None
    """A clock that was wrong; None for one that was right."""

    def arrives(self, office: Office) -> None:
        at = MORNING + timedelta(minutes=self.minute)
        if self.on:
            self.on.tap(office, PEOPLE[self.who], at, self.direction)
        else:
            seen = SimulatedClock(at).read()
            office.door.record_tap(card_token_of(PEOPLE[self.who]), "front", self.direction, seen, office.clock.at)


class FoundOut(NamedTuple):
    """By how much a clock was wrong, so many minutes after the service day began."""

    on: WrongClock
    minute: int

    def arrives(self, office: Office) -> None:
        self.on.measure_offset(office, MORNING + timedelta(minutes=self.minute))


minutes = st.integers(0, 2 * 24 * 60 - 1)
taps = st.lists(
    st.builds(
        Seen,
        st.integers(0, 1),
        minutes,
        st.sampled_from([None, None, None, "in", "out"]),
        st.sampled_from([None, None, *WRONG]),
    ),
    max_size=12,
    unique_by=lambda seen: (seen.who, seen.minute),
)
found_out = st.lists(st.builds(FoundOut, st.sampled_from(WRONG), minutes), max_size=3, unique=True)


def an_office(folder: str) -> Office:
    office = Office(Path(folder), *PEOPLE)
    office.at("2026-11-01 08:00")
    office.schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.schedule_shift("Night", "2026-11-19 22:00", "2026-11-20 06:00", ANN, BEN)
    office.schedule_event("Fair", "2026-11-20 10:00", "15:00")
    office.schedule_session("Meeting", "2026-11-19 10:00", "13:00")
    office.schedule_session("Course", "2026-11-20 14:00", "17:00", BEN, kind="training")
    return office


def are_digests_whole(folder: Path) -> bool:
    """Whether every digest in the views fits the rows that were written with it."""
    with closing(sqlite3.connect(folder / "views.db")) as db:
        return are_days_intact(db, FIRST_DAY, LAST_DAY)


def rows_after(arriving: Sequence[Seen | FoundOut], look_every: int) -> object:
    """The read models after these arrived in this order, looked at now and then on the way."""
    with TemporaryDirectory() as folder:
        office = an_office(folder)
        office.clock.at = local_time("2026-11-22 09:00")
        for number, fact in enumerate(arriving):
            fact.arrives(office)
            if number % look_every == 0:
                office.current_views()
        rows = office.list_visits(), office.list_duties(), sorted(office.list_hours()), office.list_absences()
        rows = (*rows, list(list_session_attendance(office.current_views())))
        assert replay(office.log, office.current_views()).differences == []
        assert are_digests_whole(Path(folder))
        office.close_down()
        return rows


@settings(max_examples=48 if LONG else 6, deadline=None)
@given(taps, found_out, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_in_which_taps_and_corrections_of_clocks_arrive_changes_nothing(
    seen: list[Seen], found: list[FoundOut], chance: random.Random, look_every: int
) -> None:
    """Decision: a late fact derives its day again, so the order of arrival never changes a result."""
    in_order = rows_after(sorted([*seen, *found], key=lambda fact: fact.minute), 1)
    shuffled = [*seen, *found]
    chance.shuffle(shuffled)
    assert rows_after(shuffled, look_every) == in_order
