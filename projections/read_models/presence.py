"""Read model: the volunteers who are in, now or at an instant of the past.

Rule: the query decides as `evaluation.attendance_state` does; a test holds it to `find_current` and `is_attendance_of`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from domain.spans import Second
from projections.engine.noted_policies import PoliciesOfQuestion
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_id

if TYPE_CHECKING:
    from domain.calendar import ServiceDays


class PresenceRow(NamedTuple):
    """A volunteer who is in."""

    volunteer: UUID
    since: Second
    kiosk: str
    duty: str | None
    """The first shift under way or about to begin for which their visit counts."""


def list_present(
    views: RowSource, days: "ServiceDays", policies: PoliciesOfQuestion, at: Second
) -> Iterator[PresenceRow]:
    """Every volunteer whose last visit by `at` has not ended; without a check-out it lasts until its day ends."""
    day = days.ordinal(at)
    views.ensure_intact(day - 1, day + 1)
    early = policies.on(day).checkin_window_before_start_min * 60
    values = {"at": at, "day": day, "early": early, "today": days.start(day)}
    for volunteer_id, since, kiosk, duty in views.rows(_QUERY, values):
        yield PresenceRow(read_id(volunteer_id), since, kiosk, duty)


_QUERY = """
SELECT p.volunteer, check_in, kiosk, (
    SELECT shift FROM duties d WHERE d.volunteer = v.volunteer AND d.day BETWEEN :day - 1 AND :day + 1
        AND outcome IN ('attended', 'no_check_out') AND starts - :early <= :at AND :at < ends AND v.check_in < ends
        AND CASE WHEN check_out IS NULL THEN starts - :early <= check_in ELSE starts < check_out END
    ORDER BY starts, shift LIMIT 1
)
FROM (
    SELECT * FROM visits one WHERE day BETWEEN :day - 1 AND :day AND status != 'void' AND check_in <= :at
        AND CASE WHEN check_out IS NULL THEN check_in >= :today ELSE :at < check_out END AND NOT EXISTS (
            SELECT 1 FROM visits later WHERE later.volunteer = one.volunteer AND later.day BETWEEN :day - 1 AND :day
                AND (later.check_in, later.day, later.ordinal) > (one.check_in, one.day, one.ordinal)
                AND later.check_in <= :at AND later.status != 'void'
        )
) v JOIN people p ON p.key = v.volunteer
ORDER BY check_in, v.volunteer
"""
"""The last visit decides: one before it has ended, though its departure may be missing."""
