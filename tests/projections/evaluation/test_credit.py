"""What a minute is worth, and why: R-002, R-005, R-007, R-020, R-023, R-024, R-026, R-035, R-053, R-056, R-121."""

from datetime import date

import pytest

from domain.model.standing import StandingChange
from tests.support.day_builder import CATEGORY, Day, parse_second, uncredited_stretches, visit_credits


def test_credit_is_the_real_overlap_with_the_shift() -> None:
    """R-020, V-01: early arrival and late departure lie outside the roster (R-024)."""
    day = Day().shift("09:00", "12:00").taps("08:52:10", "12:07:40").evaluate()
    assert visit_credits(day) == [("closed", 180)]
    assert uncredited_stretches(day) == [("08:52:10", "09:00", "unscheduled"), ("12:00", "12:07:40", "unscheduled")]


def test_a_late_arrival_loses_what_it_missed_and_no_more() -> None:
    """R-020, V-02: 09:26 to 12:00 is 154 minutes."""
    assert visit_credits(Day().shift("09:00", "12:00").taps("09:26", "12:01").evaluate()) == [("closed", 154)]


@pytest.mark.parametrize(("left", "minutes"), [("10:00:59", 60), ("10:01:00", 61), ("10:00:00", 60), ("09:59:59", 59)])
def test_seconds_are_floored_once_a_duty(left: str, minutes: int) -> None:
    """Decision 1."""
    assert visit_credits(Day().shift("09:00", "12:00").taps("09:00", left).evaluate()) == [("closed", minutes)]


def test_half_minutes_of_two_visits_to_one_duty_make_a_whole_one() -> None:
    """Decision 1: floored once a duty, so 60.5 and 114.5 minutes are 175."""
    day = Day().shift("09:00", "12:00").taps("09:00", "10:00:30", "10:05:30", "12:00").evaluate()
    assert visit_credits(day) == [("closed", 60), ("closed", 115)]
    assert [account.minutes for account in day.accounts] == [175]


def test_presence_without_a_shift_does_not_count() -> None:
    """R-024, V-03."""
    day = Day().taps("14:05", "15:20").evaluate()
    assert visit_credits(day) == [("closed", 0)]
    assert uncredited_stretches(day) == [("14:05", "15:20", "unscheduled")]


@pytest.mark.parametrize("state", ["handed_over", "on_leave"])
def test_a_shift_that_is_no_longer_the_volunteers_earns_nothing(state: str) -> None:
    """R-025, R-043, R-044: credit follows responsibility."""
    assert visit_credits(Day().shift("09:00", "12:00", state=state).taps("09:00", "12:00").evaluate()) == [
        ("closed", 0)
    ]


def test_an_excused_absence_of_somebody_who_came_after_all_counts() -> None:
    """R-045: excusing turns an absence into leave, and there was no absence."""
    assert visit_credits(Day().shift("09:00", "12:00", state="excused").taps("09:00", "12:00").evaluate()) == [
        ("closed", 180)
    ]


def test_one_visit_can_serve_two_duties() -> None:
    """R-020: and the time between them is unscheduled."""
    day = Day().shift("09:00", "12:00").shift("13:30", "16:30", "S2").taps("08:55", "16:40").evaluate()
    assert visit_credits(day) == [("closed", 360)]
    assert ("12:00", "13:30", "unscheduled") in uncredited_stretches(day)


@pytest.mark.parametrize("first", ["S1", "S2"])
def test_of_two_duties_at_one_time_the_one_with_the_first_id_takes_the_minutes(first: str) -> None:
    """In whatever order they are read: one of another category is worth nothing without its training (R-005)."""
    day = Day()
    for name in (first, "S1" if first == "S2" else "S2"):
        day.shift("09:00", "12:00", name, category=CATEGORY if name == "S1" else "衛教")
    found = day.taps("09:00", "12:00").evaluate()
    assert visit_credits(found) == [("closed", 180)]
    assert [(account.key, account.minutes) for account in found.accounts] == [("S1", 180), ("S2", 0)]
    assert [duty.assignment.shift for duty in found.duties] == ["S1", "S2"]


