"""What a door makes of taps on a wrong clock, before it is put right and after: by the kiosk, or by a person."""

from datetime import timedelta

import pytest

from domain.act import Act
from domain.clock import OK, UNKNOWN, UNSYNCHRONISED
from domain.errors import ClockBeforeRelease, NothingToPutRight
from domain.model.attendance import RefusedTaps
from domain.model.known_past import EARLIEST
from domain.spans import instant
from domain.use_cases.check_in import Door
from domain.use_cases.clock_correction import confirm_clock, correct_clock
from domain.use_cases.kiosk_place import KioskPlace
from tests.support.desk_commands import card_token_of
from tests.support.door_with_clock import BEHIND, DoorWithClock, door_with_clock
from tests.support.fake_machine import FakeMachine
from tests.support.office import Office, assert_refused, format_answer
from tests.support.people import ANN, BEN, COORDINATOR, NOTE, act, local_second, local_time

DECADES = timedelta(days=56 * 365)
"""A clock without a battery begins in 1970."""


# --- What the door makes of it ---


def test_before_the_correction_the_door_does_not_know_of_the_arrival(office: Office) -> None:
    """It uses what it knows then: by the clock that was in 1970 another person's day began."""
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


# --- Put right by a person ---


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


@pytest.mark.parametrize("trust", [UNSYNCHRONISED, OK])
@pytest.mark.parametrize("first", [600, 7_200], ids=["fewer seconds", "more seconds"])
@pytest.mark.parametrize("later", ["2026-11-19 10:00:00", "2026-11-19 10:00:01"])
def test_of_two_statements_the_one_that_was_recorded_later_counts(
    office: Office, trust: str, first: int, later: str
) -> None:
    """Also of two in one second, as in one batch file: in what is evaluated, and at the door."""
    door = DoorWithClock(office, FakeMachine("2026-11-19 09:00", timedelta(hours=1), trust=trust))
    door.tap()
    for seconds, at in ((first, "2026-11-19 10:00:00"), (3_600, later)):
        correct_clock(office.log, "entrance", "boot-1", seconds, NOTE, act(at))
    assert [row.check_in for row in office.at("2026-11-19 11:00").list_visits()] == [local_second("2026-11-19 09:00")]
    assert office.tap(ANN, "2026-11-19 12:00").since == local_time("2026-11-19 09:00")


TEN_DAYS = timedelta(days=10)


def ahead_and_vouched_for(office: Office, ahead: timedelta = TEN_DAYS) -> DoorWithClock:
    """Ann taps at nine on a clock that is ahead, and the kernel is content with it."""
    door = DoorWithClock(office, FakeMachine("2026-11-19 09:00", -ahead, trust=OK))
    assert door.tap().clock == OK
    return door


def test_a_session_whose_clock_was_vouched_for_can_be_put_right_too(office: Office) -> None:
    """Then it condemns no later clock, and its taps count when they were."""
    door = ahead_and_vouched_for(office)
    door.machine.reboot("2026-11-19 10:00", trust=OK)
    door.restart()
    assert door.tap(BEN).clock == UNSYNCHRONISED
    correct_clock(office.log, "entrance", "boot-1", -10 * 86_400, NOTE, act("2026-11-19 10:10"))
    answer = door.tap(ANN, "2026-11-19 12:00")
    assert (format_answer(answer), answer.clock, answer.since) == ("checked_out", OK, local_time("2026-11-19 09:00"))


def test_of_such_a_session_only_the_taps_until_then_are_meant(office: Office) -> None:
    """The clock was set afterwards, and what it shows since is right."""
    door = ahead_and_vouched_for(office)
    correct_clock(office.log, "entrance", "boot-1", -10 * 86_400, NOTE, act("2026-11-19 09:10"))
    door.machine.advance_to("2026-11-19 10:00").synchronise_clock()
    door.poll_clock()
    answer = door.tap(ANN, "2026-11-19 12:00")
    assert (format_answer(answer), answer.at) == ("checked_out", local_time("2026-11-19 12:00"))
    assert answer.since == local_time("2026-11-19 09:00")


def test_until_it_is_set_a_clock_that_was_stated_as_wrong_is_not_trusted(office: Office) -> None:
    door = ahead_and_vouched_for(office)
    correct_clock(office.log, "entrance", "boot-1", -10 * 86_400, NOTE, act("2026-11-19 09:10"))
    assert door.tap(BEN, "2026-11-19 09:30").clock == UNSYNCHRONISED
    door.restart()
    assert door.tap(BEN, "2026-11-19 09:40").clock == UNSYNCHRONISED
    door.machine.synchronise_clock()
    assert door.tap(BEN, "2026-11-19 09:50").clock == OK


def test_a_session_on_no_clock_of_the_machine_cannot_be_put_right(office: Office) -> None:
    DoorWithClock(office, FakeMachine("2026-11-19 09:00", trust=UNKNOWN)).tap()
    refusal = NothingToPutRight("entrance", "boot-1")
    assert_refused(
        office, lambda it: correct_clock(it.log, "entrance", "boot-1", 60, NOTE, act("2026-11-19 09:10")), refusal
    )


# --- Confirmed by a person ---


def confirm(door: DoorWithClock, at: str) -> None:
    """A coordinator compares the kiosk's clock with another, and says that it is right."""
    reading = door.machine.advance_to(at).read()
    confirm_clock(door.office.log, "entrance", reading, NOTE, Act(reading.at, COORDINATOR, reading.at))


