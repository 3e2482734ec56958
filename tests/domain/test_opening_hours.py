"""When an office is open: weekdays, nights, closed days, make-up Saturdays (R-026, R-048)."""

from datetime import date, datetime, time

import pytest

from domain.calendar import (
    TAIPEI,
    OpenDays,
    OpeningHours,
    find_half_day,
)
from tests.support.people import local_second

THURSDAY, SATURDAY = date(2026, 11, 19), date(2026, 11, 21)
WEEKDAYS = frozenset({1, 2, 3, 4, 5})


def hours(opens: str, closes: str) -> OpeningHours:
    return OpeningHours(WEEKDAYS, time.fromisoformat(opens), time.fromisoformat(closes))


def test_years_whose_office_calendar_is_not_known_are_named_once_in_order() -> None:
    office = OpenDays(TAIPEI, [hours("08:00", "17:00")], years=frozenset({2026}))
    days = [date(2028, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31)]
    assert office.find_unknown_years(days) == [2027, 2028]
    assert office.find_unknown_years([date(2026, 1, 1)]) == []


def test_an_office_is_open_on_its_weekdays_only() -> None:
    """R-026."""
    office = OpenDays(TAIPEI, [hours("08:00", "12:00"), hours("13:00", "17:00")])
    morning, afternoon = office.list_spans(THURSDAY)
    assert morning == (local_second("2026-11-19 08:00"), local_second("2026-11-19 12:00"))
    assert afternoon == (local_second("2026-11-19 13:00"), local_second("2026-11-19 17:00"))
    assert office.list_spans(SATURDAY) == []


def test_hours_that_close_before_they_open_end_on_the_next_date() -> None:
    """R-026: also those that close as they open, and at midnight."""
    night, whole, evening = (
        OpenDays(TAIPEI, [hours(opens, closes)]).list_spans(THURSDAY)
        for opens, closes in [("22:00", "02:00"), ("08:00", "08:00"), ("18:00", "00:00")]
    )
    assert night == [(local_second("2026-11-19 22:00"), local_second("2026-11-20 02:00"))]
    assert whole == [(local_second("2026-11-19 08:00"), local_second("2026-11-20 08:00"))]
    assert evening == [(local_second("2026-11-19 18:00"), local_second("2026-11-20 00:00"))]


def test_hours_that_touch_or_overlap_are_one_stretch() -> None:
    office = OpenDays(TAIPEI, [hours("11:00", "17:00"), hours("08:00", "12:00"), hours("17:00", "18:00")])
    assert office.list_spans(THURSDAY) == [(local_second("2026-11-19 08:00"), local_second("2026-11-19 18:00"))]


def test_an_office_is_shut_on_the_days_that_its_calendar_closes() -> None:
    """R-048: 2026-10-09 is a substitute holiday, a Friday; the Thursday before it is not."""
    office = OpenDays(TAIPEI, [hours("08:00", "17:00")], frozenset({date(2026, 10, 9)}))
    assert office.list_spans(date(2026, 10, 9)) == []
    assert office.list_spans(date(2026, 10, 8)) == [
        (local_second("2026-10-08 08:00"), local_second("2026-10-08 17:00"))
    ]


MAKE_UP_SATURDAY = date(2025, 2, 8)
"""It makes up for Monday 27 January 2025."""
A_YEAR_OF_WEEKENDS = frozenset(
    day
    for day in map(date.fromordinal, range(date(2025, 1, 1).toordinal(), date(2026, 1, 1).toordinal()))
    if day.isoweekday() > 5 and day != MAKE_UP_SATURDAY
)


@pytest.mark.parametrize(("known_years", "opens"), [({2025}, True), (set[int](), False)])
def test_on_a_make_up_saturday_the_hours_of_a_working_day_hold(known_years: set[int], opens: bool) -> None:
    """R-048: a Saturday that the calendar of its year does not close; an ordinary one stays shut."""
    office = OpenDays(TAIPEI, [hours("08:00", "17:00")], A_YEAR_OF_WEEKENDS, frozenset(known_years))
    span = (local_second("2025-02-08 08:00"), local_second("2025-02-08 17:00"))
    assert office.list_spans(MAKE_UP_SATURDAY) == ([span] if opens else [])
    assert office.list_spans(date(2025, 2, 15)) == []


@pytest.mark.parametrize(
    ("day", "closure"),
    [
        (date(2025, 2, 7), None),
        (MAKE_UP_SATURDAY, None),
        (date(2025, 2, 15), "weekend"),
        (date(2025, 10, 10), "holiday"),
        (date(2026, 2, 14), "weekend"),
        (date(2026, 10, 9), None),
    ],
)
def test_why_a_day_is_no_working_day(day: date, closure: str | None) -> None:
    """R-048: a Saturday of 2026, whose calendar is not known, is a weekend; no holiday of it is known either."""
    closed = A_YEAR_OF_WEEKENDS | {date(2025, 10, 10)}
    for listed in ([hours("08:00", "17:00")], ()):
        assert OpenDays(TAIPEI, listed, closed, frozenset({2025})).find_closure(day) == closure


def test_a_weekday_on_which_a_unit_never_opens_is_no_working_day() -> None:
    office = OpenDays(TAIPEI, [OpeningHours(frozenset({3, 6}), time(8), time(17))])
    assert [office.find_closure(date(2026, 11, day)) for day in (18, 19, 21, 22)] == [None, "not_open", None, "weekend"]


@pytest.mark.parametrize(
    ("at", "half_day"),
    [("11:59", "morning"), ("12:00", "afternoon"), ("17:59", "afternoon"), ("18:00", "evening"), ("00:00", "morning")],
)
def test_a_duty_belongs_to_the_half_day_of_its_start(at: str, half_day: str) -> None:
    """R-040"""
    assert find_half_day(datetime.combine(THURSDAY, time.fromisoformat(at)), THURSDAY) == half_day


def test_a_duty_after_midnight_belongs_to_the_evening_before() -> None:
    """R-040"""
    assert find_half_day(datetime.combine(date(2026, 11, 20), time(1)), THURSDAY) == "evening"


def test_where_working_days_differ_a_make_up_saturday_has_the_hours_of_most_of_them() -> None:
    long_wednesday = OpeningHours(frozenset({3}), time(8), time(20))
    others = OpeningHours(frozenset({1, 2, 4, 5}), time(8), time(17))
    weekend = OpeningHours(frozenset({6}), time(10), time(12))
    office = OpenDays(TAIPEI, [long_wednesday, others, weekend], A_YEAR_OF_WEEKENDS, frozenset({2025}))
    assert office.list_spans(MAKE_UP_SATURDAY) == [(local_second("2025-02-08 08:00"), local_second("2025-02-08 17:00"))]


def test_an_office_that_works_at_weekends_only_has_its_own_hours_on_a_make_up_saturday() -> None:
    weekend = OpeningHours(frozenset({6, 7}), time(10), time(12))
    office = OpenDays(TAIPEI, [weekend], A_YEAR_OF_WEEKENDS, frozenset({2025}))
    assert office.list_spans(MAKE_UP_SATURDAY) == [(local_second("2025-02-08 10:00"), local_second("2025-02-08 12:00"))]


def test_an_office_that_gives_no_hours_is_always_open() -> None:
    office = OpenDays(TAIPEI, [])
    assert office.list_spans(SATURDAY) == [(local_second("2026-11-21 00:00"), local_second("2026-11-22 00:00"))]
