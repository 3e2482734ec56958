"""Read model: when people serve, by month, by half-day of the week, by the quarter hour of their arrival."""

from datetime import date

from domain.calendar import TAIPEI
from projections.read_models.activity import count_arrivals, find_first_day, rate_half_days, sum_months
from projections.read_models.day_filter import DayFilter
from tests.support.office import Office
from tests.support.people import ANN, BEN

YEAR = DayFilter(date(2026, 1, 1), date(2026, 12, 31))


def fill(office: Office) -> None:
    """Thursdays: one morning with Ann, one to which nobody came, one that was cancelled; an afternoon to come."""
    office.at("2026-11-01 09:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN, BEN)
    office.schedule_shift("S2", "2026-11-26 09:00", "12:00", BEN)
    office.schedule_shift("S3", "2026-12-03 09:00", "12:00", BEN)
    office.schedule_shift("S4", "2026-12-10 13:00", "17:00", ANN)
    office.tap(ANN, "2026-11-19 08:59:59")
    office.tap(ANN, "2026-11-19 12:00")
    office.at("2026-12-02 09:00").cancel_shift("S3")
    office.at("2026-12-10 13:00")


def test_a_half_day_is_attended_once_one_volunteer_came(office: Office) -> None:
    """R-040: by the local time of the start; what is cancelled or not over does not count."""
    fill(office)
    rated = rate_half_days(office.current_views(), YEAR, TAIPEI)
    assert {half: tuple(found) for half, found in rated.items()} == {(4, "morning"): (2, 1)}
    office.at("2026-12-10 17:00")
    assert tuple(rate_half_days(office.current_views(), YEAR, TAIPEI)[4, "afternoon"]) == (1, 0)


def test_an_arrival_lies_in_its_quarter_hour(office: Office) -> None:
    fill(office)
    office.tap(BEN, "2026-12-10 13:00")
    assert count_arrivals(office.current_views(), YEAR, TAIPEI) == {8 * 60 + 45: 1, 13 * 60: 1}
    office.void_visit(BEN, "2026-12-10 13:00")
    assert count_arrivals(office.current_views(), YEAR, TAIPEI) == {8 * 60 + 45: 1}


def test_a_month_has_its_minutes_duties_and_people(office: Office) -> None:
    fill(office)
    assert {month: tuple(one) for month, one in sum_months(office.current_views(), YEAR).items()} == {
        "2026-11": (180, 1, 1)
    }


def test_nothing_is_on_record_before_the_first_shift(office: Office) -> None:
    assert find_first_day(office.current_views()) is None
    fill(office)
    assert find_first_day(office.current_views()) == date(2026, 11, 19)
