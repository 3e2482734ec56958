"""The kiosks that joined: their taps count from the moment they do, and a day waits until all of it was sent."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from domain.spans import second
from domain.use_cases.joined_kiosks import JoinedKiosks, list_missing_kiosks, load_kiosk_states
from domain.use_cases.kiosk_place import KioskPlace
from domain.use_cases.stream_queries import list_visits_around
from domain.use_cases.unit_rules import UnitRules
from tests.support.log_stores import LogStore
from tests.support.people import ANN, local_time
from tests.support.source_doors import ACT, NINE, Hub, SourceDoor, open_hub

DAY = date(2026, 11, 19)
END = local_time("2026-11-20 04:00")
SECOND = timedelta(seconds=1)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with open_hub(LogStore(tmp_path)) as hub:
        yield hub


@pytest.fixture
def door(hub: Hub) -> SourceDoor:
    """A kiosk that joined, with a tap of Ann at nine, and others."""
    door = SourceDoor("north")
    hub.admit(door)
    door.tap(3)
    return door


def test_its_taps_count_where_a_program_was_open_before_it_joined(hub: Hub) -> None:
    place = KioskPlace("desk", JoinedKiosks(hub.log, ["an older one"]))
    assert place.list_all() == ("desk", "an older one")
    door = SourceDoor("north")
    hub.admit(door)
    door.tap(3)
    hub.intake.take(door.build_batch())
    assert place.list_all() == ("desk", "an older one", "north")
    visits = list_visits_around(hub.log, UnitRules(hub.log).load(), place, ANN, DAY, now=NINE)
    assert [(visit.check_in, visit.check_out) for visit in visits] == [(second(NINE), None)]


def test_the_taps_of_a_kiosk_that_was_closed_go_on_counting(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    hub.intake.revoke(door.log_id, None, ACT)
    assert [*JoinedKiosks(hub.log)] == ["north"]


# --- A provisional day -----------------------------------------------------------------------


def find_missing(hub: Hub) -> list[str]:
    return list_missing_kiosks(load_kiosk_states(hub.log), second(END))


@pytest.mark.parametrize(("heard", "missing"), [(END - SECOND, ["north"]), (END, [])])
def test_a_day_is_provisional_until_a_kiosk_shows_behind_its_end_that_all_is_held(
    hub: Hub, door: SourceDoor, heard: datetime, missing: list[str]
) -> None:
    assert find_missing(hub) == ["north"]
    hub.intake.take(door.build_batch())
    hub.clock.at = heard
    hub.intake.take(door.build_beat())
    assert find_missing(hub) == missing


def test_what_a_kiosk_has_shown_and_not_sent_keeps_the_day_provisional(hub: Hub, door: SourceDoor) -> None:
    hub.clock.at = END
    hub.intake.take(door.build_batch(0, 1))
    hub.greet(door)
    (state,) = load_kiosk_states(hub.log)
    assert (find_missing(hub), state.unsent) == (["north"], 2)
    hub.intake.take(door.build_batch(1))
    assert find_missing(hub) == ["north"]
    hub.intake.take(door.build_beat())
    (state,) = load_kiosk_states(hub.log)
    assert (find_missing(hub), state.unsent) == ([], 0)


def test_a_kiosk_whose_key_was_revoked_keeps_no_day_provisional(hub: Hub, door: SourceDoor) -> None:
    hub.intake.revoke(door.log_id, None, ACT)
    assert find_missing(hub) == []


@pytest.mark.parametrize(("ends", "missing"), [(NINE + SECOND, ["north"]), (NINE, [])])
def test_a_day_that_ended_before_a_kiosk_joined_waits_for_nothing_of_it(
    hub: Hub, door: SourceDoor, ends: datetime, missing: list[str]
) -> None:
    assert list_missing_kiosks(load_kiosk_states(hub.log), second(ends)) == missing


def test_a_home_without_kiosks_has_no_provisional_day(hub: Hub) -> None:
    assert find_missing(hub) == []
