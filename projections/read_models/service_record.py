"""Read model: what was served in which duty, with the item and the content that were planned or said later (R-022)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from projections.engine.views import Views
from projections.read_models.day_filter import EVERYTHING, DayFilter


class ServiceRow(NamedTuple):
    """One duty with credit."""

    volunteer: UUID
    day: date
    kind: str
    """`shift`, `event` or `flexible`."""
    name: str
    """The shift or event; of service without a roster the service day."""
    post: str | None
    category: str | None
    item: str | None
    """As it was written: a code or words; None where nothing was."""
    content: str | None
    minutes: int


def list_service(views: Views, day_filter: DayFilter = EVERYTHING) -> Iterator[ServiceRow]:
    """Every duty with credit, by day."""
    views.ensure_intact(*day_filter.bounds)
    for volunteer, day, *rest in views.rows(_QUERY.format(where=day_filter.where), day_filter.values):
        yield ServiceRow(UUID(bytes=volunteer), date.fromordinal(day), *rest)


_QUERY = """
SELECT p.volunteer, d.day, d.kind, d.name, s.post, d.category, w.item, w.content, d.minutes FROM (
    SELECT volunteer, day, 'shift' AS kind, shift AS name, category, seconds / 60 AS minutes
    FROM duties WHERE seconds > 0 AND {where}
    UNION ALL SELECT volunteer, day, kind, key, category, seconds / 60 FROM earned WHERE seconds > 0 AND {where}
) d JOIN people p ON p.key = d.volunteer
LEFT JOIN shifts s ON d.kind = 'shift' AND s.shift = d.name
LEFT JOIN duty_descriptions w ON w.kind = d.kind AND w.name = d.name
ORDER BY d.day, d.kind, d.name, d.volunteer
"""


class DescribedDuty(NamedTuple):
    """What is done in a shift or event, as it stands."""

    item: str | None
    content: str | None


def find_description(views: Views, kind: str, name: str) -> DescribedDuty:
    """The item and content of a shift or event; None where nothing was said."""
    query = "SELECT item, content FROM duty_descriptions WHERE kind = ? AND name = ?"
    return next((DescribedDuty(*row) for row in views.rows(query, (kind, name))), DescribedDuty(None, None))
