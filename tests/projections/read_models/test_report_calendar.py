"""When results are due to the authority: R-107, R-108, R-109."""

from datetime import date

import pytest

from domain.policy import Policy
from projections.read_models.report_calendar import DueReport, ReportPeriod, list_due_reports

DEFAULT = Policy().report_windows
FIRST_HALF = ReportPeriod("half_year", date(2027, 1, 1), date(2027, 6, 30))
SECOND_HALF = ReportPeriod("half_year", date(2026, 7, 1), date(2026, 12, 31))
YEAR_2026 = ReportPeriod("annual", date(2026, 1, 1), date(2026, 12, 31))


def find(day: str, period: ReportPeriod, *windows: str) -> DueReport | None:
    due = list_due_reports(windows or DEFAULT, date.fromisoformat(day))
    return next((report for report in due if report.period == period), None)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2026-12-20", "not_open"),
        ("2026-12-31", "not_open"),
        ("2027-01-01", "open"),
        ("2027-01-10", "open"),
        ("2027-01-11", "overdue"),
        ("2027-06-30", "overdue"),
    ],
)
def test_the_half_year_is_reported_in_the_first_ten_days_after_it(day: str, status: str) -> None:
    """R-107, V-18; a weekend inside does not extend it."""
    report = find(day, SECOND_HALF)
    assert report is not None
    assert report == DueReport(SECOND_HALF, date(2027, 1, 1), date(2027, 1, 10), report.status)
    assert report.status == status


def test_a_report_is_announced_a_month_before_it_opens_and_stands_until_the_same_one_opens_again() -> None:
    """R-107: what is overdue is not forgotten."""
    assert find("2026-11-30", SECOND_HALF) is None
    assert find("2026-12-01", SECOND_HALF) is not None
    assert find("2027-12-31", SECOND_HALF) is not None
    assert find("2028-01-01", SECOND_HALF) is None


def test_of_a_time_before_the_unit_opened_nothing_is_due() -> None:
    due = list_due_reports(DEFAULT, date(2027, 3, 1), since=date(2026, 7, 2))
    assert [report.period for report in due] == [SECOND_HALF, YEAR_2026]


@pytest.mark.parametrize(
    ("window", "day", "opens", "period"),
    [
        ("half_year:/02-28", "2027-02-28", "2027-01-01", SECOND_HALF),
        ("half_year:/06-30", "2027-06-30", "2027-01-01", SECOND_HALF),
        (
            "half_year:/07-01",
            "2027-07-01",
            "2027-07-01",
            FIRST_HALF,
        ),
        (
            "half_year:/07-31",
            "2027-07-31",
            "2027-07-01",
            FIRST_HALF,
        ),
        ("annual:/07-31", "2027-07-31", "2027-01-01", YEAR_2026),
        ("/07-31", "2027-07-31", "2027-01-01", YEAR_2026),
    ],
)
def test_a_last_day_is_for_the_year_before_it_or_where_it_says_so_for_the_half_year(
    window: str, day: str, opens: str, period: ReportPeriod
) -> None:
    """R-107, R-108."""
    report = find(day, period, window)
    assert report == DueReport(period, date.fromisoformat(opens), date.fromisoformat(day), "open")


@pytest.mark.parametrize(("year", "due"), [(2026, "2027-02-28"), (2027, "2028-02-29"), (2099, "2100-02-28")])
def test_the_year_is_reported_within_two_months(year: int, due: str) -> None:
    """R-108, V-17: the last day of February, a Sunday too."""
    period = ReportPeriod("annual", date(year, 1, 1), date(year, 12, 31))
    report = find(f"{year + 1}-02-01", period)
    assert report is not None
    assert report.due == date.fromisoformat(due)
    assert report.status == "open"


def test_the_first_half_is_reported_in_july() -> None:
    """R-107."""
    first_half = ReportPeriod("half_year", date(2026, 1, 1), date(2026, 6, 30))
    report = find("2026-07-06", first_half)
    assert report == DueReport(first_half, date(2026, 7, 1), date(2026, 7, 10), "open")


def test_a_household_registration_office_reports_once_a_year_in_january() -> None:
    """R-109: its row of the table is the policy of the unit."""
    due = list_due_reports(["annual:01-01/01-31"], date(2027, 1, 2))
    assert due == [DueReport(YEAR_2026, date(2027, 1, 1), date(2027, 1, 31), "open")]


def test_what_was_reported_is_not_overdue() -> None:
    """R-111: reported on time, the plan goes on."""
    due = {
        report.period: report.status
        for report in list_due_reports(DEFAULT, date(2027, 3, 1), [YEAR_2026[1:]], since=date(2026, 7, 2))
    }
    assert due == {YEAR_2026: "reported", SECOND_HALF: "overdue"}


def test_a_window_over_the_end_of_the_year_and_a_day_that_its_month_does_not_have() -> None:
    report = list_due_reports(["12-20/01-10"], date(2027, 1, 5))
    assert [(each.opens, each.due, each.status) for each in report] == [(date(2026, 12, 20), date(2027, 1, 10), "open")]
    assert list_due_reports(["/04-31"], date(2027, 4, 1))[0].due == date(2027, 4, 30)


def test_what_an_older_program_adopted_and_is_no_window_is_left_out() -> None:
    assert list_due_reports(["someday"], date(2027, 1, 5)) == []