def test_overlapping_shifts_never_count_a_minute_twice() -> None:
    """Shifts first, by their start; then events; then opening hours."""
    day = Day().shift("09:00", "12:00").shift("11:00", "14:00", "S2").event("13:00", "15:00")
    reckoned = day.taps("09:00", "15:00").evaluate()
    assert [(a.kind, a.key, a.minutes) for a in reckoned.accounts] == [
        ("shift", "S1", 180),
        ("shift", "S2", 120),
        ("event", "E1", 60),
    ]
    assert visit_credits(reckoned) == [("closed", 360)]


@pytest.mark.parametrize(("arrived", "left", "minutes"), [("16:10", "21:50", 270), ("18:00", "21:30", 210)])
def test_an_event_counts_while_it_lasts(arrived: str, left: str, minutes: int) -> None:
    """R-023: the example of the charity evening."""
    assert visit_credits(Day().event("17:00", "21:30").taps(arrived, left).evaluate()) == [("closed", minutes)]


def test_an_event_for_others_does_not_count() -> None:
    """R-023: an event may list its volunteers."""
    assert visit_credits(Day().event("17:00", "21:30", frozenset({7})).taps("17:00", "18:00").evaluate()) == [
        ("closed", 0)
    ]
    assert visit_credits(Day().event("17:00", "21:30", frozenset({1})).taps("17:00", "18:00").evaluate()) == [
        ("closed", 60)
    ]


def test_a_flexible_volunteer_serves_while_the_unit_is_open() -> None:
    """R-026, V-04."""
    day = Day(mode="flexible").open("08:00", "17:00").taps("07:30", "09:00").evaluate()
    assert visit_credits(day) == [("closed", 60)]
    assert uncredited_stretches(day) == [("07:30", "08:00", "closed_hours")]


def test_a_unit_may_want_that_flexible_volunteers_are_expected() -> None:
    """R-026: then a duty counts, and presence without one counts for nothing."""
    day = Day(mode="flexible", policy={"flexible_requires_notice": True}).open("08:00", "17:00")
    alone = day.taps("09:00", "10:00").evaluate()
    assert (visit_credits(alone), uncredited_stretches(alone)) == ([("closed", 0)], [("09:00", "10:00", "unscheduled")])
    arranged = Day(mode="flexible", policy={"flexible_requires_notice": True}).open("08:00", "17:00")
    assert visit_credits(arranged.shift("09:00", "12:00").taps("09:00", "10:00").evaluate()) == [("closed", 60)]


def test_the_hours_of_a_flexible_day_are_floored_once() -> None:
    """Decision 1: two half minutes of one flexible day."""
    day = Day(mode="flexible").open("08:00", "12:00").open("13:00", "17:00")
    reckoned = day.taps("08:00", "09:00:30", "13:00", "13:30:30").evaluate()
    assert [account.minutes for account in reckoned.accounts] == [91]
    assert visit_credits(reckoned) == [("closed", 60), ("closed", 31)]


def test_before_basic_training_nothing_counts() -> None:
    """R-002."""
    day = (
        Day(basic_from=parse_second("10:00"), special_from={CATEGORY: 0}).shift("09:00", "12:00").taps("09:00", "12:00")
    )
    assert visit_credits(day.evaluate()) == [("closed", 120)]
    assert uncredited_stretches(day.evaluate()) == [("09:00", "10:00", "before_training")]


def test_without_the_special_training_of_the_category_nothing_counts() -> None:
    """R-005: each category has its own."""
    day = Day().shift("09:00", "12:00", category="衛生").taps("09:00", "12:00").evaluate()
    assert visit_credits(day) == [("closed", 0)]
    assert uncredited_stretches(day) == [("09:00", "12:00", "no_special_training")]


@pytest.mark.parametrize(
    ("unit", "shift", "minutes"), [(None, None, 180), (CATEGORY, None, 0), (None, CATEGORY, 0), (CATEGORY, "衛教", 0)]
)
def test_special_training_is_demanded_only_where_unit_or_duty_has_a_category(
    unit: str | None, shift: str | None, minutes: int
) -> None:
    """R-005: a duty inherits the category of the unit; where neither names one there is nothing to be trained for."""
    day = Day(unit_category=unit, special_from={}).shift("09:00", "12:00", category=shift).taps("09:00", "12:00")
    assert visit_credits(day.evaluate()) == [("closed", minutes)]


