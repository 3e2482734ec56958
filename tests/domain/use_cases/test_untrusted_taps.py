"""Taps on a clock that cannot be trusted: accepted, marked, and put right when the time is right again."""

from datetime import timedelta

import pytest

from domain.clock import OK, UNSYNCHRONISED
from domain.log.errors import CannotWrite
from domain.model.attendance import Attendance
from tests.support.door_with_clock import BEHIND, DoorWithClock, door_with_clock
from tests.support.fake_machine import FakeMachine
from tests.support.full_disk import full_disk
from tests.support.log_error_sentences import raises_log_error
from tests.support.office import Office, format_answer
from tests.support.people import ANN, BEN, local_time

DECADES = timedelta(days=56 * 365)
"""A clock without a battery begins in 1970."""


# --- Accepted and marked ---


@pytest.mark.parametrize("behind", [BEHIND, DECADES, -DECADES])
def test_a_tap_on_a_wrong_clock_is_accepted_and_marked(office: Office, behind: timedelta) -> None:
    """In 1970 no card was issued: what is on record counts as known, because nobody knows when it is."""
    answer = door_with_clock(office, behind=behind).tap()
    assert (format_answer(answer), answer.clock, answer.at) == (
        "checked_in",
        UNSYNCHRONISED,
        local_time("2026-11-19 09:03") - behind,
    )
    (tap,) = office.list_events(Attendance.CheckedIn)
    assert (tap.at, tap.clock, tap.boot) == (answer.at, UNSYNCHRONISED, "boot-1")


def test_a_revoked_card_is_refused_on_a_wrong_clock_too(office: Office) -> None:
    office.at("2026-11-19 08:00").revoke(ANN)
    assert format_answer(door_with_clock(office).tap()) == "refused: revoked_card"


def test_a_tap_on_a_clock_that_is_behind_is_not_written_down_before_what_stands_there(office: Office) -> None:
    """As of an instant before the last tap that can be trusted, nobody knew of it."""
    door = DoorWithClock(office, FakeMachine("2026-11-19 08:50", trust=OK))
    door.tap(BEN)
    door.machine.reboot("2026-11-19 09:03", BEHIND)
    door.restart()
    door.tap(ANN)
    assert [tap.timestamp for tap in office.list_events(Attendance.CheckedIn)] == [local_time("2026-11-19 08:50")] * 2


@pytest.mark.parametrize(("restarts_at", "trust"), [("2026-11-19 08:59:59", UNSYNCHRONISED), ("2026-11-19 09:00", OK)])
def test_earlier_than_the_last_tap_before_the_restart_is_not_believed(
    office: Office, restarts_at: str, trust: str
) -> None:
    """Even where the kernel says that the clock is right."""
    door = DoorWithClock(office, FakeMachine("2026-11-19 09:00", trust=OK))
    door.tap(BEN)
    door.machine.reboot(restarts_at, trust=OK)
    door.restart()
    assert door.tap(ANN).clock == trust


def test_a_disbelieved_clock_is_still_disbelieved_by_a_program_that_begins_anew(office: Office) -> None:
    """By then it has run past the last tap, and was not set: its taps wait."""
    door = DoorWithClock(office, FakeMachine("2026-11-19 09:00", trust=OK))
    door.tap(BEN)
    door.machine.reboot("2026-11-19 08:58", trust=OK)
    door.restart()
    door.tap(ANN)
    door.machine.advance_to("2026-11-19 09:30")
    door.restart()
    door.poll_clock()
    assert (door.tap(BEN).clock, door.corrections) == (UNSYNCHRONISED, [])


def test_once_it_was_put_right_a_program_that_begins_anew_believes_it(office: Office) -> None:
    door = DoorWithClock(office, FakeMachine("2026-11-19 09:00", trust=OK))
    door.tap(BEN)
    door.machine.reboot("2026-11-19 09:10", timedelta(hours=1), trust=OK)
    door.restart()
    door.tap(ANN)
    door.machine.advance_to("2026-11-19 09:30").synchronise_clock()
    door.poll_clock()
    door.restart()
    assert [correction.seconds for correction in door.corrections] == [3_600]
    assert door.tap(BEN, "2026-11-19 12:00").clock == OK


def test_a_tap_that_nobody_vouched_for_condemns_no_later_clock(office: Office) -> None:
    door = door_with_clock(office, behind=-DECADES)
    door.tap(BEN)
    door.machine.reboot("2026-11-19 10:00", trust=OK)
    door.restart()
    assert door.tap(ANN).clock == OK


# --- Put right by the kiosk itself ---


def test_when_the_time_is_right_again_the_kiosk_writes_by_how_much_it_was_wrong(office: Office) -> None:
    door = door_with_clock(office)
    door.tap()
    door.machine.advance_to("2026-11-19 09:30").synchronise_clock()
    door.poll_clock()
    (correction,) = door.corrections
    assert (correction.kiosk, correction.boot, correction.seconds) == ("entrance", "boot-1", 21_060)
    assert (correction.at, correction.by) == (local_time("2026-11-19 09:30"), None)
    (step,) = door.steps
    assert step.after_ns - step.before_ns == 21_060 * 10**9
    door.poll_clock()
    assert (len(door.corrections), len(door.steps)) == (1, 1)


def test_no_tap_waits_for_it(office: Office) -> None:
    """The first tap on the right clock is written first, then what the clock showed."""
    door = door_with_clock(office)
    door.tap(BEN)
    door.machine.synchronise_clock()
    answer = door.tap(ANN, "2026-11-19 09:30")
    assert door.corrections == []
    door.door.clock_monitor.record_changes()
    assert len(door.corrections) == 1
    assert office.log.head().position > answer.event


@pytest.mark.parametrize("second_tap", [True, False])
def test_a_program_that_begins_anew_finds_in_the_log_what_waits(office: Office, second_tap: bool) -> None:
    """Also where the one before was killed between the first tap on the right clock and the correction."""
    door = door_with_clock(office)
    door.tap(BEN)
    door.machine.advance_to("2026-11-19 09:30").synchronise_clock()
    if second_tap:
        door.tap(BEN)
    door.restart()
    door.poll_clock()
    assert [correction.seconds for correction in door.corrections] == [21_060]
    door.restart()
    door.poll_clock()
    assert len(door.corrections) == 1


def test_two_programs_at_one_kiosk_write_one_correction(office: Office) -> None:
    door = door_with_clock(office)
    door.tap()
    beside = DoorWithClock(office, door.machine)
    for program in (door, beside):
        program.poll_clock()
    door.machine.advance_to("2026-11-19 09:30").synchronise_clock()
    for program in (door, beside):
        program.poll_clock()
    assert (len(door.corrections), len(door.steps)) == (1, 1)


def test_what_cannot_be_written_waits_until_it_can(office: Office) -> None:
    door = door_with_clock(office)
    door.tap()
    door.machine.advance_to("2026-11-19 09:30").synchronise_clock()
    with full_disk(), raises_log_error(CannotWrite, match="cannot write"):
        door.poll_clock()
    door.poll_clock()
    assert len(door.corrections) == 1


def test_a_clock_set_by_hand_is_a_step_on_record(office: Office) -> None:
    door = door_with_clock(office, behind=timedelta())
    door.poll_clock()
    door.machine.behind = timedelta(seconds=63)
    door.poll_clock()
    (step,) = door.steps
    assert (step.after_ns - step.before_ns, step.clock) == (-63 * 10**9, UNSYNCHRONISED)
    assert door.corrections == []
