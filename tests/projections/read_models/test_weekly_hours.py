"""Three hours a week as a rule: met, below, or left out (R-041)."""

from datetime import date

import pytest

from projections.read_models.day_filter import DayFilter
from projections.read_models.weekly_hours import WeekSum, list_weeks, sum_weeks
from tests.support.office import Office
from tests.support.people import ANN, BEN

TWO_WEEKS = DayFilter(date(2026, 11, 16), date(2026, 11, 29))


def list_states(office: Office, who: object = ANN) -> list[tuple[int, str]]:
    rows = list_weeks(office.current_views(), TWO_WEEKS)
    return [(row.minutes, row.state) for row in rows if row.volunteer == who]


@pytest.fixture
def served(office: Office) -> Office:
    """Ann has a shift on the Thursday of each week; she came to the first for 180 minutes."""
    office.at("2026-11-01 09:00")
    for day in ("19", "26"):
        office.schedule_shift(f"S{day}", f"2026-11-{day} 09:00", "12:00", ANN)
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00")
    return office


def test_a_week_of_180_minutes_is_met_and_one_with_leave_is_left_out(served: Office) -> None:
    """R-041 Ex: the week of 2026-11-16 is met; of the next one leave was approved."""
    served.at("2026-11-25 08:00").request_leave("S26", ANN)
    served.at("2026-12-01 09:00")
    assert list_states(served) == [(180, "met"), (0, "leave")]
    assert sum_weeks(list_weeks(served.current_views(), TWO_WEEKS))[ANN] == WeekSum(1, 1, 180)


def test_179_minutes_are_below(served: Office) -> None:
    served.tap(ANN, "2026-11-26 09:01")
    served.tap(ANN, "2026-11-26 12:00")
    served.at("2026-12-01 09:00")
    assert list_states(served) == [(180, "met"), (179, "below")]


def test_a_week_with_a_holiday_or_a_pause_is_left_out(served: Office) -> None:
    served.at("2026-11-02 09:00").import_closed_days("2026-11-20")
    served.suspend(BEN, "2026-11-24")
    served.at("2026-12-01 09:00")
    assert list_states(served) == [(180, "holiday"), (0, "below")]
    assert list_states(served, BEN) == [(0, "holiday"), (0, "not_serving")]


def test_a_week_that_is_not_over_is_not_counted(served: Office) -> None:
    served.at("2026-11-29 09:00")
    assert list_states(served) == [(180, "met")]
