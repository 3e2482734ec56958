"""Read model: credited hours (R-028, R-034).

Rule: floored once per shift, per event and service day, and per flexible day; then summed.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day, read_id
from projections.read_models.day_filter import EVERYTHING, DayFilter

VOLUNTEERS_AT_ONCE = 500
"""Whose sums are in memory at once."""


class HoursRow(NamedTuple):
    """Minutes of one volunteer, and of how many duties."""

    volunteer: UUID
    month: str | None
    """`2026-11`, of the service day; None where months are summed."""
    category: str | None
    minutes: int
    duties: int
    """Shifts, events and flexible days with credit above 0 s."""


def list_hours(
    views: RowSource, day_filter: DayFilter = EVERYTHING, *, by_month: bool = False, by_category: bool = False
) -> Iterator[HoursRow]:
    """Hours per volunteer, and per month or category where wanted; only volunteers with credit."""
    views.ensure_intact(*day_filter.bounds)
    yield from _sum_hours(views, day_filter, day_filter.where_for_sums, by_month=by_month, by_category=by_category)


def list_hours_by_group(
    views: RowSource, day_filter: DayFilter, keys: Iterable[int], *, by_month: bool, by_category: bool
) -> Iterator[list[HoursRow]]:
    """The same for volunteers by their keys, some hundred at a time in this order: for more rows than memory holds."""
    views.ensure_intact(*day_filter.bounds)
    waiting = iter(keys)
    while group := list(islice(waiting, VOLUNTEERS_AT_ONCE)):
        where = f"volunteer IN ({','.join(map(str, group))}) AND {day_filter.where}"
        yield list(_sum_hours(views, day_filter, where, by_month=by_month, by_category=by_category))


def _sum_hours(
    views: RowSource, day_filter: DayFilter, where: str, *, by_month: bool, by_category: bool
) -> Iterator[HoursRow]:
    months, categories = _MONTH if by_month else "NULL", "category" if by_category else "NULL"
    query = _SUMS.format(month=months, category=categories, earned=_EARNED.format(where=where))
    for volunteer_id, *figures in views.rows(query, day_filter.values):
        yield HoursRow(read_id(volunteer_id), *figures)


def sum_minutes_by_day(views: RowSource, day_filter: DayFilter = EVERYTHING) -> dict[date, int]:
    """The minutes of all volunteers on each service day that has any, as `list_hours` adds them up."""
    views.ensure_intact(*day_filter.bounds)
    query = _BY_DAY.format(earned=_EARNED.format(where=day_filter.where))
    return {read_day(day): minutes for day, minutes in views.rows(query, day_filter.values)}


def sum_own_minutes(views: RowSource, volunteer: int, first: int, last: int) -> tuple[int, int]:
    """The minutes of a volunteer (a key in the views) from one service day to another, and those of the last day.

    The days were compared with their digests.
    """
    return next(views.rows(_OWN, {"volunteer": volunteer, "first": first, "last": last}))


_EARNED = """
    SELECT volunteer, day, category, seconds / 60 AS minutes, NULL AS event FROM duties WHERE seconds > 0 AND {where}
    UNION ALL
    SELECT volunteer, day, category, seconds / 60, iif(kind = 'event', key, NULL) FROM earned WHERE {where}
"""
_MONTH = "substr(date(day + 1721424.5), 1, 7)"
"""The number is that from the ordinal of a day to its Julian date."""
_SUMS = """
SELECT p.volunteer, month, category, minutes, duties FROM (
    SELECT volunteer AS key, {month} AS month, {category} AS category, sum(minutes) AS minutes,
        count(*) - count(event) + count(DISTINCT event) AS duties
    FROM ({earned}) GROUP BY 1, 2, 3
) s JOIN people p USING (key) ORDER BY key, month, category
"""
"""An event of several days is one duty."""
_OWN = f"""
SELECT coalesce(sum(minutes), 0), coalesce(sum(iif(day = :last, minutes, 0)), 0)
FROM ({_EARNED.format(where=DayFilter(volunteer=0).where)})
"""
_BY_DAY = "SELECT day, sum(minutes) FROM ({earned}) GROUP BY day"
