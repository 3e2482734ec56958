"""A time that is typed without its date, near midnight and the end of the service day: right, or asked for its date."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import TAIPEI, ServiceDays
from kiosk.roster.corrections.corrections import TimeSpan, format_typed_time, parse_time
from tests.support.people import local_second

DAY = date(2026, 11, 19)
WHENEVER = date(2026, 1, 1)


def days_until(ends: time, zone: ZoneInfo = TAIPEI) -> ServiceDays:
    return ServiceDays(zone, [(WHENEVER, ends)])


def read_check_out(typed: str, check_in: str, ends: time = time(4)) -> str:
    """As a local instant, or what is wrong with it."""
    found = parse_time(typed, TimeSpan.after_instant(days_until(ends), local_second(check_in)))
    return found if isinstance(found, str) else f"{datetime.fromtimestamp(found, TAIPEI):%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("23:50", "19 23:50:00"),
        ("00:10", "20 00:10:00"),
        ("0:40", "20 00:40:00"),
        ("03:59:59", "20 03:59:59"),
        ("04:00", "needs_date"),
        ("06:00", "needs_date"),
        ("21:00", "needs_date"),
        ("22:00", "needs_date"),
        ("22:00:01", "19 22:00:01"),
        ("2026-11-20 06:00", "20 06:00:00"),
        ("2026-11-19 21:00", "19 21:00:00"),
        ("24:00", "no_time"),
        ("soon", "no_time"),
    ],
)
def test_a_check_out_after_an_evening_check_in_is_of_what_is_left_of_the_service_day(typed: str, read: str) -> None:
    """Before the check-in, or behind the turn, a time alone would be one of a visit of nearly a day, or of none."""
    assert read_check_out(typed, "2026-11-19 22:00") == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("00:40", "20 00:40:00"), ("00:30", "needs_date"), ("00:10", "needs_date"), ("23:50", "needs_date")],
)
def test_after_a_check_in_behind_midnight_it_is_of_that_morning(typed: str, read: str) -> None:
    """The 20th, though the service day is the 19th."""
    assert read_check_out(typed, "2026-11-20 00:30") == read


@pytest.mark.parametrize(
    ("ends", "typed", "read"),
    [
        (time(0), "23:50", "19 23:50:00"),
        (time(0), "00:10", "needs_date"),
        (time(12), "00:10", "20 00:10:00"),
        (time(12), "11:59", "20 11:59:00"),
        (time(12), "12:00", "needs_date"),
        (time(12), "21:00", "needs_date"),
        (time(23), "22:30", "19 22:30:00"),
        (time(23), "23:30", "needs_date"),
    ],
)
def test_it_is_so_wherever_the_service_day_ends(ends: time, typed: str, read: str) -> None:
    assert read_check_out(typed, "2026-11-19 22:00", ends) == read


@pytest.mark.parametrize(
    ("typed", "read"), [("09:00", "19 09:00"), ("04:00", "19 04:00"), ("03:59", "needs_date"), ("00:10", "needs_date")]
)
def test_a_time_that_is_after_nothing_is_not_taken_for_one_of_two_mornings(typed: str, read: str) -> None:
    """By the calendar 00:10 is of the 18th's service day, and by the service day of the 20th."""
    found = parse_time(typed, TimeSpan(days_until(time(4)), DAY.toordinal()))
    assert (found if isinstance(found, str) else f"{datetime.fromtimestamp(found, TAIPEI):%d %H:%M}") == read


def test_a_time_that_a_clock_shows_twice_needs_more_than_itself() -> None:
    """In Berlin clocks go from 03:00 back to 02:00."""
    berlin = ZoneInfo("Europe/Berlin")
    days = days_until(time(4), berlin)
    span = TimeSpan.after_instant(days, int(datetime(2026, 10, 24, 22, tzinfo=berlin).timestamp()))
    assert [parse_time(typed, span) for typed in ("02:30", "2026-10-25 02:30")] == ["needs_date", "no_time"]
    assert isinstance(parse_time("2026-10-25T02:30+01:00", span), int)


@pytest.mark.parametrize(
    ("at", "suggested"),
    [
        ("2026-11-19 23:50", "23:50"),
        ("2026-11-20 00:10", "2026-11-20 00:10"),
        ("2026-11-20 06:00", "2026-11-20 06:00"),
        ("2026-11-19 21:00", "2026-11-19 21:00"),
    ],
)
def test_what_is_suggested_is_read_as_that_instant_again(at: str, suggested: str) -> None:
    span = TimeSpan.after_instant(days_until(time(4)), local_second("2026-11-19 22:00"))
    text = format_typed_time(local_second(at), span)
    assert (text, parse_time(text, span)) == (suggested, local_second(at))
