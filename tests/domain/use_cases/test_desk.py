"""What coordinators do: each command that names a person or something unknown is refused, and nothing is half done."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.errors import (
    AlreadyEnrolled,
    AlreadyResponsible,
    AlreadyScheduled,
    CardHeld,
    EndsBeforeStart,
    NoOpenCase,
    NotEnrolled,
    NotResponsible,
    NotScheduled,
    ShiftStarted,
    UnitAlreadyOpen,
    UnitNotOpen,
)
from domain.ids import refused_commands_stream
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log
from domain.model.refused_commands import RefusedCommands
from domain.model.shift import Shift
from domain.model.unit import UnitFacts
from domain.model.volunteer import Volunteer
from domain.use_cases.desk import Desk
from domain.use_cases.kiosk_place import KioskPlace
from tests.support.office import Office, assert_refused
from tests.support.people import ANN, BEN, CAT, COORDINATOR, STRANGER, act, local_time

Asking = Callable[[Office], object]


def asking(**asks: Asking) -> pytest.MarkDecorator:
    """The same rule for each way of asking."""
    return pytest.mark.parametrize("ask", list(asks.values()), ids=list(asks))


@pytest.fixture
def rostered(office: Office) -> Office:
    """On Thursday Ann has the morning shift, Ben the afternoon; it is the evening before."""
    office.at("2026-11-18 20:00")
    office.schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    office.schedule_shift("S2", "2026-11-19 14:00", "17:00", BEN)
    return office


# --- What is asked is written down ---


@asking(
    renew=lambda office: office.renew(ANN, "2026-12-01"),
    end=lambda office: office.end(ANN, "2026-12-01"),
    train=lambda office: office.train(ANN, "growth"),
    suspend=lambda office: office.suspend(ANN, "2026-12-01"),
    assess=lambda office: office.assess(ANN, "2026-12-31", 80),
    revoke=lambda office: office.revoke(ANN),
    policy=lambda office: office.adopt_policy("2026-12-01", debounce_seconds=30),
    closed_on=lambda office: office.import_closed_days("2026-12-25"),
    event=lambda office: office.schedule_event("E1", "2026-11-20 09:00", "12:00"),
    assign=lambda office: office.assign("S1", BEN),
    unassign=lambda office: office.unassign("S1", ANN),
    change=lambda office: office.change_shift("S1", "2026-11-19 10:00", "12:00"),
    cancel=lambda office: office.cancel_shift("S1"),
    leave=lambda office: office.request_leave("S1", ANN),
    excuse=lambda office: office.excuse_absence("S1", ANN),
    add=lambda office: office.add_visit(ANN, "2026-11-18 09:00", "12:00"),
)
def test_a_command_is_one_event_by_who_gave_it(rostered: Office, ask: Asking) -> None:
    """When it happened stands in it, and when it was written down."""
    before = rostered.log.head().position
    ask(rostered.at("2026-11-18 21:00", recorded="2026-11-18 22:00"))
    (entry,) = rostered.log.read_entries(after=before)
    assert (entry.event.at, entry.event.by) == (local_time("2026-11-18 21:00"), COORDINATOR)
    assert entry.event.timestamp == local_time("2026-11-18 22:00")


def test_a_suspension_and_a_leave_can_be_taken_back(rostered: Office) -> None:
    """R-044, R-053."""
    rostered.suspend(BEN, "2026-12-01")
    rostered.resume(BEN, "2026-12-10")
    rostered.request_leave("S1", ANN)
    rostered.withdraw_leave("S1", ANN)
    kinds = (Volunteer.Suspended, Volunteer.Resumed, Shift.LeaveRequested, Shift.LeaveWithdrawn)
    assert [len(rostered.list_events(kind)) for kind in kinds] == [1, 1, 1, 1]


# --- Who and what must exist ---


@asking(
    renew=lambda office: office.renew(STRANGER, "2026-12-01"),
    end=lambda office: office.end(STRANGER, "2026-12-01"),
    train=lambda office: office.train(STRANGER, "basic"),
    suspend=lambda office: office.suspend(STRANGER, "2026-12-01"),
    resume=lambda office: office.resume(STRANGER, "2026-12-01"),
    assess=lambda office: office.assess(STRANGER, "2026-12-31", 80),
    decide=lambda office: office.decide(STRANGER, "R-050"),
    issue=lambda office: office.issue(STRANGER),
    shift=lambda office: office.schedule_shift("S3", "2026-11-20 09:00", "12:00", ANN, STRANGER),
    event=lambda office: office.schedule_event("E1", "2026-11-20 09:00", "12:00", ANN, STRANGER),
    assign=lambda office: office.assign("S1", STRANGER),
    swap=lambda office: office.swap("S1", ANN, STRANGER),
    close=lambda office: office.close_visit(STRANGER, "2026-11-18 09:00", "12:00"),
    add=lambda office: office.add_visit(STRANGER, "2026-11-18 09:00", "12:00"),
    void=lambda office: office.void_visit(STRANGER, "2026-11-18 09:00"),
    misuse=lambda office: office.annotate_misuse(STRANGER, "2026-11-18 09:00"),
)
def test_nothing_is_done_with_somebody_who_was_never_enrolled(rostered: Office, ask: Asking) -> None:
    assert_refused(rostered, ask, NotEnrolled(STRANGER))


@asking(
    unassign=lambda office: office.unassign("S1", STRANGER),
    leave=lambda office: office.request_leave("S1", STRANGER),
    excuse=lambda office: office.excuse_absence("S1", STRANGER),
    swap=lambda office: office.swap("S1", STRANGER, BEN),
)
def test_nor_does_somebody_unknown_leave_a_shift(rostered: Office, ask: Asking) -> None:
    assert_refused(rostered, ask, NotResponsible(STRANGER, "S1"))


@asking(
    assign=lambda office: office.assign("S9", ANN),
    unassign=lambda office: office.unassign("S9", ANN),
    change=lambda office: office.change_shift("S9", "2026-11-19 09:00", "12:00"),
    cancel=lambda office: office.cancel_shift("S9"),
    leave=lambda office: office.request_leave("S9", ANN),
    withdraw_leave=lambda office: office.withdraw_leave("S9", ANN),
    excuse=lambda office: office.excuse_absence("S9", ANN),
    swap=lambda office: office.swap("S9", ANN, BEN),
    swap_back=lambda office: office.swap("S1", ANN, BEN, back="S9"),
)
def test_nothing_is_done_with_a_shift_that_was_never_scheduled(rostered: Office, ask: Asking) -> None:
    assert_refused(rostered, ask, NotScheduled("S9"))


def test_nobody_is_enrolled_twice(office: Office) -> None:
    assert_refused(office, lambda office: office.enrol(ANN), AlreadyEnrolled(ANN))


def test_a_shift_and_an_event_are_scheduled_once_each(rostered: Office) -> None:
    """They may share a name: they are two things."""
    rostered.schedule_event("S1", "2026-11-19 09:00", "12:00")
    assert_refused(
        rostered, lambda office: office.schedule_shift("S1", "2026-12-01 09:00", "12:00"), AlreadyScheduled("S1")
    )
    assert_refused(
        rostered, lambda office: office.schedule_event("S1", "2026-12-01 09:00", "12:00"), AlreadyScheduled("S1")
    )


def test_a_shift_is_not_scheduled_when_one_of_its_volunteers_is_named_twice(office: Office) -> None:
    twice = (ANN, BEN, ANN)
    assert_refused(
        office,
        lambda office: office.schedule_shift("S3", "2026-11-20 09:00", "12:00", *twice),
        AlreadyResponsible(ANN, "S3"),
    )


def test_a_shift_that_ends_before_it_begins_is_not_scheduled(office: Office) -> None:
    start, end = local_time("2026-11-20 12:00"), local_time("2026-11-20 09:00")
    assert_refused(
        office, lambda office: office.schedule_shift("S3", "2026-11-20 12:00", "09:00"), EndsBeforeStart(start, end)
    )


# --- The unit ---


def test_a_unit_is_opened_once(office: Office) -> None:
    facts = UnitFacts("again", "public", None, None)
    assert_refused(office, lambda office: office.desk.open_unit(facts, office.act), UnitAlreadyOpen("戶政事務所"))


def test_without_a_home_there_is_no_unit(tmp_path: Path) -> None:
    log = create_sqlite_log(tmp_path / "log.db", REGISTERED_NAMES)
    desk = Desk(log, KioskPlace("entrance"))
    with pytest.raises(UnitNotOpen):
        desk.adopt_policy(date(2026, 1, 1), {}, act("2026-01-01 09:00"))
    with pytest.raises(LookupError, match="a log without a unit"):
        desk.record_refusal("swap", NotScheduled("S9"), act("2026-01-01 09:00"))
    log.close()


# --- Swaps (R-025, R-042, R-043) ---


def test_a_swap_hands_over_both_shifts(rostered: Office) -> None:
    """R-042: in one step."""
    rostered.swap("S1", ANN, BEN, back="S2")
    passed = [(event.shift, event.giver, event.taker) for event in rostered.list_events(Shift.HandedOver)]
    assert passed == [("S1", ANN, BEN), ("S2", BEN, ANN)]


def test_a_swap_may_be_one_way(rostered: Office) -> None:
    """R-042: a substitute who gives nothing back."""
    rostered.swap("S1", ANN, CAT)
    assert [event.taker for event in rostered.list_events(Shift.HandedOver)] == [CAT]


def test_a_swap_hands_over_both_shifts_or_neither(rostered: Office) -> None:
    """R-042: Cat has no shift to give back, so Ann keeps hers."""
    assert_refused(rostered, lambda office: office.swap("S1", ANN, CAT, back="S2"), NotResponsible(CAT, "S2"))
    rostered.at("2026-11-19 09:00")
    assert_refused(
        rostered,
        lambda office: office.swap("S2", BEN, ANN, back="S1"),
        ShiftStarted("S1", local_time("2026-11-19 09:00")),
    )


def test_a_swap_is_agreed_before_either_shift_starts(rostered: Office) -> None:
    """R-025: at 08:59:59 it is a swap, at nine it is a fact."""
    rostered.at("2026-11-19 09:00:00")
    assert_refused(
        rostered, lambda office: office.swap("S1", ANN, BEN), ShiftStarted("S1", local_time("2026-11-19 09:00"))
    )
    rostered.at("2026-11-19 08:59:59").swap("S1", ANN, BEN)


def test_a_swap_told_afterwards_is_marked(rostered: Office) -> None:
    """R-025."""
    rostered.at("2026-11-20 09:00").swap("S1", ANN, BEN, back="S2", retroactive=True)
    assert [event.retroactive for event in rostered.list_events(Shift.HandedOver)] == [True, True]


def test_leave_is_asked_before_the_shift_starts(rostered: Office) -> None:
    """R-044, R-045: later only a coordinator excuses the absence."""
    rostered.at("2026-11-19 09:30")
    assert_refused(
        rostered, lambda office: office.request_leave("S1", ANN), ShiftStarted("S1", local_time("2026-11-19 09:00"))
    )
    rostered.excuse_absence("S1", ANN)
    assert [event.by for event in rostered.list_events(Shift.AbsenceExcused)] == [COORDINATOR]


# --- What was refused ---


def test_a_refused_command_is_recorded_with_the_rule_that_refused_it(office: Office) -> None:
    """For the auditor: what was asked, by whom, and which rule said no."""
    office.at("2026-11-20 03:00", recorded="2026-11-20 10:00")
    office.desk.record_refusal("issue_card", CardHeld(ANN), office.act)
    office.desk.record_refusal("swap", NotScheduled("S9"), office.act)
    first, second = office.list_events(RefusedCommands.CommandRefused)
    assert (first.command, first.refusal, first.by) == ("issue_card", "CardHeld", COORDINATOR)
    assert (first.at, first.timestamp) == (local_time("2026-11-20 03:00"), local_time("2026-11-20 10:00"))
    assert (second.command, second.refusal, second.originator_version) == ("swap", "NotScheduled", 2)
    assert first.originator_id == refused_commands_stream(date(2026, 11, 19))


def test_a_decision_needs_a_case(office: Office) -> None:
    assert_refused(office, lambda office: office.decide(ANN, "R-050"), NoOpenCase(ANN, "R-050"))
