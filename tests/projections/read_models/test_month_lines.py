"""Read model: the monthly statement (R-028)."""

from datetime import date

import pytest

from projections.read_models.month_lines import compute_month_totals, list_month_lines
from tests.support.office import Office
from tests.support.people import ANN, CATEGORY, STRANGER

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def serve(office: Office, name: str, start: str, end: str, *, tapped: tuple[str, str] | None = None) -> None:
    """Ann's shift from one local time to another, with her taps at its ends or elsewhere."""
    office.at("2026-10-20 09:00").schedule_shift(name, start, end, ANN, is_long=True)
    for at in tapped or (start, end):
        office.tap(ANN, at)


def list_minutes(office: Office, month: date) -> list[tuple[int, int]]:
    return [(line.minutes, line.duties) for line in list_month_lines(office.current_views(), month)]


def test_four_duties_of_three_hours_are_a_line_of_twelve_hours(office: Office) -> None:
    """R-028 Ex: 12 h 0 min."""
    for day in ("05", "12", "19", "26"):
        serve(office, f"S{day}", f"2026-11-{day} 09:00", f"2026-11-{day} 12:00")
    (line,) = list_month_lines(office.current_views(), NOVEMBER)
    assert (line.volunteer, line.category, line.item, line.content) == (ANN, CATEGORY, None, None)
    assert (line.first, line.last) == (date(2026, 11, 5), date(2026, 11, 26))
    assert (line.duties, line.minutes) == (4, 720)
    assert compute_month_totals([line]) == {"volunteers": 1, "duties": 4, "minutes": 720}


def test_a_duty_over_midnight_at_the_end_of_a_month_is_split_there(office: Office) -> None:
    """R-028: it is counted once, where it began."""
    serve(office, "N1", "2026-11-30 22:00", "2026-12-01 02:00")
    assert list_minutes(office, NOVEMBER) == [(120, 1)]
    assert list_minutes(office, DECEMBER) == [(120, 0)]
    (line,) = list_month_lines(office.current_views(), DECEMBER)
    assert (line.first, line.last) == (DECEMBER, DECEMBER)


def test_the_parts_of_a_split_duty_sum_to_its_minutes(office: Office) -> None:
    """R-028, R-034: 30.5 and 30.5 minutes are 61, not 60."""
    serve(office, "N1", "2026-11-30 22:00", "2026-12-01 02:00", tapped=("2026-11-30 23:29:30", "2026-12-01 00:30:30"))
    assert (list_minutes(office, NOVEMBER), list_minutes(office, DECEMBER)) == ([(30, 1)], [(31, 0)])


def test_a_duty_after_midnight_is_of_the_next_month_whatever_its_service_day(office: Office) -> None:
    """R-028: the service day of 30 November ends at four."""
    serve(office, "N1", "2026-12-01 00:30", "2026-12-01 03:30")
    assert (list_minutes(office, NOVEMBER), list_minutes(office, DECEMBER)) == ([], [(180, 1)])


@pytest.mark.parametrize(
    ("start", "arrives", "november", "december"),
    [("2026-12-01 00:00", "00:08", [], [(180, 1)]), ("2026-11-30 23:55", "00:03", [(5, 1)], [(180, 0)])],
)
def test_the_grace_is_of_the_month_in_which_its_minutes_lie(
    office: Office, start: str, arrives: str, november: list[tuple[int, int]], december: list[tuple[int, int]]
) -> None:
    """R-020, R-028: credited from the scheduled start, at this side of midnight or at that one."""
    office.at("2026-10-01 09:00").adopt_policy("2026-11-01", credit_from_scheduled_start_within_grace=True)
    serve(office, "N1", start, "2026-12-01 03:00", tapped=(f"2026-12-01 {arrives}", "2026-12-01 03:00"))
    assert (list_minutes(office, NOVEMBER), list_minutes(office, DECEMBER)) == (november, december)


def test_a_duty_of_several_days_is_split_at_the_end_of_the_month_too(office: Office) -> None:
    """It began more than two days before: the minutes of December stood on no slip."""
    first = ("2026-11-28 09:00", "2026-11-28 11:00")
    serve(office, "L1", "2026-11-28 08:00", "2026-12-03 17:00", tapped=first)
    for at in ("2026-11-30 23:00", "2026-12-01 01:00", "2026-12-02 20:00", "2026-12-02 22:00"):
        office.tap(ANN, at)
    assert (list_minutes(office, NOVEMBER), list_minutes(office, DECEMBER)) == ([(180, 1)], [(180, 0)])


def test_of_a_duty_of_several_days_each_month_has_what_was_served_in_it(office: Office) -> None:
    """Also where no visit lies across the midnight."""
    serve(office, "L1", "2026-11-28 08:00", "2026-12-03 17:00", tapped=("2026-12-02 20:00", "2026-12-02 22:00"))
    assert (list_minutes(office, NOVEMBER), list_minutes(office, DECEMBER)) == ([], [(120, 1)])


@pytest.mark.parametrize(("end", "november"), [("24:00", 120), ("23:59", 119)])
def test_a_duty_until_midnight_is_of_its_month_alone(office: Office, end: str, november: int) -> None:
    until = "2026-12-01 00:00" if end == "24:00" else f"2026-11-30 {end}"
    serve(office, "N1", "2026-11-30 22:00", until)
    assert (list_minutes(office, NOVEMBER), list_minutes(office, DECEMBER)) == ([(november, 1)], [])


def test_a_flexible_day_and_an_event_are_split_too(office: Office) -> None:
    office.at("2024-01-03 09:00").onboard(STRANGER, "flexible")
    office.at("2026-10-20 09:00").schedule_event("E1", "2026-11-30 20:00", "2026-12-01 03:00", ANN)
    for who in (ANN, STRANGER):
        office.tap(who, "2026-11-30 22:30")
        office.tap(who, "2026-12-01 01:00")
    for month, minutes in ((NOVEMBER, 90), (DECEMBER, 60)):
        assert [line.minutes for line in list_month_lines(office.current_views(), month)] == [minutes, minutes]


def test_a_visit_without_check_out_that_a_policy_credits_is_split(office: Office) -> None:
    """R-035: the full duty and no more."""
    office.at("2026-10-01 09:00").adopt_policy("2026-10-01", missing_checkout_credit="shift_end")
    office.schedule_shift("N1", "2026-11-30 22:00", "2026-12-01 02:00", ANN)
    office.tap(ANN, "2026-11-30 22:00")
    office.at("2026-12-02 09:00")
    assert (list_minutes(office, NOVEMBER), list_minutes(office, DECEMBER)) == ([(120, 1)], [(120, 0)])
