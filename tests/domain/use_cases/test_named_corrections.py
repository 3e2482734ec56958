"""Where a clock was corrected, its taps are found on the day on which they count: by the door, and by the desk.

Whatever clock the correction was written by, and wherever the unit ends its day since.
"""

from datetime import timedelta

import pytest

from domain.clock import OK, UNSYNCHRONISED
from domain.errors import VisitsOverlap
from domain.model.kiosk_clock import BootsPutRight, KioskClock
from domain.use_cases.check_in import Door
from domain.use_cases.clock_correction import correct_clock
from domain.use_cases.kiosk_place import KioskPlace
from tests.support.desk_commands import card_token_of
from tests.support.door_with_clock import DoorWithClock, door_with_clock
from tests.support.fake_machine import FakeMachine
from tests.support.office import Office, format_answer
from tests.support.people import ANN, BEN, NOTE, local_time

A_DAY = timedelta(days=1)


def state_behind(door: DoorWithClock, boot: str, behind: timedelta) -> None:
    """A person states by how much the clock of a session was behind."""
    correct_clock(door.office.log, "entrance", boot, round(behind.total_seconds()), NOTE, door.office.act)


def assert_came_and_left(office: Office) -> None:
    (visit,) = office.list_visits()
    assert visit.check_out is not None


# --- Written by the clock that was wrong ---


@pytest.mark.parametrize("behind", [A_DAY, 3 * A_DAY, -2 * A_DAY, timedelta(hours=-9)])
def test_a_statement_made_at_the_machine_that_is_wrong_counts_at_its_door(office: Office, behind: timedelta) -> None:
    """A machine without a battery goes on from yesterday, and the coordinator writes at that machine."""
    door = door_with_clock(office, at="2026-11-20 09:00", behind=behind)
    door.tap(at="2026-11-20 09:01")
    office.at(f"{local_time('2026-11-20 09:05') - behind:%Y-%m-%d %H:%M}")
    state_behind(door, door.machine.boot, behind)
    assert format_answer(door.tap(at="2026-11-20 12:00")) == "checked_out"
    office.at("2026-11-23 09:00")
    assert_came_and_left(office)


def test_the_desk_closes_the_visit_that_such_a_statement_has_moved(office: Office) -> None:
    """Decision 3."""
    door = door_with_clock(office, at="2026-11-22 09:00", behind=3 * A_DAY)
    door.tap(at="2026-11-22 09:01")
    office.at("2026-11-19 09:05")
    state_behind(door, door.machine.boot, 3 * A_DAY)
    office.at("2026-11-23 09:00").close_visit(ANN, "2026-11-22 09:01", "2026-11-22 12:00")
    assert_came_and_left(office)


def test_a_statement_of_the_wrong_sign_is_found_where_it_moved_the_tap_and_by_the_next_one(office: Office) -> None:
    door = door_with_clock(office, at="2026-11-20 09:00", behind=-A_DAY)
    door.tap(at="2026-11-20 09:01")
    office.at("2026-11-20 09:10")
    state_behind(door, door.machine.boot, A_DAY)
    office.at("2026-11-24 09:00")
    assert [visit.check_in for visit in office.list_visits()] == [round(local_time("2026-11-22 09:01").timestamp())]
    office.close_visit(ANN, "2026-11-22 09:01", "2026-11-22 10:00")
    office.at("2026-11-24 09:10")
    state_behind(door, door.machine.boot, -A_DAY)
    office.close_visit(ANN, "2026-11-20 09:01", "2026-11-20 12:00")


# --- Found by a door whose own clock shows another day ---


@pytest.mark.parametrize("trust", [UNSYNCHRONISED, OK])
@pytest.mark.parametrize(
    ("behind", "set_at", "leaves"), [(120, "2026-11-20 04:30", "05:00"), (3, "2026-11-20 04:00:02", "04:02")]
)
def test_a_clock_that_was_set_behind_the_turn_is_found_by_a_door_that_shows_the_day_before(
    office: Office, trust: str, behind: int, set_at: str, leaves: str
) -> None:
    """Minutes behind, a day begins: the first kiosk knows it, the other still counts its tap on the day before."""
    front, side = (FakeMachine("2026-11-19 20:00", late) for late in (A_DAY, timedelta(minutes=behind)))
    front.boot, side.boot, side.trust = "front", "side", trust
    first, other = (
        Door(office.log, KioskPlace(name, (beside,)), machine)
        for name, beside, machine in (("entrance", "side", front), ("side", "entrance", side))
    )
    office.at("2026-11-19 20:00")
    first.record_tap(card_token_of(ANN), "front")
    front.advance_to(set_at).synchronise_clock()
    first.clock_monitor.rate(front.read())
    first.clock_monitor.record_changes()
    side.advance_to(f"2026-11-20 {leaves}")
    assert format_answer(other.record_tap(card_token_of(ANN), "front")) == "checked_out"
    office.at("2026-11-20 09:00")
    assert_came_and_left(office)


