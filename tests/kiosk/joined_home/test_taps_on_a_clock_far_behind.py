"""A kiosk taps on a clock that is weeks behind; once that is known, the other kiosk knows the tap too."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from domain.act import Act
from domain.clock import OK, Reading
from domain.log.chain import EMPTY_HEAD
from domain.model.attendance import Attendance, CardReadAtKiosk
from domain.use_cases.clock_correction import correct_clock
from kiosk.home import Home
from kiosk.hub.rows_for_kiosk import LONGEST_PAST, choose_since, read_rows_for
from kiosk.joined_home.unit_copy import UnitCopy
from kiosk.wire_protocol.messages import Copied, Pull
from tests.support.fake_machine import FakeMachine
from tests.support.joined_kiosk import ANN, apply_whole, join, take, tap
from tests.support.people import COORDINATOR, NOTE, local_time

FAR = timedelta(days=40)
NINE, NOON = "2026-11-19 09:00", "2026-11-19 12:00"
TODAY = local_time(NINE).date()
SINCE = choose_since(TODAY) - timedelta(days=2)
"""Taps of that day are sent, those of the day before are not."""


def fetch(path: Path, unit: Home) -> Copied:
    """What the hub of a unit sends to a kiosk that asks."""
    copy = UnitCopy.open(path)
    try:
        copied = read_rows_for(unit.log, uuid4(), Pull(*copy.cursor), TODAY)
        apply_whole(copy, copied)
        return copied
    finally:
        copy.close()


@pytest.fixture
def side(unit: Home, tmp_path: Path) -> Path:
    """The kiosk that hears of it."""
    path = join(tmp_path / "side", unit, "side", "entrance", "north")
    fetch(path, unit)
    return path


@pytest.fixture
def north(unit: Home, side: Path, tmp_path: Path) -> Iterator[Home]:
    """The kiosk whose clock is behind."""
    path = join(tmp_path / "north", unit, "north", "entrance", side.name)
    fetch(path, unit)
    with Home.open(path) as home:
        yield home


def tap_behind(home: Home, machine: FakeMachine) -> None:
    """Ann taps at nine, on that clock."""
    home.use_clock(machine)
    home.door.record_tap(home.derive_token(ANN), "front")


def measure(home: Home, machine: FakeMachine) -> None:
    """The kiosk has its right time, and notices by how much it was wrong."""
    machine.advance_to("2026-11-19 09:02")
    machine.synchronise_clock()
    home.door.clock_monitor.rate(machine.read())
    home.door.clock_monitor.record_changes()


def state(unit: Home, kiosk: str, machine: FakeMachine, behind: timedelta) -> None:
    """A coordinator states it."""
    at = local_time("2026-11-19 09:30")
    unit.set_clock(at)
    correct_clock(unit.log, kiosk, machine.boot, round(behind.total_seconds()), NOTE, Act(at, COORDINATOR, at))


def find_outcome_at(side: Path) -> str:
    """Ann leaves by the other door at noon."""
    with Home.open(side) as home:
        return tap(home, ANN, NOON).outcome


@pytest.mark.parametrize("behind", [timedelta(days=3), FAR, timedelta(days=3_000)])
def test_a_tap_whose_clock_was_put_right_is_known_at_the_other_door(
    unit: Home, side: Path, north: Home, behind: timedelta
) -> None:
    machine = FakeMachine(NINE, behind)
    tap_behind(north, machine)
    measure(north, machine)
    take(unit, north)
    fetch(side, unit)
    assert find_outcome_at(side) == "checked_out"


@pytest.mark.parametrize("trust", [OK, "unsynchronised"])
def test_a_tap_of_a_session_that_a_person_states_was_wrong_is_known_at_the_other_door(
    unit: Home, side: Path, north: Home, trust: str
) -> None:
    """The statement may come when the other kiosk has heard of the tap long since."""
    machine = FakeMachine(NINE, FAR, trust)
    tap_behind(north, machine)
    take(unit, north)
    fetch(side, unit)
    state(unit, "north", machine, FAR)
    fetch(side, unit)
    assert find_outcome_at(side) == "checked_out"


@pytest.mark.usefixtures("side")
@pytest.mark.parametrize(("days", "is_sent"), [(0, True), (-1, False)])
def test_a_tap_at_the_entrance_of_the_hub_is_of_the_day_on_which_it_was_recorded(
    unit: Home, days: int, *, is_sent: bool
) -> None:
    """The clock that it follows there goes never before what the log holds."""
    shown, recorded = local_time("2026-10-10 09:00"), local_time(f"{SINCE + timedelta(days=days)} 12:00")
    ann = Attendance.of(uuid4(), shown.date(), unit.place.kiosk)
    read = CardReadAtKiosk("card", "front", unit.place.kiosk, None, 1, Reading(shown, OK, "boot-1", 1))
    ann.record("checked_in", uuid4(), read, recorded)
    unit.log.append(ann)
    sent = read_rows_for(unit.log, uuid4(), Pull(None, *EMPTY_HEAD), TODAY).rows
    assert any(row.stream == ann.id for row in sent) is is_sent


# --- A stream that the other kiosk was not sent, for it began long ago ---


def tap_again(unit: Home, side: Path, north: Home, behind: timedelta) -> Copied:
    """Ann came long ago; on the clock that shows that very day now she comes again. What the other kiosk is sent then.

    So it is where a machine without a clock goes on from the instant at which it was switched off.
    """
    really = local_time(NINE) - behind
    machine = FakeMachine(f"{really:%Y-%m-%d} 08:00", trust=OK)
    tap_behind(north, machine)
    take(unit, north, received=really)
    assert fetch(side, unit).rows == ()
    machine.reboot(NINE, behind)
    tap_behind(north, machine)
    take(unit, north, received=local_time(NINE))
    copied = fetch(side, unit)
    state(unit, "north", machine, behind)
    fetch(side, unit)
    return copied


def test_a_tap_that_is_added_to_such_a_stream_is_known_at_the_other_door(unit: Home, side: Path, north: Home) -> None:
    """Its copy begins anew, and reaches back to the first tap; then it goes on."""
    copied = tap_again(unit, side, north, FAR)
    assert (copied.begins_anew, copied.since) == (True, TODAY - FAR)
    assert find_outcome_at(side) == "checked_out"
    assert not fetch(side, unit).begins_anew


def test_no_copy_reaches_back_further_than_it_may(unit: Home, side: Path, north: Home) -> None:
    furthest = TODAY - choose_since(TODAY) + LONGEST_PAST
    assert not tap_again(unit, side, north, furthest + timedelta(days=1)).begins_anew


def test_a_copy_reaches_back_as_far_as_it_may(unit: Home, side: Path, north: Home) -> None:
    furthest = TODAY - choose_since(TODAY) + LONGEST_PAST
    assert tap_again(unit, side, north, furthest).since == TODAY - furthest
    assert find_outcome_at(side) == "checked_out"
