"""Random days in random order of arrival: one identical result, live or rebuilt."""

import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.clock import SimulatedClock
from projections.replay import replay
from tests.support.cast import ANN, BEN, local
from tests.support.desk import card_of
from tests.support.office import Office

MORNING = local("2026-11-19 04:00")
PEOPLE = (ANN, BEN)

Seen = tuple[int, int, str | None]
"""Who, how many minutes after the service day began, and a direction."""

taps = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 2 * 24 * 60 - 1), st.sampled_from([None, None, None, "in", "out"])),
    max_size=12,
    unique_by=lambda seen: (seen[0], seen[1]),
)


def an_office(folder: str) -> Office:
    office = Office(Path(folder), *PEOPLE)
    office.at("2026-11-01 08:00")
    office.shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.shift("Night", "2026-11-19 22:00", "2026-11-20 06:00", ANN, BEN)
    office.event("Fair", "2026-11-20 10:00", "15:00")
    return office


def rows_after(arriving: Sequence[Seen], look_every: int) -> object:
    """The read models after these taps arrived in this order, looked at now and then on the way."""
    with TemporaryDirectory() as folder:
        office = an_office(folder)
        office.clock.at = local("2026-11-22 09:00")
        for number, (who, minutes, direction) in enumerate(arriving):
            seen = SimulatedClock(MORNING + timedelta(minutes=minutes)).read()
            office.door.tap(card_of(PEOPLE[who]), "front", direction, seen, office.clock.at)
            if number % look_every == 0:
                office.views()
        rows = office.visits(), office.duties(), sorted(office.hours()), office.absences()
        assert replay(office.log, office.views()).differences == []
        office.close_down()
        return rows


@settings(max_examples=25, deadline=None)
@given(taps, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_in_which_taps_arrive_changes_nothing(
    seen: list[Seen], chance: random.Random, look_every: int
) -> None:
    """Decision: a late fact derives its day again, so the order of arrival never changes a result."""
    in_order = rows_after(sorted(seen, key=lambda tap: tap[1]), 1)
    shuffled = [*seen]
    chance.shuffle(shuffled)
    assert rows_after(shuffled, look_every) == in_order
