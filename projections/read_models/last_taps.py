"""Read model: the last taps, with what was answered at the door, and how old the last news of each kiosk is.

Rule: it shows what the volunteer was shown at the door, whatever the evaluation made of it since.
"""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from domain.log.event_log import EventLog
from domain.model.attendance import Attendance, RefusedTaps
from domain.spans import Second
from projections.engine.views import Views

LAST_TAP_DAYS = 14
"""Service days back that are searched for a kiosk's last tap."""


class TapRow(NamedTuple):
    """One tap."""

    position: int
    at: Second
    kiosk: str
    volunteer: UUID | None
    """None for an unknown card."""
    outcome: str
    """`checked_in`, `checked_out`, `repeated`, `unmatched`, `noted`, or why it was refused."""


def list_last_taps(views: Views, log: EventLog, day: int, now: Second, count: int) -> Iterator[TapRow]:
    """The last taps of a service day and the one before, the latest first."""
    for position, at, kiosk, who in views.rows(_TAPS, {"day": day, "now": now, "count": count}):
        (entry,) = log.read_entries(after=position - 1, limit=1)
        yield TapRow(position, at, kiosk, UUID(bytes=who) if who else None, _find_outcome(entry.event))


def _find_outcome(event: object) -> str:
    if isinstance(event, RefusedTaps.TapRefused):
        return event.reason
    return _OUTCOMES[type(event)]


_OUTCOMES: dict[type, str] = {
    Attendance.CheckedIn: "checked_in",
    Attendance.CheckedOut: "checked_out",
    Attendance.TapRepeated: "repeated",
    Attendance.TapUnmatched: "unmatched",
    Attendance.TapNoted: "noted",
}


def find_last_tap_by_kiosk(views: Views, day: int, now: Second) -> dict[str, Second]:
    """When each kiosk that was heard of in the last days saw its last tap."""
    values = {"first": day - LAST_TAP_DAYS + 1, "day": day, "now": now}
    return dict(views.rows(_LAST_BY_KIOSK, values))


_TAPS = """
SELECT t.position, at, kiosk, p.volunteer FROM people p
CROSS JOIN taps t ON t.volunteer = p.key AND t.day BETWEEN :day - 1 AND :day AND at <= :now
UNION ALL
SELECT r.position, at, kiosk, p.volunteer FROM refused r LEFT JOIN people p ON p.key = r.volunteer
WHERE r.day BETWEEN :day - 1 AND :day AND at <= :now
ORDER BY at DESC, 1 DESC LIMIT :count
"""
"""Taps are kept by volunteer: to go through the people costs as much as there are people, not as there is history."""
_LAST_BY_KIOSK = """
SELECT kiosk, max(at) FROM (
    SELECT kiosk, at FROM people p CROSS JOIN taps t ON t.volunteer = p.key AND t.day BETWEEN :first AND :day
    UNION ALL SELECT kiosk, at FROM refused WHERE day BETWEEN :first AND :day
) WHERE at <= :now GROUP BY kiosk ORDER BY kiosk
"""
