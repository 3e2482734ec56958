"""Read model: credited hours (R-028, R-034).

Rule: floored once per shift, per event and service day, and per flexible day; then summed.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from projections.engine.views import Views
from projections.read_models.day_filter import EVERYTHING, DayFilter


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
    views: Views, day_filter: DayFilter = EVERYTHING, *, by_month: bool = False, by_category: bool = False
) -> Iterator[HoursRow]:
    """Hours per volunteer, and per month or category where wanted; only volunteers with credit."""
    views.ensure_intact(*day_filter.bounds)
    sums: dict[tuple[bytes, str | None, str | None], list[int]] = defaultdict(lambda: [0, 0])
    months: dict[int, str] = {}
    events: set[tuple[object, str]] = set()
    query = _QUERY.format(where=day_filter.where)
    for volunteer_id, day, category, seconds, event in views.rows(query, day_filter.values):
        if by_month and day not in months:
            months[day] = date.fromordinal(day).isoformat()[:7]
        group = volunteer_id, months[day] if by_month else None, category if by_category else None
        entry = sums[group]
        entry[0] += seconds // 60
        if event is None or (group, event) not in events:  # an event of several days is one
            entry[1] += 1
        if event is not None:
            events.add((group, event))
    for (volunteer_id, month, category), (minutes, duties) in sums.items():
        yield HoursRow(UUID(bytes=volunteer_id), month, category, minutes, duties)


def sum_minutes_by_day(views: Views, day_filter: DayFilter = EVERYTHING) -> dict[date, int]:
    """The minutes of all volunteers on each service day that has any, as `list_hours` adds them up."""
    views.ensure_intact(*day_filter.bounds)
    sums: dict[date, int] = defaultdict(int)
    for _, day, _, seconds, _ in views.rows(_QUERY.format(where=day_filter.where), day_filter.values):
        sums[date.fromordinal(day)] += seconds // 60
    return dict(sums)


_QUERY = """
SELECT p.volunteer, day, category, seconds, event FROM (
    SELECT volunteer, day, category, seconds, NULL AS event FROM duties WHERE seconds > 0 AND {where}
    UNION ALL SELECT volunteer, day, category, seconds, iif(kind = 'event', key, NULL) FROM earned WHERE {where}
) e JOIN people p ON p.key = e.volunteer
"""
