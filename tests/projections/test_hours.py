"""Read model: hours, floored once a duty and then summed, by civil month of the service day (R-028, R-034)."""

from tests.support.cast import ANN, BEN, CATEGORY
from tests.support.office import Office


def serve(office: Office, name: str, day: str, came: str, left: str) -> None:
    """Ann has the morning shift of a day, and comes and goes."""
    office.at("2026-10-01 09:00").shift(name, f"{day} 09:00", "12:00", ANN)
    office.tap(ANN, f"{day} {came}")
    office.tap(ANN, f"{day} {left}")


def test_minutes_are_floored_once_a_duty_and_then_summed(office: Office) -> None:
    """R-034: twice 59.5 minutes are 118 and not 119; nothing is rounded up."""
    serve(office, "S1", "2026-11-18", "09:00:00", "09:59:30")
    serve(office, "S2", "2026-11-19", "09:00:00", "09:59:30")
    assert [(row.volunteer, row.minutes, row.duties) for row in office.hours()] == [(ANN, 118, 2)]


def test_two_visits_to_one_duty_are_floored_together(office: Office) -> None:
    """R-034: 59.5 and 60.5 minutes of one shift are two hours."""
    serve(office, "S1", "2026-11-19", "09:00:00", "09:59:30")
    office.tap(ANN, "2026-11-19 10:30:00")
    office.tap(ANN, "2026-11-19 11:30:30")
    assert [(row.minutes, row.duties) for row in office.hours()] == [(120, 1)]


def test_hours_are_counted_in_the_month_of_the_service_day(office: Office) -> None:
    """R-028: a night shift over the end of the month belongs to the month in which it began."""
    office.at("2026-11-01 09:00").shift("S1", "2026-11-30 22:00", "2026-12-01 02:00", ANN)
    office.tap(ANN, "2026-11-30 22:00")
    office.tap(ANN, "2026-12-01 02:00")
    serve(office, "S2", "2026-12-02", "09:00", "12:00")
    assert [(row.month, row.minutes) for row in office.hours(by_month=True)] == [("2026-11", 240), ("2026-12", 180)]


def test_hours_are_counted_by_category(office: Office) -> None:
    """R-005: a shift without one inherits the unit's."""
    serve(office, "S1", "2026-11-19", "09:00", "12:00")
    assert [(row.category, row.month, row.minutes) for row in office.hours(by_category=True)] == [(CATEGORY, None, 180)]


def test_nobody_without_credit_is_listed(office: Office) -> None:
    """R-028: 59 seconds are above none, and floor to 0 minutes of one duty."""
    office.at("2026-11-01 09:00").shift("S1", "2026-11-19 09:00", "12:00", ANN, BEN)
    office.tap(ANN, "2026-11-19 11:59:01")
    office.tap(ANN, "2026-11-19 12:30:00")
    assert [(row.volunteer, row.minutes, row.duties) for row in office.hours()] == [(ANN, 0, 1)]
