"""Read model: the live roster: everybody has one state in every duty, and whoever is in appears (R-125)."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.use_cases.unit_rules import UnitRules
from projections.read_models.live_roster import LiveRoster, RosterEntry, build_live_roster
from projections.read_models.presence import list_present
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, local_second

DAY = "2026-11-19"


def roster_at(office: Office, at: str) -> LiveRoster:
    """The roster of the office at a local time of the day, or at a whole instant."""
    now = at if "-" in at else f"{DAY} {at}"
    rules = UnitRules(office.log).load()
    return build_live_roster(office.at(now).current_views(), office.log, rules.days, rules.policies, local_second(now))


def entry(office: Office, at: str, shift: str | None = "AM", who: UUID | None = ANN) -> RosterEntry | None:
    """A volunteer's line in a shift, or outside any."""
    lines = [e for e in roster_at(office, at).entries if (e.slot and e.slot.shift, e.volunteer) == (shift, who)]
    assert len(lines) < 2
    return lines[0] if lines else None


def state(office: Office, at: str, shift: str | None = "AM", who: UUID | None = ANN) -> str | None:
    found = entry(office, at, shift, who)
    return found and found.state


def uncovered(office: Office, at: str) -> list[str]:
    return [slot.shift for slot in roster_at(office, at).uncovered]


@pytest.fixture
def half_days(office: Office) -> Office:
    """Ann serves in the morning and in the afternoon; grace 10 minutes, early window 30."""
    office.at("2026-11-01 09:00")
    office.schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN)
    office.schedule_shift("PM", f"{DAY} 14:00", "17:00", ANN)
    return office


@pytest.fixture
def morning(office: Office) -> Office:
    """Ann serves in the morning."""
    office.at("2026-11-01 09:00").schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN)
    return office


# --- Not here yet ---


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        ("04:00:00", ("expected", 0)),
        ("09:10:00", ("expected", 0)),
        ("09:10:01", ("late", 10)),
        ("11:59:59", ("late", 179)),
        ("12:00:00", ("absent", 0)),
    ],
)
def test_who_has_not_come_is_expected_then_late_then_absent(morning: Office, at: str, stands: tuple[str, int]) -> None:
    """R-020: late once the grace is over, as a tap at that second would be; absent when the duty is over."""
    found = entry(morning, at)
    assert found is not None
    assert (found.state, found.late_minutes) == stands


def test_the_grace_is_the_one_in_force_on_that_day(morning: Office) -> None:
    """R-020: whole minutes, as the duty counts them, so that the first minute is nobody's lateness."""
    morning.adopt_policy(DAY, grace_minutes_in=0)
    assert (state(morning, "09:00:59"), state(morning, "09:01:00")) == ("expected", "late")


# --- Here, and gone ---


@pytest.mark.parametrize(("came", "late"), [("08:58", 0), ("09:10:00", 0), ("09:10:01", 10), ("09:22", 22)])
def test_who_came_is_here_since_then_and_by_so_much_late(morning: Office, came: str, late: int) -> None:
    morning.tap(ANN, f"{DAY} {came}")
    found = entry(morning, "10:00")
    assert found is not None
    assert (found.state, found.at, found.late_minutes) == ("here", local_second(f"{DAY} {came}"), late)


def test_who_tapped_out_has_left_from_that_second_on(morning: Office) -> None:
    morning.tap(ANN, f"{DAY} 09:00")
    assert state(morning, "10:59:59") == "here"
    morning.tap(ANN, f"{DAY} 11:00")
    found = entry(morning, "11:00:00")
    assert found is not None
    assert (found.state, found.at) == ("left", local_second(f"{DAY} 11:00"))


def test_who_comes_back_is_here_since_they_came_back(morning: Office) -> None:
    for at in ("09:00", "10:00", "10:30"):
        morning.tap(ANN, f"{DAY} {at}")
    found = entry(morning, "11:00")
    assert found is not None
    assert (found.state, found.at, found.late_minutes) == ("here", local_second(f"{DAY} 10:30"), 0)


def test_who_stays_half_an_hour_after_the_last_duty_forgot_to_tap_out(morning: Office) -> None:
    """R-035: it is asked while it can still be put right."""
    morning.tap(ANN, f"{DAY} 09:00")
    assert (state(morning, "12:29:59"), state(morning, "12:30:00")) == ("here", "no_check_out")


def test_who_stays_for_the_afternoon_forgot_nothing(half_days: Office) -> None:
    half_days.tap(ANN, f"{DAY} 09:00")
    assert (state(half_days, "12:30"), state(half_days, "17:29:59", "PM")) == ("here", "here")
    assert state(half_days, "17:30:00", "PM") == "no_check_out"


def test_the_afternoon_begins_half_an_hour_early_for_who_is_in(half_days: Office) -> None:
    """Decision 5: the window of a check-in."""
    half_days.tap(ANN, f"{DAY} 09:00")
    assert (state(half_days, "13:29:59", "PM"), state(half_days, "13:30:00", "PM")) == ("expected", "here")


