"""Read model: the last taps, with what was answered at the door, and how old the last news of each kiosk is.

Also where the log begins to hold the taps of some days.

Rule: it shows what the volunteer was shown at the door, whatever the evaluation made of it since.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from domain.spans import Second
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_id

if TYPE_CHECKING:
    from domain.log.standing_log import LogToRead

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


def list_last_taps(views: RowSource, log: "LogToRead", day: int, now: Second, count: int) -> Iterator[TapRow]:
    """The last taps of a service day and the one before, the latest first."""
    for position, at, kiosk, who, reason in views.rows(_TAPS, {"day": day, "now": now, "count": count}):
        outcome = _find_outcome(log, position) if reason is None else reason  # a damaged event may name an empty one
        yield TapRow(position, at, kiosk, read_id(who) if who else None, outcome)


def _find_outcome(log: "LogToRead", position: int) -> str:
    ((_, _, _, topic, _),) = log.read_rows(after=position - 1, limit=1)
    return OUTCOMES[topic]


OUTCOMES = {
    "attendance.checked-in": "checked_in",
    "attendance.checked-out": "checked_out",
    "attendance.tap-repeated": "repeated",
    "attendance.tap-unmatched": "unmatched",
    "attendance.tap-noted": "noted",
}
"""By the stored name of the event, so that no stream is loaded to read it."""


def find_last_tap_by_kiosk(views: RowSource, day: int, now: Second) -> dict[str, Second]:
    """When each kiosk that was heard of in the last days saw its last tap."""
    values = {"first": day - LAST_TAP_DAYS + 1, "day": day, "now": now}
    return dict(views.rows(_LAST_BY_KIOSK, values))


def find_first_position_of_taps(views: RowSource, first: int, last: int) -> int | None:
    """The lowest position of a tap that counts on service days from one to another; None where there is none.

    A clock that was behind gave it an earlier date, also as the instant of recording.
    """
    ((position,),) = views.rows(_FIRST_OF_DAYS, (first, last))
    return position


_FIRST_OF_DAYS = """
SELECT min(position) FROM (
    SELECT position FROM people p CROSS JOIN taps t ON t.volunteer = p.key AND t.day BETWEEN ?1 AND ?2
    UNION ALL SELECT position FROM refused WHERE day BETWEEN ?1 AND ?2
)
"""
_TAPS = """
SELECT t.position, at, kiosk, p.volunteer, NULL FROM people p
CROSS JOIN taps t ON t.volunteer = p.key AND t.day BETWEEN :day - 1 AND :day AND at <= :now
UNION ALL
SELECT r.position, at, kiosk, p.volunteer, reason FROM refused r LEFT JOIN people p ON p.key = r.volunteer
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
