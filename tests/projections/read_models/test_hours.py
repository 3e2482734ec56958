"""Read model: hours. What one duty is worth, and when a row is left out (R-028, R-034)."""

from datetime import date

from projections.read_models.day_filter import DayFilter
from projections.read_models.hours import sum_minutes_by_day
from tests.support.office import Office
from tests.support.people import ANN, BEN


def test_two_visits_to_one_duty_are_floored_together(office: Office) -> None:
    """R-034: 59.5 and 60.5 minutes of one shift are two hours."""
    office.at("2026-11-01 09:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    for at in ("09:00:00", "09:59:30", "10:30:00", "11:30:30"):
        office.tap(ANN, f"2026-11-19 {at}")
    assert [(row.minutes, row.duties) for row in office.list_hours()] == [(120, 1)]


def test_nobody_without_credit_is_listed(office: Office) -> None:
    """R-028: 59 seconds are above none, and floor to 0 minutes of one duty."""
    office.at("2026-11-01 09:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN, BEN)
    office.tap(ANN, "2026-11-19 11:59:01")
    office.tap(ANN, "2026-11-19 12:30:00")
    assert [(row.volunteer, row.minutes, row.duties) for row in office.list_hours()] == [(ANN, 0, 1)]


def test_the_minutes_of_days_add_up_to_those_of_people(office: Office) -> None:
    """R-028: 59 minutes of Ann and 60 of Ben on one day, 61 of Ann on another."""
    office.at("2026-11-01 09:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN, BEN)
    office.schedule_shift("S2", "2026-11-20 09:00", "12:00", ANN)
    for who, at in ((ANN, "19 09:00:00"), (BEN, "19 09:00:01"), (ANN, "19 09:59:59"), (BEN, "19 10:00:01")):
        office.tap(who, f"2026-11-{at}")
    office.tap(ANN, "2026-11-20 10:00")
    office.tap(ANN, "2026-11-20 11:01")
    days = sum_minutes_by_day(office.current_views())
    assert days == {date(2026, 11, 19): 119, date(2026, 11, 20): 61}
    assert sum(days.values()) == sum(row.minutes for row in office.list_hours())
    assert sum_minutes_by_day(office.current_views(), DayFilter(until=date(2026, 11, 18))) == {}
