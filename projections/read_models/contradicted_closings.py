"""Read model: closed visits that a tap has contradicted which arrived later.

Rule: the correction stands, as a visit of its own; the visit that the taps make now is beside it, until a coordinator
voids one of the two.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.model.visits import DESK
from domain.spans import Second
from projections.engine.views import Views


class ContradictedClosing(NamedTuple):
    """One of them."""

    day: date
    volunteer: UUID
    check_in: Second
    """As the coordinator asserted it, like the check-out."""
    check_out: Second


def list_contradicted_closings(views: Views, until: date) -> Iterator[ContradictedClosing]:
    """All up to a service day, by day, volunteer and check-in. The caller has ensured that the days are intact."""
    for day, volunteer, check_in, check_out in views.rows(_QUERY, {"until": until.toordinal(), "desk": DESK}):
        yield ContradictedClosing(date.fromordinal(day), UUID(bytes=volunteer), check_in, check_out)


_QUERY = """
SELECT c.day, p.volunteer, asserted.check_in, asserted.check_out FROM corrections c
JOIN visits asserted ON asserted.volunteer = c.volunteer AND asserted.day = c.day AND asserted.check_in = c.check_in
JOIN people p ON p.key = c.volunteer
WHERE c.kind = 'closed' AND c.day <= :until AND asserted.kiosk = :desk AND asserted.status != 'void' AND EXISTS (
    SELECT 1 FROM visits tapped WHERE tapped.volunteer = c.volunteer AND tapped.day BETWEEN c.day - 1 AND c.day + 1
    AND tapped.kiosk != :desk AND tapped.status != 'void' AND tapped.check_in <= asserted.check_out
    AND coalesce(tapped.check_out, asserted.check_out) >= asserted.check_in
) ORDER BY c.day, p.volunteer, asserted.check_in
"""
"""A visit that the taps still make has their kiosk; one that stands by the correction alone has the desk's."""
