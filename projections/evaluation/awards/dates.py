"""Gaps in service and yearly dates: the calendar of awards (R-081)."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from domain.calendar import add_months

Days = tuple[int, int]
"""The first and the last of a span of days, as proleptic ordinals."""

SHORTEST_MONTH = 28


def find_end_of_last_month(day: date) -> date:
    """The last day of the month before the one of a day."""
    return day.replace(day=1) - timedelta(days=1)


def find_latest(yearly: str, day: date) -> date:
    """The latest date `MM-DD` up to a day, that day included; the end of February for its 29th."""
    this_year = _find_in_year(yearly, day.year)
    return this_year if this_year <= day else _find_in_year(yearly, day.year - 1)


def find_next(yearly: str, day: date) -> date:
    """The next date `MM-DD` from a day on, that day included."""
    this_year = _find_in_year(yearly, day.year)
    return this_year if this_year >= day else _find_in_year(yearly, day.year + 1)


def _find_in_year(yearly: str, year: int) -> date:
    month, day = map(int, yearly.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def find_start_of_continuity(start: int, served: Iterable[Days], at: int, max_gap_months: int) -> int | None:
    """From when on service goes on without a gap that is too long, up to `at`; None where it does not (連續, R-081).

    A gap is too long when the next service comes later than so many months after the last. `served` is in order.
    """
    begin = last = start
    shortest = SHORTEST_MONTH * max_gap_months
    for first, until in served:
        if first > at:
            break
        if until < start:
            continue
        if first - last > shortest and _is_interrupted(last, first, max_gap_months):
            begin = first
        served_until = until if until < at else at  # faster than `min`, and this is asked for each duty
        if served_until > last:
            last = served_until
    return None if _is_interrupted(last, at, max_gap_months) else begin


def _is_interrupted(last: int, following: int, months: int) -> bool:
    return following > add_months(date.fromordinal(last), months).toordinal()