@pytest.mark.parametrize(("basic_from", "minutes"), [("09:00", 180), ("09:01", 179), ("12:00", 0)])
def test_basic_training_is_demanded_without_a_category_as_well(basic_from: str, minutes: int) -> None:
    """R-002."""
    untrained = Day(unit_category=None, basic_from=parse_second(basic_from), special_from={})
    day = untrained.shift("09:00", "12:00", category=None).taps("09:00", "12:00").evaluate()
    assert visit_credits(day) == [("closed", minutes)]
    assert {reason for _, _, reason in uncredited_stretches(day)} <= {"before_training"}


def test_events_and_opening_hours_without_a_category_demand_no_special_training() -> None:
    """R-005, R-023, R-026."""
    event = Day(unit_category=None, special_from={}).event("09:00", "12:00", category=None).taps("09:00", "12:00")
    assert visit_credits(event.evaluate()) == [("closed", 180)]
    flexible = Day(mode="flexible", unit_category=None, special_from={}).open("08:00", "17:00").taps("09:00", "12:00")
    assert visit_credits(flexible.evaluate()) == [("closed", 180)]


def test_before_both_trainings_the_basic_one_is_named() -> None:
    """R-002 before R-005, as the catalogue lists them."""
    day = Day(basic_from=parse_second("10:00"), special_from={CATEGORY: parse_second("11:00")})
    reckoned = day.shift("09:00", "12:00").taps("09:00", "12:00").evaluate()
    assert visit_credits(reckoned) == [("closed", 60)]
    assert uncredited_stretches(reckoned) == [
        ("09:00", "10:00", "before_training"),
        ("10:00", "11:00", "no_special_training"),
    ]


def test_a_unit_may_do_without_training() -> None:
    """R-002: the switch `require_training`."""
    day = Day(policy={"require_training": False}, special_from={}).shift("09:00", "12:00")
    assert visit_credits(day.taps("09:00", "12:00").evaluate()) == [("closed", 180)]


def test_without_check_out_nothing_is_credited() -> None:
    """R-035, decision 3."""
    day = Day().shift("09:00", "12:00").taps("08:58").evaluate()
    assert visit_credits(day) == [("no_check_out", 0)]
    assert uncredited_stretches(day) == [("08:58", None, "no_check_out")]


def test_an_open_visit_is_open_until_its_service_day_ends() -> None:
    """Decision 8, the second before and the second itself."""
    day = Day().shift("09:00", "12:00").taps("08:58")
    assert visit_credits(day.evaluate("2026-11-20T03:59:59")) == [("open", 0)]
    assert uncredited_stretches(day.evaluate("2026-11-20T03:59:59")) == []
    assert visit_credits(day.evaluate("2026-11-20T04:00:00")) == [("no_check_out", 0)]


def test_a_policy_may_credit_a_missing_check_out_to_the_end_of_the_shift() -> None:
    """R-035: the full duty and no more, from the arrival; never while the day lasts."""
    day = Day(policy={"missing_checkout_credit": "shift_end"}).shift("09:00", "12:00").taps("08:45")
    assert visit_credits(day.evaluate("2026-11-20T03:59:59")) == [("open", 0)]
    over = day.evaluate("2026-11-20T04:00:00")
    assert visit_credits(over) == [("no_check_out", 180)]
    (visit,) = over.visits
    parts = [(one.end and one.end - one.start, one.reason) for one in visit.stretches]
    assert parts == [(900, "unscheduled"), (10_800, None), (None, "no_check_out")]


@pytest.mark.parametrize(("arrived", "minutes"), [("09:10:00", 180), ("09:10:01", 169)])
def test_a_policy_may_credit_from_the_scheduled_start_within_the_grace(arrived: str, minutes: int) -> None:
    """R-020, decision 1: the switch is off unless adopted."""
    day = Day(policy={"credit_from_scheduled_start_within_grace": True}).shift("09:00", "12:00")
    assert visit_credits(day.taps(arrived, "12:00").evaluate()) == [("closed", minutes)]