def test_after_months_a_clock_is_trusted_once_it_is_confirmed(office: Office) -> None:
    """The unit was closed, and the machine off: the kernel's word is not enough."""
    DoorWithClock(office, FakeMachine("2026-11-19 09:00", trust=OK)).tap(BEN)
    door = DoorWithClock(office, FakeMachine("2027-02-19 09:00", trust=OK))
    door.machine.boot = "boot-2"
    assert door.tap().clock == UNSYNCHRONISED
    confirm(door, "2027-02-19 09:10")
    answer = door.tap(at="2027-02-19 12:00")
    assert (format_answer(answer), answer.clock, answer.since) == ("checked_out", OK, local_time("2027-02-19 09:00"))
    door.machine.reboot("2027-02-20 09:00", trust=OK)
    door.restart()
    assert door.tap(BEN).clock == OK


def test_a_clock_that_follows_nothing_is_trusted_once_it_is_confirmed_until_it_is_set(office: Office) -> None:
    door = door_with_clock(office, behind=timedelta())
    door.tap()
    confirm(door, "2026-11-19 09:10")
    assert door.tap(BEN, "2026-11-19 09:20").clock == OK
    door.machine.behind = timedelta(hours=1)
    assert door.tap(BEN, "2026-11-19 11:20").clock == UNSYNCHRONISED


@pytest.mark.parametrize("behind", [timedelta(), BEHIND, timedelta(days=3), DECADES, -timedelta(days=3)])
def test_once_a_clock_that_was_set_by_hand_is_confirmed_door_and_desk_find_the_taps_before(
    office: Office, behind: timedelta
) -> None:
    """The kiosk has noted the step, and the desk the confirmation."""
    door = door_with_clock(office, behind=behind)
    for at, who in (("09:03", ANN), ("09:04", BEN)):
        door.tap(who, f"2026-11-19 {at}")
    door.machine.advance_to("2026-11-19 09:30").behind = timedelta()
    door.poll_clock()
    confirm(door, "2026-11-19 09:31")
    answer = door.tap(at="2026-11-19 12:00")
    assert (format_answer(answer), answer.since) == ("checked_out", local_time("2026-11-19 09:03"))
    office.at("2026-11-19 13:00").close_visit(BEN, "2026-11-19 09:04", "2026-11-19 12:00")
    visits = [(visit.volunteer, visit.check_in, visit.check_out) for visit in office.list_visits()]
    noon = local_second("2026-11-19 12:00")
    assert visits == [(ANN, local_second("2026-11-19 09:03"), noon), (BEN, local_second("2026-11-19 09:04"), noon)]


def test_of_a_clock_that_was_set_twice_by_hand_the_taps_before_each_are_found(office: Office) -> None:
    door = door_with_clock(office, behind=timedelta(days=9))
    door.tap()
    for at, behind in (("10:00", timedelta(days=3)), ("11:30", timedelta())):
        door.machine.advance_to(f"2026-11-19 {at}").behind = behind
        door.poll_clock()
        if behind:
            door.tap(BEN, "2026-11-19 11:00")
    confirm(door, "2026-11-19 11:31")
    answers = [door.tap(who, f"2026-11-19 12:0{minute}") for minute, who in enumerate((ANN, BEN))]
    assert [(format_answer(answer), answer.since) for answer in answers] == [
        ("checked_out", local_time("2026-11-19 09:03")),
        ("checked_out", local_time("2026-11-19 11:00")),
    ]


def test_a_clock_that_was_confirmed_and_was_wrong_can_be_put_right(office: Office) -> None:
    """What was confirmed no longer counts."""
    door = DoorWithClock(office, FakeMachine("2026-11-19 09:00", -DECADES, trust=OK))
    confirm(door, "2026-11-19 09:00")
    assert door.tap().clock == OK
    correct_clock(office.log, "entrance", "boot-1", -round(DECADES.total_seconds()), NOTE, act("2026-11-19 09:30"))
    assert door.tap(BEN, "2026-11-19 09:40").clock == UNSYNCHRONISED
    door.machine.reboot("2026-11-19 10:00", trust=OK)
    door.restart()
    answer = door.tap(at="2026-11-19 12:00")
    assert (format_answer(answer), answer.clock, answer.since) == ("checked_out", OK, local_time("2026-11-19 09:00"))


def test_a_clock_that_stands_before_the_program_was_made_cannot_be_confirmed(office: Office) -> None:
    earliest = instant(EARLIEST)
    reading = FakeMachine("2026-11-19 09:00").read()
    early = reading._replace(at=earliest - timedelta(seconds=1))
    refusal = ClockBeforeRelease(early.at, earliest)
    when = act("2026-11-19 09:10")
    assert_refused(office, lambda it: confirm_clock(it.log, "entrance", early, NOTE, when), refusal)
    confirm_clock(office.log, "entrance", reading._replace(at=earliest), NOTE, when)


def test_a_session_with_nothing_but_a_refused_tap_can_be_put_right(office: Office) -> None:
    """It counts in the totals of a day."""
    door_with_clock(office).tap("f" * 32)
    assert len(office.list_events(RefusedTaps.TapRefused)) == 1
    correct_clock(office.log, "entrance", "boot-1", 60, NOTE, act("2026-11-19 09:10"))