# --- Whatever was written last ---


@pytest.fixture
def corrected_door(office: Office) -> DoorWithClock:
    """Ann's visit was moved to the day on which it was; then Ben taps at a machine whose clock is behind again."""
    door = door_with_clock(office, at="2026-11-20 09:00", behind=timedelta(days=2, hours=3))
    door.tap(at="2026-11-20 09:01")
    door.machine.advance_to("2026-11-21 08:00").synchronise_clock()
    door.poll_clock()
    door.machine.reboot("2026-11-21 09:00", 3 * A_DAY)
    door.restart()
    door.tap(BEN, "2026-11-21 09:30")
    office.at("2026-11-21 10:00")
    return door


def test_the_desk_finds_what_was_corrected_though_the_last_record_has_an_earlier_stamp(
    office: Office, corrected_door: DoorWithClock
) -> None:
    assert corrected_door.corrections, "by the kiosk, which was right again"
    office.close_visit(ANN, "2026-11-20 09:01", "2026-11-20 12:00")
    with pytest.raises(VisitsOverlap):
        office.add_visit(ANN, "2026-11-20 10:00", "2026-11-20 11:00")


# --- Where the end of the day was moved since ---

MOVED = {
    "the day behind": ("2026-11-20 09:00", "2026-11-20 10:00", "22:00:00", "2026-11-20 15:00"),
    "the day before": ("2026-11-20 01:00", "2026-11-20 02:00", "00:30:00", "2026-11-20 03:00"),
}
"""When Ann comes, when a person states that the clock was three days behind, where days end then, when she leaves."""


@pytest.mark.parametrize(("comes", "stated", "ends", "leaves"), MOVED.values(), ids=MOVED)
def test_a_correction_that_was_named_by_the_old_end_of_the_day_is_found(
    office: Office, comes: str, stated: str, ends: str, leaves: str
) -> None:
    """Decision 8: to move the end of the day loses no correction."""
    door = door_with_clock(office, at=comes, behind=3 * A_DAY)
    door.tap(at=comes)
    office.at(stated)
    state_behind(door, door.machine.boot, 3 * A_DAY)
    office.adopt_policy("2026-01-01", day_ends_at=ends)
    assert format_answer(office.tap(ANN, leaves)) == "checked_out"
    assert_came_and_left(office)


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_tap_that_stands_under_the_day_of_the_old_end_is_found(office: Office, *, is_moved: bool) -> None:
    """Shown at 04:07 of the 22nd: by the old end of the day a tap of the 22nd, by the new one of the 21st."""
    ahead = timedelta(days=2, hours=3)
    door = door_with_clock(office, at="2026-11-20 01:00", behind=-ahead)
    door.tap(at="2026-11-20 01:07")
    office.at("2026-11-20 01:30")
    state_behind(door, door.machine.boot, -ahead)
    if is_moved:
        office.adopt_policy("2026-11-21", day_ends_at="12:00:00")
    assert format_answer(office.tap(ANN, "2026-11-20 03:00")) == "checked_out"
    assert_came_and_left(office)


# --- Of which a hub has taken a part ---


def test_a_session_is_named_before_its_correction(office: Office) -> None:
    """A batch may end between the two: what counts by a correction is found, and a name alone does no harm."""
    door = door_with_clock(office, at="2026-11-19 22:00", behind=A_DAY)
    door.tap(at="2026-11-19 22:00")
    before = office.log.head().position
    door.machine.advance_to("2026-11-20 08:00").synchronise_clock()
    door.poll_clock()
    state_behind(door, door.machine.boot, A_DAY)
    kinds = [type(entry.event) for entry in office.log.read_entries(before)]
    assert kinds.index(BootsPutRight.BootNamed) < kinds.index(KioskClock.ClockCorrected)
    assert kinds.count(KioskClock.ClockCorrected) == 2
    assert kinds[-1] is KioskClock.ClockCorrected


# --- Of very many kiosks ---


def test_a_tap_asks_for_more_streams_than_a_query_can(office: Office) -> None:
    """Three days of each kiosk, where the end of the day was moved: SQLite has no row of so many columns."""
    office.at("2026-11-01 08:00").adopt_policy("2026-11-01", day_ends_at="05:00:00")
    place = KioskPlace("entrance", [f"kiosk-{number}" for number in range(700)])
    door = Door(office.log, place, office.clock)
    assert format_answer(office.tap(ANN, "2026-11-20 09:00", door=door)) == "checked_in"


def test_a_statement_that_moves_taps_beyond_the_calendar_is_recorded_all_the_same(office: Office) -> None:
    door = door_with_clock(office, at="9998-11-20 09:00", behind=timedelta())
    door.tap(at="9998-11-20 09:00")
    office.at("2026-11-20 09:00")
    state_behind(door, door.machine.boot, 1_000 * A_DAY)
    assert len(door.corrections) == 1
