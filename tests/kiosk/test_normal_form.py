"""Ids, numbers and categories are compared as people read them: in Unicode's normal form C, wherever they came from."""

import json
import unicodedata
from pathlib import Path

import pytest

from domain.errors import AlreadyScheduled
from domain.model.planned_period import Plan
from domain.model.shift import Shift
from domain.model.training import Training
from domain.use_cases.kiosk_place import KioskPlace
from kiosk.home import Home
from kiosk.readers.configured import find_reader
from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import ENROL_ANN, ISSUE_ANNS_CARD, OPEN_UNIT, line, run_kiosk
from tests.support.office import Office
from tests.support.people import ANN, span

HEALTH = "Y t\u1ebf"
"""Y tế, as nearly every program writes it: normal form C."""
SPELLINGS = {
    "composed": HEALTH,
    "decomposed": unicodedata.normalize("NFD", HEALTH),
    "half composed": "Y t\u00ea\u0301",
}
"""All are read alike; the last is what a Vietnamese keyboard types on some systems."""
OTHER_SPELLINGS = [SPELLINGS["decomposed"], SPELLINGS["half composed"]]


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_category_is_one_however_a_batch_writes_it(simulation: Path, apply: Apply, spelling: str) -> None:
    """R-005, R-028."""
    hours = {"start": "2026-11-19T09:00", "end": "2026-11-19T12:00", "volunteers": ["V001"]}
    trained = {"volunteer": "V001", "on": "2024-01-10"}
    apply(
        simulation,
        OPEN_UNIT,
        ENROL_ANN,
        ISSUE_ANNS_CARD,
        line("complete_training", "2024-01-10T08:00", kind="basic", **trained),
        line("complete_training", "2024-01-10T08:00", kind="special", category=spelling, **trained),
        line("schedule_shift", "2026-11-01T08:00", shift="S1", category=HEALTH, **hours),
        line("tap", "2026-11-19T09:00", card="04000000000001"),
        line("tap", "2026-11-19T12:00", card="04000000000001"),
    )
    rows = json.loads(run_kiosk("hours", "--by", "category", "--format", "json", "--home", simulation).out)
    assert rows == [{"volunteer": "V001", "category": HEALTH, "minutes": 180, "duties": 1}]


# --- What an older program wrote as it was typed ---


@pytest.mark.parametrize("spelling", OTHER_SPELLINGS)
def test_categories_of_an_older_log_are_one(office: Office, spelling: str) -> None:
    """R-005, R-028: two shifts and an event, each written in another way, and one training."""
    training = Training("special", spelling, "2024-01-10", None, None)
    office.desk.complete_training(ANN, training, None, office.act)
    office.at("2026-11-01 08:00")
    for name, category, hours in (("S1", HEALTH, ("09:00", "10:00")), ("S2", spelling, ("10:00", "11:00"))):
        plan = Plan(*span(f"2026-11-19 {hours[0]}", hours[1]), category)
        office.desk.schedule_shift(name, plan, [ANN], office.act)
    office.desk.schedule_event("Fair", Plan(*span("2026-11-19 11:00", "12:00"), spelling), None, office.act)
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00")
    assert [(row.category, row.minutes) for row in office.list_hours(by_category=True)] == [(HEALTH, 180)]


@pytest.mark.parametrize("spelling", OTHER_SPELLINGS)
def test_the_category_of_the_unit_of_an_older_log_is_that_of_its_duties(tmp_path: Path, spelling: str) -> None:
    office = Office(tmp_path, ANN, category=spelling)
    office.desk.complete_training(ANN, Training("special", HEALTH, "2024-01-10", None, None), None, office.act)
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00")
    assert [(row.category, row.minutes) for row in office.list_hours(by_category=True)] == [(HEALTH, 180)]
    office.close_down()


@pytest.mark.parametrize("spelling", OTHER_SPELLINGS)
def test_a_shift_and_an_event_of_an_older_log_are_found_by_their_composed_ids(office: Office, spelling: str) -> None:
    office.at("2026-11-01 08:00").schedule_shift(spelling, "2026-11-19 09:00", "12:00")
    office.schedule_event(spelling, "2026-11-19 09:00", "12:00")
    office.restart()  # with a newer program
    office.assign(HEALTH, ANN)
    assert [event.shift for event in office.list_events(Shift.Assigned)] == [spelling]
    with pytest.raises(AlreadyScheduled):
        office.schedule_shift(HEALTH, "2026-11-20 09:00", "12:00")
    with pytest.raises(AlreadyScheduled):
        office.schedule_event(HEALTH, "2026-11-20 09:00", "12:00")


def test_an_actor_whom_an_older_program_kept_decomposed_is_the_same(simulation: Path) -> None:
    with Home.open(simulation) as home:
        known = home.people.ensure_actor(OTHER_SPELLINGS[0])
    with Home.open(simulation) as home:
        assert home.people.ensure_actor(HEALTH) == known


# --- What is compared with the settings, and what is printed ---


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_reader_and_a_kiosk_are_known_however_the_settings_write_them(simulation: Path, spelling: str) -> None:
    with (simulation / "kiosk.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[[reader]]\nname = "{spelling}"\nport = "/dev/a"\nprofile = "rdm6300"\ndirection = "out"\n')
    with Home.open(simulation) as home:
        assert home.settings.find_direction(HEALTH) == "out"
        assert {find_reader(home, name).direction for name in SPELLINGS.values()} == {"out"}
    assert KioskPlace("entrance", (spelling,)).find_kiosk(HEALTH) == spelling
    assert KioskPlace("entrance").find_kiosk(HEALTH) == HEALTH


def test_two_kiosks_whose_names_read_alike_are_refused(simulation: Path) -> None:
    settings = simulation / "kiosk.toml"
    settings.write_text(f'kiosk = "{HEALTH}"\nother_kiosks = ["{OTHER_SPELLINGS[0]}"]\n', encoding="utf-8")
    assert run_kiosk("visits", "--home", simulation).status == 2


def test_an_explanation_names_the_volunteer_as_the_other_statements_do(simulation: Path, apply: Apply) -> None:
    apply(simulation, OPEN_UNIT, {**ENROL_ANN, "volunteer": HEALTH})
    told = run_kiosk("explain", OTHER_SPELLINGS[0], "2026-11-19", "--format", "json", "--home", simulation).out
    assert json.loads(told)["volunteer"] == HEALTH
