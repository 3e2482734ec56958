"""Read model: hours. What one duty is worth, and when a row is left out (R-028, R-034)."""

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
