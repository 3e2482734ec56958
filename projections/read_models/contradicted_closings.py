"""Read model: closed visits that a tap has contradicted which arrived later.

Rule: the correction stands, as a visit of its own; the visit that the taps make now is beside it, until a coordinator
voids one of the two.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.ids import DESK
from domain.spans import Second
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day, read_id
from projections.read_models.day_filter import DayFilter


class ContradictedClosing(NamedTuple):
    """One of them."""

    day: date
    volunteer: UUID
    check_in: Second
    """As the coordinator asserted it, like the check-out."""
    check_out: Second
    position: int
    """Of the correction."""


def list_contradicted_closings(views: RowSource, day_filter: DayFilter) -> Iterator[ContradictedClosing]:
    """All of some days, by day, volunteer and check-in. The caller has ensured that the days are intact."""
    query, values = _QUERY.format(where=day_filter.where), {**day_filter.values, "desk": DESK}
    for day, volunteer, *rest in views.rows(query, values):
        yield ContradictedClosing(read_day(day), read_id(volunteer), *rest)


_QUERY = """
SELECT c.day, p.volunteer, asserted.check_in, asserted.check_out, c.position
FROM (SELECT * FROM corrections WHERE kind = 'closed' AND {where}) c
CROSS JOIN visits asserted
ON asserted.volunteer = c.volunteer AND asserted.day = c.day AND asserted.check_in = c.check_in
JOIN people p ON p.key = c.volunteer
WHERE asserted.kiosk = :desk AND asserted.status != 'void' AND EXISTS (
    SELECT 1 FROM visits tapped WHERE tapped.volunteer = c.volunteer AND tapped.day BETWEEN c.day - 1 AND c.day + 1
    AND tapped.kiosk != :desk AND tapped.status != 'void' AND tapped.check_in <= asserted.check_out
    AND coalesce(tapped.check_out, asserted.check_out) >= asserted.check_in
) ORDER BY c.day, p.volunteer, asserted.check_in, c.position
"""
"""A visit that the taps still make has their kiosk; one that stands by the correction alone has the desk's."""
