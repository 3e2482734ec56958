"""What a door makes of taps on a wrong clock, before it is put right and after: by the kiosk, or by somebody."""

from datetime import timedelta

import pytest

from domain.clock import OK, UNSYNCHRONISED
from domain.errors import NothingToPutRight
from domain.model.attendance import RefusedTaps
from domain.use_cases.check_in import Door, KioskPlace
from domain.use_cases.clock_correction import correct_clock
from tests.support.desk_commands import card_token_of
from tests.support.door_with_clock import BEHIND, DoorWithClock, door_with_clock
from tests.support.fake_machine import FakeMachine
from tests.support.office import Office, assert_refused, format_answer
from tests.support.people import ANN, BEN, NOTE, act, local_time

DECADES = timedelta(days=56 * 365)
"""A clock without a battery begins in 1970."""


# --- What the door makes of it ---


def test_before_the_correction_the_door_does_not_know_of_the_arrival(office: Office) -> None:
    """It uses what it knows then: by the clock that was in 1970 somebody else's day began."""
    door = door_with_clock(office, behind=DECADES)
    door.tap()
    door.machine.synchronise_clock()
    assert format_answer(door.tap(at="2026-11-19 12:00")) == "checked_in"


@pytest.mark.parametrize("behind", [BEHIND, timedelta(hours=30), DECADES, -DECADES])
def test_after_the_correction_the_departure_ends_the_visit_that_began_then(office: Office, behind: timedelta) -> None:
    door = door_with_clock(office, behind=behind)
    door.tap()
    door.machine.advance_to("2026-11-19 09:30").synchronise_clock()
    door.poll_clock()
    answer = door.tap(at="2026-11-19 12:00")
    assert (format_answer(answer), answer.since) == ("checked_out", local_time("2026-11-19 09:03"))


def test_the_correction_of_a_session_before_the_last_restart_counts_too(office: Office) -> None:
    door = door_with_clock(office, behind=DECADES)
    door.tap()
    door.machine.advance_to("2026-11-19 09:30").synchronise_clock()
    door.poll_clock()
    door.machine.reboot("2026-11-19 11:00", trust=OK)
    door.restart()
    assert format_answer(door.tap(at="2026-11-19 12:00")) == "checked_out"


def test_taps_on_either_side_of_a_clock_that_was_set_by_hand_are_both_found(office: Office) -> None:
    door = door_with_clock(office, behind=DECADES)
    door.tap()
    door.machine.advance_to("2026-11-19 10:00").behind = timedelta(days=3)
    door.poll_clock()
    assert format_answer(door.tap(BEN)) == "checked_in"
    door.machine.advance_to("2026-11-19 10:30").synchronise_clock()
    door.poll_clock()
    for who, since in ((ANN, "2026-11-19 09:03"), (BEN, "2026-11-19 10:00")):
        answer = door.tap(who, "2026-11-19 12:00")
        assert (format_answer(answer), answer.since) == ("checked_out", local_time(since))


def test_another_door_knows_of_it_as_well(office: Office) -> None:
    """Its log holds the taps of the entrance, and what the entrance found out about its clock."""
    door = door_with_clock(office, behind=DECADES)
    door.tap()
    door.machine.advance_to("2026-11-19 09:30").synchronise_clock()
    door.poll_clock()
    side = Door(office.log, KioskPlace("side", ("entrance",)), door.machine.advance_to("2026-11-19 12:00"))
    assert format_answer(side.record_tap(card_token_of(ANN), "front")) == "checked_out"


# --- Put right by somebody ---


def test_a_coordinator_states_it_and_taps_to_come_count_so_too(office: Office) -> None:
    door = door_with_clock(office, behind=DECADES)
    door.tap()
    stated = act("2026-11-19 09:10")
    correct_clock(office.log, "entrance", "boot-1", round(DECADES.total_seconds()), NOTE, stated)
    answer = door.tap(at="2026-11-19 12:00")
    assert (format_answer(answer), answer.since) == ("checked_out", local_time("2026-11-19 09:03"))
    assert (answer.at, answer.clock) == (local_time("2026-11-19 12:00"), UNSYNCHRONISED)


def test_the_next_day_too(office: Office) -> None:
    """The kiosk runs on without a reference: what was stated of its session still holds."""
    door = door_with_clock(office, behind=DECADES)
    door.tap(BEN)
    stated = act("2026-11-19 09:10")
    correct_clock(office.log, "entrance", "boot-1", round(DECADES.total_seconds()), NOTE, stated)
    door.tap(ANN, "2026-11-20 09:00")
    answer = door.tap(ANN, "2026-11-20 12:00")
    assert (format_answer(answer), answer.since) == ("checked_out", local_time("2026-11-20 09:00"))


@pytest.mark.parametrize(("kiosk", "boot"), [("entrance", "boot-2"), ("side", "boot-1")])
def test_only_a_session_with_such_taps_can_be_put_right(office: Office, kiosk: str, boot: str) -> None:
    door_with_clock(office).tap()
    refusal = NothingToPutRight(kiosk, boot)
    assert_refused(office, lambda it: correct_clock(it.log, kiosk, boot, 60, NOTE, act("2026-11-19 09:10")), refusal)


def test_a_session_whose_clock_was_vouched_for_cannot_be_put_right(office: Office) -> None:
    DoorWithClock(office, FakeMachine("2026-11-19 09:00", trust=OK)).tap()
    refusal = NothingToPutRight("entrance", "boot-1")
    assert_refused(
        office, lambda it: correct_clock(it.log, "entrance", "boot-1", 60, NOTE, act("2026-11-19 09:10")), refusal
    )


def test_a_session_with_nothing_but_a_refused_tap_can_be_put_right(office: Office) -> None:
    """It counts in the totals of a day."""
    door_with_clock(office).tap("f" * 32)
    assert len(office.list_events(RefusedTaps.TapRefused)) == 1
    correct_clock(office.log, "entrance", "boot-1", 60, NOTE, act("2026-11-19 09:10"))
