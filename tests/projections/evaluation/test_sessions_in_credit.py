"""Presence in a meeting or a training is no service; a rostered duty comes before it (R-033)."""

from tests.support.day_builder import Day, outcomes, uncredited_stretches, visit_credits


def test_a_training_of_three_hours_is_no_service() -> None:
    """R-033, its example: 0 service hours."""
    day = Day().session("09:00", "12:00").taps("08:55", "12:05").evaluate()
    assert visit_credits(day) == [("closed", 0)]
    assert uncredited_stretches(day) == [
        ("08:55", "09:00", "unscheduled"),
        ("09:00", "12:00", "session"),
        ("12:00", "12:05", "unscheduled"),
    ]


def test_a_rostered_duty_comes_before_a_session() -> None:
    """Those on duty serve, while others meet."""
    day = Day().shift("09:00", "12:00").session("10:00", "13:00").taps("08:55", "13:05").evaluate()
    assert (visit_credits(day), outcomes(day)) == ([("closed", 180)], ["attended"])
    assert ("12:00", "13:00", "session") in uncredited_stretches(day)


def test_a_session_comes_before_an_event_and_before_opening_hours() -> None:
    """R-033: what is held at the kiosk decides, not what else would have credited the minute."""
    event = Day().event("09:00", "12:00").session("10:00", "11:00").taps("09:00", "12:00").evaluate()
    assert visit_credits(event) == [("closed", 120)]
    flexible = Day(mode="flexible").open("08:00", "17:00").session("10:00", "11:00").taps("09:00", "12:00").evaluate()
    assert visit_credits(flexible) == [("closed", 120)]
    assert uncredited_stretches(flexible) == [("10:00", "11:00", "session")]


def test_a_volunteer_who_is_not_invited_is_outside_the_roster() -> None:
    day = Day().session("09:00", "12:00", frozenset({2})).taps("09:00", "12:00").evaluate()
    assert uncredited_stretches(day) == [("09:00", "12:00", "unscheduled")]


def test_no_minute_waits_for_a_departure_from_a_session_alone() -> None:
    """R-035: the visit is without check-out still; what is said of it is the session."""
    day = Day().session("10:00", "12:00").taps("09:30").evaluate()
    assert visit_credits(day) == [("no_check_out", 0)]
    assert uncredited_stretches(day) == [("09:30", None, "session")]


def test_a_minute_too_early_for_a_session_the_departure_is_missing() -> None:
    """As for a duty, from 30 minutes before it on."""
    day = Day().session("10:00", "12:00").taps("09:29").evaluate()
    assert uncredited_stretches(day) == [("09:29", None, "no_check_out")]


def test_the_departure_from_a_duty_is_missing_whatever_else_was_held() -> None:
    day = Day().shift("10:00", "12:00").session("10:00", "11:00").taps("09:55").evaluate()
    assert (uncredited_stretches(day), outcomes(day)) == ([("09:55", None, "no_check_out")], ["no_check_out"])


def test_more_than_the_shift_is_credited_by_a_policy_and_never_a_session() -> None:
    """`cap_to_shift` off: presence after the duty counts, a meeting after it does not."""
    day = Day(policy={"cap_to_shift": False}).shift("09:00", "10:00").session("10:00", "11:00").taps("09:00", "12:00")
    assert visit_credits(day.evaluate()) == [("closed", 120)]
    assert uncredited_stretches(day.evaluate()) == [("10:00", "11:00", "session")]
