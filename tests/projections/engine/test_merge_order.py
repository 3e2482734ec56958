"""Kiosks that were away send in any order, in any pieces, between acts of the desk: one result.

Three kiosks record two days with gaps in their network, one of them on a clock that is 47 minutes behind and put right
later, and the desk corrects meanwhile. What each has written arrives in random pieces, views are advanced in between.
"""

import os
import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from domain.clock import UNSYNCHRONISED, Reading, SimulatedClock
from domain.use_cases.source_intake import SourceIntake
from projections.engine.rebuild import replay
from tests.support.desk_commands import card_token_of
from tests.support.office import Office
from tests.support.office_kiosks import OfficeKiosk
from tests.support.people import ANN, BEN, CAT, local_time

NAMES = ("north", "south", "west")
PEOPLE = (ANN, BEN, CAT)
MORNING = local_time("2026-11-19 08:00")
TAPS = 60
MERGES = 300 if os.environ.get("KIOSK_FAULTS") == "long" else 4
BEHIND = timedelta(minutes=47)
SECOND_NS = 1_000_000_000


def build_office(folder: Path) -> Office:
    folder.mkdir()
    office = Office(folder, *PEOPLE)
    office.at("2026-11-01 08:00")
    for day in ("19", "20"):
        office.schedule_shift(f"AM{day}", f"2026-11-{day} 09:00", "12:00", ANN, BEN)
        office.schedule_shift(f"PM{day}", f"2026-11-{day} 13:00", "17:00", CAT)
    return office


def read_clock(name: str, minute: int) -> Reading:
    """The clock of one kiosk is behind and says that nobody set it."""
    at = MORNING + timedelta(minutes=minute)
    if name != "west":
        return SimulatedClock(at).read()
    return Reading(at - BEHIND, UNSYNCHRONISED, "boot-1", minute * 60 * SECOND_NS)


@pytest.fixture(scope="module")
def kiosks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[OfficeKiosk]]:
    """What each has recorded, by what it knew then."""
    folder = tmp_path_factory.mktemp("story")
    office, chance, minute = build_office(folder / "office"), random.Random(19), 0  # noqa: S311 - replayable
    intake = SourceIntake(office.log, office.clock)
    made = [OfficeKiosk(name, [one for one in NAMES if one != name], folder) for name in NAMES]
    for kiosk in made:
        kiosk.join(intake, office.act)
        kiosk.pull(office.log)
    for _ in range(TAPS):
        minute += chance.randint(1, 40)
        kiosk = chance.choice(made)
        reading = read_clock(kiosk.name, minute)
        kiosk.tap(card_token_of(chance.choice(PEOPLE)), MORNING + timedelta(minutes=minute), reading)
        if chance.random() < 0.4:  # it is reached
            kiosk.push(intake)
            kiosk.pull(office.log)
    west = made[2]
    west.measure_clock("boot-1", BEHIND, MORNING + timedelta(minutes=minute + 1))
    office.close_down()
    yield made
    for kiosk in made:
        kiosk.close()


def merge(folder: Path, kiosks: list[OfficeKiosk], chance: random.Random) -> Sequence[Sequence[object]]:
    """The read models after everything has come, in an order and in pieces by chance."""
    office = build_office(folder)
    intake = SourceIntake(office.log, office.clock)
    for kiosk in kiosks:
        kiosk.join(intake, office.act)
    office.at("2026-11-25 08:00")
    acts = [
        lambda: office.excuse_absence("AM19", BEN),
        lambda: office.add_visit(CAT, "2026-11-18 09:00", "11:00"),
        lambda: office.suspend(ANN, "2026-11-30"),
    ]
    waiting = [*kiosks, *acts]
    while waiting:
        one = chance.choice(waiting)
        if isinstance(one, OfficeKiosk):
            one.push(intake, chance.randint(1, 20))
            if intake.find_held(one.log_id) == len(one.rows):
                waiting.remove(one)
        else:
            one()
            waiting.remove(one)
        if chance.random() < 0.3:
            office.current_views()
    rows = office.list_visits(), office.list_duties(), sorted(office.list_hours()), office.list_absences()
    assert replay(office.log, office.current_views()).differences == []
    demand_credit_within_presence(office)
    office.close_down()
    return rows


def demand_credit_within_presence(office: Office) -> None:
    """Credit is never more than presence, and no two visits of a volunteer overlap."""
    ends: dict[object, int] = {}
    for visit in sorted(office.list_visits(), key=lambda one: (one.volunteer, one.check_in)):
        if visit.check_out is not None and visit.status != "void":
            assert 0 <= visit.credited_minutes * 60 <= visit.check_out - visit.check_in
            assert visit.check_in >= ends.get(visit.volunteer, 0)
            ends[visit.volunteer] = visit.check_out


def test_in_whatever_order_the_kiosks_send_the_result_is_one(kiosks: list[OfficeKiosk], tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - replayable
    first = merge(tmp_path / "first", kiosks, chance)
    assert len(first[0]) > len(NAMES)
    for number in range(1, MERGES):
        assert merge(tmp_path / f"{number}", kiosks, chance) == first
