"""Civil time: service days (decision 8), ROC dates (V-16), the rolling year (R-051)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    TAIPEI,
    AmbiguousDate,
    AmbiguousTime,
    DateWithoutTime,
    ServiceDays,
    add_years,
    count_full_years,
    one_year_before,
    parse_birth_date,
    parse_date,
    parse_end_of_day,
    parse_instant,
    to_roc,
)
from domain.spans import second
from tests.support.people import local_second, local_time

NOVEMBER_19 = date(2026, 11, 19)
ALWAYS_AT_FOUR = ServiceDays(TAIPEI, [(date.min, time(4))])

# --- Anniversaries ---


@pytest.mark.parametrize(
    ("since", "years", "anniversary"),
    [
        ("2023-11-20", 3, "2026-11-20"),
        ("2024-02-29", 1, "2025-03-01"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2024-02-28", 1, "2025-02-28"),
    ],
)
def test_full_years_have_passed_on_the_anniversary_and_not_a_day_earlier(
    since: str, years: int, anniversary: str
) -> None:
    """R-081, V-10: 29 February without an anniversary counts until 1 March."""
    began, met = date.fromisoformat(since), date.fromisoformat(anniversary)
    assert add_years(began, years) == met
    assert count_full_years(began, met) == years
    assert count_full_years(began, date.fromordinal(met.toordinal() - 1)) == years - 1


# --- Service days ---


def test_a_service_day_turns_at_four_and_not_a_second_earlier() -> None:
    """Decision 8."""
    assert ALWAYS_AT_FOUR.of(local_time("2026-11-20 03:59:59")) == NOVEMBER_19
    assert ALWAYS_AT_FOUR.of(local_time("2026-11-20 04:00:00")) == date(2026, 11, 20)


def test_a_service_day_begins_where_the_one_before_it_ends() -> None:
    day = NOVEMBER_19.toordinal()
    assert ALWAYS_AT_FOUR.start(day) == local_second("2026-11-19 04:00")
    assert ALWAYS_AT_FOUR.end(day) == local_second("2026-11-20 04:00") == ALWAYS_AT_FOUR.start(day + 1)


def test_a_policy_that_ends_the_day_later_makes_its_first_day_longer() -> None:
    """The day before it still ends at four; the first day under it runs from four to six."""
    days = ServiceDays(TAIPEI, [(date.min, time(4)), (NOVEMBER_19, time(6))])
    assert days.of(local_time("2026-11-19 04:00")) == NOVEMBER_19
    assert days.of(local_time("2026-11-20 05:59:59")) == NOVEMBER_19
    assert days.of(local_time("2026-11-20 06:00")) == date(2026, 11, 20)


def test_a_policy_that_ends_the_day_earlier_makes_its_first_day_shorter() -> None:
    days = ServiceDays(TAIPEI, [(date.min, time(4)), (NOVEMBER_19, time(0))])
    assert days.of(local_time("2026-11-19 03:59:59")) == date(2026, 11, 18)
    assert days.of(local_time("2026-11-19 04:00")) == NOVEMBER_19
    assert days.of(local_time("2026-11-19 23:59:59")) == NOVEMBER_19
    assert days.of(local_time("2026-11-20 00:00")) == date(2026, 11, 20)


CIVIL_TIMES = st.times(max_value=time(23, 59, 59)).map(lambda at: at.replace(microsecond=0))
MOVED_ENDS = st.lists(st.tuples(st.dates(date(2024, 1, 1), date(2027, 12, 31)), CIVIL_TIMES), max_size=4)
INSTANTS = st.datetimes(datetime(2023, 12, 1), datetime(2028, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@given(MOVED_ENDS, INSTANTS)
def test_service_days_cover_time_without_gap_or_overlap(moved: list[tuple[date, time]], at: datetime) -> None:
    """Whatever policies do to the end of the day, every instant lies in exactly one service day (decision 8)."""
    days = ServiceDays(TAIPEI, [(date.min, time(4)), *sorted(moved)])
    day = days.of(at).toordinal()
    assert days.start(day) <= second(at) < days.end(day)
    assert days.start(day - 1) < days.end(day - 1) == days.start(day)


@given(MOVED_ENDS, INSTANTS)
def test_a_service_day_ends_on_the_civil_date_after_its_own(moved: list[tuple[date, time]], at: datetime) -> None:
    days = ServiceDays(TAIPEI, [(date.min, time(4)), *sorted(moved)])
    day = days.of(at)
    ends = datetime.fromtimestamp(days.end(day.toordinal()), TAIPEI)
    assert ends.date().toordinal() == day.toordinal() + 1


# --- Dates as people write them ---


@pytest.mark.parametrize("written", ["1151119", "115-11-19", "115/11/19", "115.11.19", "2026-11-19"])
def test_a_date_is_read_in_either_era(written: str) -> None:
    """V-16, R-030."""
    assert parse_date(written) == NOVEMBER_19


def test_a_date_is_written_as_the_import_file_wants_it() -> None:
    """V-16, R-030: seven digits, also before the year 100."""
    assert to_roc(NOVEMBER_19) == "1151119"
    assert to_roc(date(2010, 1, 2)) == "0990102"


@given(st.dates(date(1912, 1, 1), date(2910, 12, 31)))
def test_what_was_written_in_the_roc_era_is_read_back(day: date) -> None:
    """V-16, both directions."""
    assert parse_date(to_roc(day)) == day


@pytest.mark.parametrize(
    "written",
    [
        "115-11/19",
        "1150229",
        "2026-02-29",
        "115",
        "yesterday",
        "",
        "20261119",
        "2026-W47",
        "2026-W47-4",
        "１１５-11-19",
    ],
)
def test_what_is_no_date_is_not_taken_for_one(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date(written)


def test_an_instant_without_an_offset_is_local() -> None:
    assert parse_instant("2026-11-19T09:00", TAIPEI) == datetime(2026, 11, 19, 1, tzinfo=UTC)
    assert parse_instant("2026-11-19T09:00Z", TAIPEI) == datetime(2026, 11, 19, 9, tzinfo=UTC)


@pytest.mark.parametrize("written", ["26-11-19", "38/05/01", "99.1.2"])
def test_a_year_of_two_digits_is_refused_but_in_a_birth_date(written: str) -> None:
    """V-16: 26-11-19 is 2026 for the writer, and 1937 for the calendar of the Republic."""
    with pytest.raises(AmbiguousDate):
        parse_date(written)
    assert parse_birth_date(written).year == int(written[:2]) + 1911


@pytest.mark.parametrize("written", ["2026-11-19", "115-11-19", "1151119", "26-11-19"])
def test_a_date_alone_is_no_instant(written: str) -> None:
    with pytest.raises(DateWithoutTime):
        parse_instant(written, TAIPEI)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-19T09:00",
        "2026-11-19 09:00",
        "2026-11-19T09:00:00",
        "2026-11-19T09:00:00.25",
        "2026-11-19T01:00Z",
        "2026-11-19T09:00+08:00",
        "2026-11-19T09:00:00+0800",
        "2026-11-19T09:00+08",
    ],
)
def test_an_instant_is_read_in_the_calendar_form(written: str) -> None:
    assert parse_instant(written, TAIPEI).replace(microsecond=0) == datetime(2026, 11, 19, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-19x09:00",
        "2026-11-19  09:00",
        "2026-11-19t09:00",
        "2026-11-19T09",
        "2026-11-19T0900",
        "20261119T0900",
        "20261119",
        "2026-W47",
        "2026-W47-4T09:00",
        "2026-11-19T24:00",
        "2026-11-19T09:00 +08:00",
        "２０２６-11-19T09:00",
    ],
)
def test_no_other_form_is_taken_for_an_instant(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_instant(written, TAIPEI)


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "usable"),
    [
        ("2026-03-29T01:59:59", True),
        ("2026-03-29T02:00", False),
        ("2026-03-29T02:59:59", False),
        ("2026-03-29T03:00", True),
        ("2026-10-25T01:59:59", True),
        ("2026-10-25T02:00", False),
        ("2026-10-25T02:59:59", False),
        ("2026-10-25T03:00", True),
        ("2026-10-25T02:30+02:00", True),
        ("2026-10-25T02:30+01:00", True),
    ],
)
def test_a_local_time_that_is_none_or_two_is_refused_without_its_offset(written: str, usable: bool) -> None:
    if usable:
        parse_instant(written, BERLIN)
    else:
        with pytest.raises(AmbiguousTime):
            parse_instant(written, BERLIN)


def test_a_day_ends_with_its_last_second() -> None:
    assert parse_end_of_day("2026-11-19", TAIPEI) == local_time("2026-11-19 23:59:59")
    assert parse_end_of_day("2026-10-25", BERLIN) == datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)


def test_a_year_before_a_leap_day_is_the_last_of_february() -> None:
    """R-051: and of every other day it is the same date."""
    assert one_year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert one_year_before(date(2028, 2, 28)) == date(2027, 2, 28)
    assert one_year_before(date(2028, 3, 1)) == date(2027, 3, 1)
