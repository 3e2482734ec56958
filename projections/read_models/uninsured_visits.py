"""Read model: visits of volunteers who were not insured that day (R-071).

Rule: a unit that has never recorded insurance has no such visits, and one that has, none before the first day of its
first cover: who does not keep this ledger here is not reminded of all of it.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.model.insurance_cover import Cover
from domain.spans import Second
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day, read_id
from projections.read_models.day_filter import DayFilter
from projections.read_models.insurance import load_covers


class UninsuredVisits(NamedTuple):
    """Those of a volunteer on one service day."""

    day: date
    volunteer: UUID
    check_in: Second
    """Of the first of them."""
    events: str
    """The positions of their events, as a JSON list."""


def list_uninsured_visits(views: RowSource, day_filter: DayFilter) -> Iterator[UninsuredVisits]:
    """All of some days, by volunteer and day. The caller has ensured that the days are intact."""
    covers = load_covers(views)
    begins = min((cover.since for found in covers.values() for cover in found), default=None)
    if begins is None:
        return
    first, last, only = day_filter.bounds
    for key, stored in list(views.rows("SELECT key, volunteer FROM people ORDER BY key")):
        if only in (None, key):
            for gap in _list_gaps(covers.get(key, []), max(first, begins), last):
                for day, check_in, events in views.rows(_VISITS, (key, *gap)):
                    yield UninsuredVisits(read_day(day), read_id(stored), check_in, events)


def _list_gaps(covers: list[Cover], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The days without cover from one day to another, both included; `covers` by their first days."""
    for since, until in covers:
        if since > first:
            yield first, min(since - 1, last)
        if until is None:
            return
        first = max(first, until + 1)
        if first > last:
            return
    if first <= last:
        yield first, last


_VISITS = """
SELECT day, min(check_in), (
    SELECT json_group_array(position) FROM (
        SELECT t.position FROM visits w JOIN taps t
        ON t.volunteer = w.volunteer AND t.day BETWEEN w.day AND w.day + 1 AND t.at = w.check_in
        WHERE w.volunteer = v.volunteer AND w.day = v.day AND w.status != 'void'
        UNION SELECT c.position FROM corrections c
        WHERE c.volunteer = v.volunteer AND c.day = v.day AND c.kind IN ('added', 'arrived')
    )
) FROM visits v WHERE volunteer = ? AND day BETWEEN ? AND ? AND status != 'void' GROUP BY day ORDER BY day
"""
"""The events that began them: a check-out that comes later makes nothing else of what a person has looked at."""