def test_the_afternoon_of_who_stays_is_covered_and_its_outcome_waits_until_they_tap_out(half_days: Office) -> None:
    """Decision 5: open, the visit began before the window of the afternoon; closed, it overlaps it."""
    half_days.tap(ANN, f"{DAY} 09:00")
    assert [uncovered(half_days, at) for at in ("14:00:00", "16:59:59")] == [[], []]
    assert [duty.outcome for duty in half_days.at(f"{DAY} 17:00").list_duties()] == ["attended", "absent"]
    half_days.tap(ANN, f"{DAY} 17:05")
    assert (state(half_days, "17:05"), state(half_days, "17:05", "PM")) == ("left", "left")
    assert [duty.outcome for duty in half_days.list_duties()] == ["attended", "attended"]


def test_who_was_absent_in_the_morning_stays_so_when_they_come_for_the_afternoon(half_days: Office) -> None:
    half_days.tap(ANN, f"{DAY} 13:50")
    assert (state(half_days, "14:00"), state(half_days, "14:00", "PM")) == ("absent", "here")


def test_who_comes_far_too_early_is_here_all_the_same(morning: Office) -> None:
    """The outcome cannot say yet whether the visit will count; the roster shows that the volunteer is in."""
    morning.tap(ANN, f"{DAY} 07:30")
    assert state(morning, "07:31") == "here"
    assert state(morning, "09:30") == "here"
    assert state(morning, "07:31", shift=None) is None


def test_who_comes_far_too_early_may_forget_to_tap_out(morning: Office) -> None:
    morning.tap(ANN, f"{DAY} 07:30")
    assert (state(morning, "12:29:59"), state(morning, "12:30:00")) == ("here", "no_check_out")
    morning.tap(ANN, f"{DAY} 12:40")
    assert (state(morning, "12:40"), state(morning, "12:40", shift=None)) == ("left", None)


def test_who_came_and_went_before_the_window_is_still_expected(morning: Office) -> None:
    morning.tap(ANN, f"{DAY} 07:30")
    morning.tap(ANN, f"{DAY} 08:00")
    assert (state(morning, "08:30"), state(morning, "08:30", shift=None)) == ("expected", "left")


def test_a_void_visit_is_no_visit(morning: Office) -> None:
    """R-007."""
    morning.tap(ANN, f"{DAY} 09:00")
    morning.at(f"{DAY} 09:30").annotate_misuse(ANN, f"{DAY} 09:00")
    assert state(morning, "09:40") == "late"


def test_a_visit_that_the_desk_closed_is_closed(morning: Office) -> None:
    morning.tap(ANN, f"{DAY} 09:00")
    morning.at(f"{DAY} 13:00").close_visit(ANN, f"{DAY} 09:00", "11:50")
    found = entry(morning, "13:01")
    assert found is not None
    assert (found.state, found.at) == ("left", local_second(f"{DAY} 11:50"))


def test_a_second_arrival_ends_the_first(morning: Office) -> None:
    """Since when the first visit is over, nobody knows; she is in since the second."""
    morning.tap(ANN, f"{DAY} 09:00", direction="in")
    morning.tap(ANN, f"{DAY} 10:00", direction="in")
    found = entry(morning, "10:01")
    assert found is not None
    assert (found.state, found.at) == ("here", local_second(f"{DAY} 10:00"))
    assert roster_at(morning, "10:01").people_in == 1


# --- Not theirs to do ---


def test_who_is_on_leave_is_on_leave(morning: Office) -> None:
    morning.request_leave("AM", ANN)
    assert (state(morning, "09:30"), state(morning, "13:00")) == ("on_leave", "on_leave")


def test_who_comes_on_leave_is_in_without_a_duty(morning: Office) -> None:
    morning.request_leave("AM", ANN)
    morning.tap(ANN, f"{DAY} 09:00")
    assert (state(morning, "09:30"), state(morning, "09:30", shift=None)) == ("on_leave", "here")


def test_an_absence_that_was_excused_is_leave(morning: Office) -> None:
    """R-045: whether it is excused before the duty is over or after."""
    morning.at(f"{DAY} 10:00").excuse_absence("AM", ANN)
    assert (state(morning, "10:30"), state(morning, "12:00")) == ("on_leave", "on_leave")


def test_a_duty_that_was_handed_over_says_to_whom(morning: Office) -> None:
    """R-042: each giver to the one they gave it to."""
    morning.swap("AM", ANN, BEN)
    morning.swap("AM", BEN, CAT)
    takers = {who: entry(morning, "09:30", "AM", who) for who in (ANN, BEN, CAT)}
    assert [(e.state, e.taker) for e in takers.values() if e] == [
        ("handed_over", BEN),
        ("handed_over", CAT),
        ("late", None),
    ]


def test_a_duty_that_came_back_and_was_handed_over_again_says_to_whom_last(morning: Office) -> None:
    morning.swap("AM", ANN, BEN)
    morning.swap("AM", BEN, ANN)
    assert state(morning, "09:00") == "expected"
    morning.at("2026-11-01 10:00").swap("AM", ANN, CAT)
    found = entry(morning, "09:30")
    assert found is not None
    assert found.taker == CAT


