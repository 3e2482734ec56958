"""Read model: how many people were served (R-104), of desks and sessions, and of guided groups (R-049).

Rule: what nobody recorded is not known: there is no row and no total, never 0. A tour counts with the size of its group
once it is over and was not cancelled, unless its shift was counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from domain.months import find_last_day
from domain.spans import Second
from projections.engine.day_source import DaySource
from projections.engine.row_source import AskedViews, RowSource
from projections.engine.stored_values import read_day
from projections.read_models.day_filter import EVERYTHING, DayFilter


class ServedRow(NamedTuple):
    """One count."""

    day: date
    """The service day; of an event the first."""
    kind: str
    """`day`, `shift` or `event`."""
    name: str
    service_type: str | None
    """As it was recorded, or the item of the shift or event."""
    desk: str | None
    people: int
    source: str
    """`tour` for the size of a guided group."""
    position: int
    """Of the event that says so."""
    starts: Second | None
    """When the shift or event begins; None of a day."""


def list_served(views: AskedViews, day_filter: DayFilter = EVERYTHING) -> Iterator[ServedRow]:
    """The counts of days, shifts and events, by day."""
    values = {**day_filter.values, "now": views.evaluated_at}
    for day, kind, name, service_type, desk, *rest in views.rows(_QUERY, values):
        yield ServedRow(read_day(day), kind, name, service_type or None, desk or None, *rest)


def list_served_of_month(views: DaySource, month: date) -> Iterator[ServedRow]:
    """The counts of a civil month, as `list_month_credit` divides months: of a shift or event where that begins."""
    zone, first, last = views.load_unit().days.zone, month - timedelta(days=1), find_last_day(month)
    for row in list_served(views, DayFilter(first, last)):
        begins = row.day if row.starts is None else datetime.fromtimestamp(row.starts, zone).date()
        if month <= begins <= last:
            yield row


def sum_served(rows: Iterable[ServedRow]) -> int | None:
    """All of them together; None where nothing was recorded."""
    counts = [row.people for row in rows]
    return sum(counts) if counts else None


def sum_by_month(rows: Iterable[ServedRow]) -> Mapping[tuple[str, str | None], int]:
    """By month, `2026-11`, and service type; what was not recorded has no entry."""
    sums: dict[tuple[str, str | None], int] = {}
    for row in rows:
        key = row.day.isoformat()[:7], row.service_type
        sums[key] = sums.get(key, 0) + row.people
    return sums


_QUERY = """
SELECT day, kind, name, coalesce(nullif(service_type, ''),
    (SELECT item FROM duty_work w WHERE w.kind = c.kind AND w.name = c.name)), desk, count, source, position, starts
FROM (
    SELECT coalesce(c.day, s.day, e.day) AS day, kind, name, service_type, desk, count, source, c.position,
        coalesce(s.starts, e.starts) AS starts
    FROM served c LEFT JOIN shifts s ON c.kind = 'shift' AND s.shift = c.name
    LEFT JOIN events e ON c.kind = 'event' AND e.event = c.name
    UNION ALL
    SELECT s.day, 'shift', t.booking, '', '', t.group_size, 'tour', t.position, s.starts
    FROM tours t JOIN shifts s ON s.shift = t.booking
    WHERE NOT s.cancelled AND s.ends <= :now
        AND NOT EXISTS (SELECT 1 FROM served c WHERE c.kind = 'shift' AND c.name = t.booking)
) c
WHERE day BETWEEN :first AND :last ORDER BY day, kind, name, service_type, desk
"""


class TourRow(NamedTuple):
    """A booked tour."""

    booking: str
    day: date
    starts: int
    ends: int
    language: str | None
    group_size: int
    is_cancelled: bool


def list_tours(views: RowSource, day_filter: DayFilter = EVERYTHING) -> Iterator[TourRow]:
    """The tours by start; who guides is responsible for the shift of that id (R-049)."""
    query = f"{_TOURS} WHERE day BETWEEN :first AND :last ORDER BY starts, booking"
    return map(_build_tour, views.rows(query, day_filter.values))


def find_tour(views: RowSource, booking: str) -> TourRow | None:
    """One tour; None where nothing was booked under that id."""
    return next(map(_build_tour, views.rows(f"{_TOURS} WHERE booking = ?", (booking,))), None)


_TOURS = "SELECT booking, day, starts, ends, language, group_size, cancelled FROM tours JOIN shifts ON shift = booking"


def _build_tour(row: tuple[Any, ...]) -> TourRow:
    booking, day, starts, ends, language, group_size, cancelled = row
    return TourRow(booking, read_day(day), starts, ends, language, group_size, bool(cancelled))
