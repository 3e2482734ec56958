"""Civil time: service days (decision 8), ROC dates (V-16), the rolling year (R-051), opening hours (R-026)."""

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
    OpenDays,
    OpeningHours,
    ServiceDays,
    add_years,
    count_full_years,
    find_half_day,
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
THURSDAY, SATURDAY = NOVEMBER_19, date(2026, 11, 21)
ALWAYS_AT_FOUR = ServiceDays(TAIPEI, [(date.min, time(4))])
WEEKDAYS = frozenset({1, 2, 3, 4, 5})

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


@pytest.mark.parametrize("written", ["1151119", "115-11-19", "115/11/19", "115.11.19", "2026-11-19", "20261119"])
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


@pytest.mark.parametrize("written", ["115-11/19", "1150229", "2026-02-29", "115", "yesterday", ""])
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


@pytest.mark.parametrize("written", ["2026-11-19", "115-11-19", "1151119", "20261119", "26-11-19"])
def test_a_date_alone_is_no_instant(written: str) -> None:
    with pytest.raises(DateWithoutTime):
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


# --- Opening hours ---


def hours(opens: str, closes: str) -> OpeningHours:
    return OpeningHours(WEEKDAYS, time.fromisoformat(opens), time.fromisoformat(closes))


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