def test_a_cancelled_duty_is_cancelled_and_uncovered_by_nobody(morning: Office) -> None:
    morning.cancel_shift("AM")
    assert state(morning, "09:30") == "cancelled"
    assert state(morning, "09:30", who=None) is None
    assert uncovered(morning, "09:30") == []


def test_who_does_not_serve_that_day_leaves_the_duty_vacant(morning: Office) -> None:
    morning.suspend(ANN, DAY)
    assert (state(morning, "09:30"), state(morning, "09:30", who=None)) == ("cancelled", "vacant")


# --- Duties that nobody does ---


def test_a_duty_without_anybody_responsible_is_uncovered_until_it_is_over(office: Office) -> None:
    office.at("2026-11-01 09:00").schedule_shift("AM", f"{DAY} 09:00", "12:00")
    assert state(office, "08:00", who=None) == "vacant"
    assert uncovered(office, "04:00:00") == ["AM"]
    assert (uncovered(office, "11:59:59"), uncovered(office, "12:00:00")) == (["AM"], [])


def test_a_duty_is_uncovered_from_its_start_while_nobody_came(morning: Office) -> None:
    assert (uncovered(morning, "08:59:59"), uncovered(morning, "09:00:00")) == ([], ["AM"])
    assert state(morning, "09:00:00", who=None) is None
    morning.tap(ANN, f"{DAY} 09:05")
    assert uncovered(morning, "09:05:00") == []


def test_one_of_several_is_enough(morning: Office) -> None:
    morning.assign("AM", BEN)
    morning.tap(BEN, f"{DAY} 08:50")
    assert uncovered(morning, "09:30") == []


def test_leave_of_the_only_one_uncovers_a_duty_and_a_taker_covers_it(morning: Office) -> None:
    morning.request_leave("AM", ANN)
    assert uncovered(morning, "08:00") == ["AM"]
    morning.at("2026-11-01 10:00").assign("AM", BEN)
    assert uncovered(morning, "08:00") == []


# --- In without a duty ---


@pytest.mark.parametrize(("mode", "kind"), [("rostered", "unplanned"), ("flexible", "flexible")])
def test_who_is_in_without_a_duty_is_told_apart_by_how_they_serve(office: Office, mode: str, kind: str) -> None:
    """R-026: a flexible volunteer needs no duty."""
    guest = UUID(int=7, version=4)
    office.onboard(guest, mode)
    office.tap(guest, f"{DAY} 09:00")
    found = entry(office, "09:30", None, guest)
    assert found is not None
    assert (found.state, found.at, found.kind) == ("here", local_second(f"{DAY} 09:00"), kind)
    office.tap(guest, f"{DAY} 10:00")
    assert state(office, "10:00", None, guest) == "left"


@pytest.mark.parametrize(("listed", "kind"), [((), "event"), ((ANN,), "event"), ((BEN,), "unplanned")])
def test_who_serves_at_an_event_is_expected_there(office: Office, listed: tuple[UUID, ...], kind: str) -> None:
    office.at("2026-11-01 09:00").schedule_event("Fair", f"{DAY} 09:00", "12:00", *listed)
    office.tap(ANN, f"{DAY} 09:00")
    found: Any = entry(office, "10:00", None)
    assert found.kind == kind


def test_lines_stand_by_start_and_whoever_came_without_a_duty_at_the_end(half_days: Office) -> None:
    half_days.tap(CAT, f"{DAY} 08:00")
    half_days.tap(BEN, f"{DAY} 08:30")
    half_days.tap(CAT, f"{DAY} 09:30")
    lines = [(e.slot and e.slot.shift, e.volunteer) for e in roster_at(half_days, "10:00").entries]
    assert lines == [("AM", ANN), ("PM", ANN), (None, CAT), (None, BEN)]


# --- The whole ---


@pytest.mark.parametrize("at", ["08:59:59", "09:00:00", "11:59:59", "12:00:00", "13:00", "20:00"])
def test_it_counts_as_many_people_in_as_the_muster_lists(half_days: Office, at: str) -> None:
    half_days.tap(ANN, f"{DAY} 09:00")
    half_days.tap(BEN, f"{DAY} 09:00")
    half_days.tap(BEN, f"{DAY} 12:00")
    rules, now = UnitRules(half_days.log).load(), local_second(f"{DAY} {at}")
    listed = list(list_present(half_days.current_views(), rules.days, rules.policies, now))
    assert roster_at(half_days, at).people_in == len(listed)


def test_the_next_service_day_begins_where_this_one_ends(morning: Office) -> None:
    """Decision 8."""
    morning.tap(ANN, f"{DAY} 09:00")
    assert state(morning, "2026-11-20 03:59:59") == "no_check_out"
    assert roster_at(morning, "2026-11-20 04:00:00") == LiveRoster(date(2026, 11, 20).toordinal(), [], [], 0)