def test_the_grace_credits_no_minute_that_counts_already() -> None:
    """R-020: two duties meet in the grace of the second; the volunteer was away for one minute of four hours."""
    day = Day(policy={"credit_from_scheduled_start_within_grace": True}).shift("08:00", "09:05")
    day.shift("09:00", "12:00", "S2").taps("08:00", "09:05", "09:06", "12:00")
    assert visit_credits(day.evaluate()) == [("closed", 65), ("closed", 175)]


def test_two_duties_share_one_grace() -> None:
    """R-020: what the first visit was credited before it came, the second is not credited once more."""
    day = Day(policy={"credit_from_scheduled_start_within_grace": True}).shift("09:00", "09:05")
    day.shift("09:00", "12:00", "S2").taps("09:04", "09:05", "09:06", "12:00")
    assert visit_credits(day.evaluate()) == [("closed", 5), ("closed", 175)]


@pytest.mark.parametrize(("trained", "minutes"), [("08:59", 180), ("09:00", 180), ("09:04", 176), ("09:06", 174)])
def test_the_grace_credits_nothing_before_training_counts(trained: str, minutes: int) -> None:
    """R-002, R-005, decision 4: basic and special training alike."""
    for training in ({"basic_from": parse_second(trained)}, {"special_from": {CATEGORY: parse_second(trained)}}):
        day = Day(policy={"credit_from_scheduled_start_within_grace": True}, **training).shift("09:00", "12:00")
        assert visit_credits(day.taps("09:06", "12:00").evaluate()) == [("closed", minutes)]


def test_without_a_check_out_a_policy_credits_the_duty_and_no_more() -> None:
    """R-035, decision 3: also where presence beyond the shift counts otherwise."""
    policy = {"missing_checkout_credit": "shift_end", "cap_to_shift": False}
    day = Day(policy=policy).shift("09:00", "12:00").taps("08:30")
    assert visit_credits(day.evaluate("2026-11-20T04:00:00")) == [("no_check_out", 180)]


def test_a_policy_may_count_presence_beyond_the_shift() -> None:
    """R-020: `cap_to_shift` off; presence that meets no window still counts for nothing."""
    uncapped = {"cap_to_shift": False}
    assert visit_credits(Day(policy=uncapped).shift("09:00", "12:00").taps("08:30", "12:30").evaluate()) == [
        ("closed", 240)
    ]
    assert visit_credits(Day(policy=uncapped).shift("09:00", "12:00").taps("13:00", "14:00").evaluate()) == [
        ("closed", 0)
    ]


@pytest.mark.parametrize("reason", ["voided", "misuse"])
def test_a_void_visit_is_shown_and_counts_for_nothing(reason: str) -> None:
    """R-007, R-121."""
    day = Day().shift("09:00", "12:00").taps("09:00", "12:00").void_visit("09:00", reason).evaluate()
    assert visit_credits(day) == [("void", 0)]
    assert uncredited_stretches(day) == [("09:00", "12:00", reason)]


def test_service_during_a_suspension_or_after_the_agreement_counts_for_nothing() -> None:
    """R-053, R-056: recorded later, the visit stands and earns nothing."""
    suspended, ended = StandingChange("suspended", date(2026, 11, 19).toordinal(), 0), date(2026, 11, 18).toordinal()
    for turn, reason in ((suspended, "suspended"), (StandingChange("ended", ended, 0), "agreement_ended")):
        day = Day().shift("09:00", "12:00").taps("09:00", "12:00")
        day.turns.append(turn)
        assert visit_credits(day.evaluate()) == [("closed", 0)]
        assert uncredited_stretches(day.evaluate()) == [("09:00", "12:00", reason)]


def test_the_last_day_of_an_agreement_still_counts() -> None:
    """R-056: an agreement ended on D ends after D."""
    day = Day().shift("09:00", "12:00").taps("09:00", "12:00")
    day.turns.append(StandingChange("ended", date(2026, 11, 19).toordinal(), 0))
    assert visit_credits(day.evaluate()) == [("closed", 180)]


def test_a_visit_added_over_one_that_arrived_late_credits_no_minute_twice() -> None:
    """Taps of an offline kiosk can turn up after the desk vouched for the same morning."""
    day = Day().shift("09:00", "12:00").add_visit("09:00", "12:00").taps("08:58", "11:00").evaluate()
    assert sum(minutes for _, minutes in visit_credits(day)) == 180
