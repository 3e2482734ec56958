"""Read model: how often volunteers came to the duties they were on the roster for, with the inputs of the rate.

Rule: rate = attended ÷ (rostered − leave − swapped away). Only duties that are over count, and none that was cancelled.
A duty without a check-out was attended (decision 5).
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from projections.engine.stored_values import read_id
from projections.engine.views import Views
from projections.read_models.day_filter import EVERYTHING, DayFilter


class AttendanceCounts(NamedTuple):
    """Duties of one volunteer, or of all."""

    rostered: int = 0
    attended: int = 0
    no_check_out: int = 0
    """Of those that were attended."""
    leave: int = 0
    swapped_away: int = 0
    absent: int = 0
    late: int = 0
    left_early: int = 0

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None where there was no duty to come to."""
        expected = self.rostered - self.leave - self.swapped_away
        return self.attended / expected if expected else None


class AttendanceRow(NamedTuple):
    """How often a volunteer came."""

    volunteer: UUID
    counts: AttendanceCounts


def list_attendance(views: Views, day_filter: DayFilter = EVERYTHING) -> Iterator[AttendanceRow]:
    """Everybody with a duty that is over on these service days."""
    views.ensure_intact(*day_filter.bounds)
    for volunteer, _, *counts in views.rows(_QUERY.format(where=day_filter.where_for_sums), day_filter.values):
        yield AttendanceRow(read_id(volunteer), AttendanceCounts(*counts))


def sum_attendance(rows: Iterable[AttendanceRow]) -> AttendanceCounts:
    """The counts of all of them together."""
    columns = zip(*(row.counts for row in rows), strict=True)
    return AttendanceCounts(*map(sum, columns))


_QUERY = """
SELECT p.volunteer, d.* FROM (
    SELECT volunteer AS key, count(*), sum(outcome IN ('attended', 'no_check_out')), sum(outcome = 'no_check_out'),
        sum(outcome = 'leave'), sum(outcome = 'swapped_away'), sum(outcome = 'absent'), sum(late > 0), sum(early > 0)
    FROM duties WHERE outcome NOT IN ('cancelled', 'upcoming') AND {where} GROUP BY volunteer
) d JOIN people p USING (key) ORDER BY key
"""
