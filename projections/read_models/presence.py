"""Read model: who is in, now or at an instant of the past."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from domain.calendar import ServiceDays
from domain.policy import Policies
from domain.spans import Second
from projections.engine.views import Views


class PresenceRow(NamedTuple):
    """Somebody who is in."""

    volunteer: UUID
    since: Second
    kiosk: str
    duty: str | None
    """The shift that they are on, or about to begin."""


def list_present(views: Views, days: ServiceDays, policies: Policies, at: Second) -> Iterator[PresenceRow]:
    """Visits that have begun and not ended at `at`; without a check-out a visit lasts until its day ends."""
    day = days.ordinal(at)
    early = policies.on(day).checkin_window_before_start_min * 60
    values = {"at": at, "day": day, "early": early, "today": days.start(day)}
    for who, since, kiosk, duty in views.rows(_QUERY, values):
        yield PresenceRow(UUID(bytes=who), since, kiosk, duty)


_QUERY = """
SELECT p.volunteer, check_in, kiosk, (
    SELECT shift FROM duties d WHERE d.volunteer = v.volunteer AND d.day BETWEEN :day - 1 AND :day
        AND outcome IN ('attended', 'no_check_out') AND starts - :early <= :at AND :at < ends
        AND v.check_in < ends ORDER BY starts, shift LIMIT 1
)
FROM (
    SELECT * FROM visits one WHERE day BETWEEN :day - 1 AND :day AND status != 'void' AND check_in <= :at
        AND CASE WHEN check_out IS NOT NULL THEN :at < check_out ELSE check_in >= :today AND NOT EXISTS (
            SELECT 1 FROM visits later WHERE later.volunteer = one.volunteer AND later.day = one.day
                AND later.check_in > one.check_in AND later.check_in <= :at AND later.status != 'void'
        ) END
) v JOIN people p ON p.key = v.volunteer
ORDER BY check_in, v.volunteer
"""
"""A visit without check-out that another one follows has ended, though nobody knows when: everybody is in once."""
