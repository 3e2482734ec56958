"""The hub's clock as a witness: it makes a clock without a time server count, and no clock right that is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.clock import OK, UNKNOWN, UNSYNCHRONISED, Reading
from domain.use_cases.check_in import Door, TapAnswer
from kiosk.joined_home.sync_state import SyncState
from kiosk.joined_home.witnessed_clock import AGREED_FOR_NS, AGREES_NS, WitnessedClock, find_difference
from tests.support.desk_commands import card_token_of
from tests.support.door_with_clock import DoorWithClock
from tests.support.fake_machine import FakeMachine
from tests.support.office import ENTRANCE, Office
from tests.support.people import ANN, BEN, local_time


def compare(machine: FakeMachine, *, uncertainty_ns: int = 0) -> SyncState:
    """What the sync program notes when a hub with the right time answers."""
    reading = machine.read()
    behind = round(machine.behind.total_seconds() * 1e9)
    wall, boot_ns = reading.offset_ns, reading.boot_ns
    return SyncState(machine.now(), behind, uncertainty_ns, reading.boot, wall_offset_ns=wall, compared_ns=boot_ns)


def read_trust(machine: FakeMachine, state: SyncState) -> str:
    return WitnessedClock(machine, lambda: state).read().trust


@pytest.mark.parametrize("trust", [UNSYNCHRONISED, UNKNOWN])
def test_a_clock_that_agrees_with_the_hub_counts_as_synchronised(trust: str) -> None:
    for behind, seen in ((0, OK), (2, OK), (-2, OK), (3, UNSYNCHRONISED), (-3, UNSYNCHRONISED)):
        machine = FakeMachine("2026-11-19 09:00", timedelta(seconds=behind), trust)
        assert read_trust(machine, compare(machine)) == seen


def test_how_long_the_answer_took_counts_against_it() -> None:
    machine = FakeMachine("2026-11-19 09:00", timedelta(seconds=1))
    assert read_trust(machine, compare(machine, uncertainty_ns=AGREES_NS // 2)) == OK
    assert read_trust(machine, compare(machine, uncertainty_ns=AGREES_NS // 2 + 1)) == UNSYNCHRONISED


def test_the_kernels_word_stands_where_it_calls_the_clock_synchronised() -> None:
    machine = FakeMachine("2026-11-19 09:00", timedelta(hours=1), OK)
    assert read_trust(machine, compare(machine)) == OK


def test_without_a_comparison_of_this_session_the_kernels_word_stands() -> None:
    machine = FakeMachine("2026-11-19 09:00", trust=UNKNOWN)
    state = compare(machine)
    assert read_trust(machine, SyncState()) == UNKNOWN
    machine.reboot("2026-11-19 10:00", trust=UNKNOWN)
    assert read_trust(machine, state) == UNKNOWN


def test_a_comparison_counts_for_twelve_hours() -> None:
    machine = FakeMachine("2026-11-19 09:00")
    state, reading = compare(machine), machine.read()
    for after, known in ((AGREED_FOR_NS, True), (AGREED_FOR_NS + 1, False), (-1, False)):
        later = Reading(reading.at, reading.trust, reading.boot, reading.boot_ns + after, reading.offset_ns)
        assert (find_difference(state, later) is not None) == known


def test_a_clock_that_is_set_wrong_after_the_comparison_is_not_covered_by_it() -> None:
    machine = FakeMachine("2026-11-19 09:00")
    state = compare(machine)
    assert read_trust(machine, state) == OK
    machine.behind = timedelta(minutes=47)
    assert read_trust(machine, state) == UNSYNCHRONISED


def test_taps_on_a_wrong_clock_are_put_right_once_it_is_set_to_the_hubs_time(tmp_path: Path) -> None:
    office = Office(tmp_path, ANN, BEN)
    machine = FakeMachine("2026-11-19 09:03", timedelta(minutes=47))
    door = DoorWithClock(office, machine)
    state = SyncState()
    clock = WitnessedClock(machine, lambda: state)
    door.door = Door(office.log, ENTRANCE, clock)

    def tap(at: str) -> TapAnswer:
        machine.advance_to(at)
        return door.door.record_tap(card_token_of(ANN), "front")

    assert tap("2026-11-19 09:05").clock == UNSYNCHRONISED
    machine.behind = timedelta()  # a person sets it, the hub agrees
    state = compare(machine)
    machine.advance_to("2026-11-19 11:59")
    door.door.clock_monitor.rate(clock.read())  # the screen does so once a second
    door.door.clock_monitor.record_changes()
    answer = tap("2026-11-19 12:00")
    assert (answer.clock, answer.outcome) == (OK, "checked_out")
    assert [correction.seconds for correction in door.corrections] == [47 * 60]
    assert answer.since == local_time("2026-11-19 09:05")
    office.close_down()
