"""Read model: duties that nobody did: shifts of a day, not cancelled, to which nobody came (R-040)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.spans import Second
from projections.engine.views import Views


class UncoveredShift(NamedTuple):
    """A shift without anybody."""

    shift: str
    start: Second
    end: Second
    post: str | None


def list_uncovered_shifts(views: Views, day: date) -> Iterator[UncoveredShift]:
    """Shifts of a service day, by start; one without any volunteer is uncovered as well."""
    for row in views.rows(_QUERY, (day.toordinal(),)):
        yield UncoveredShift(*row)


_QUERY = """
SELECT shift, starts, ends, post FROM shifts s WHERE day = ? AND NOT cancelled AND NOT EXISTS (
    SELECT 1 FROM duties d WHERE d.shift = s.shift AND d.day = s.day AND d.outcome IN ('attended', 'no_check_out')
) ORDER BY starts, shift
"""
