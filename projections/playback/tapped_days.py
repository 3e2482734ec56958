"""Which service days have taps: the nearest ones to a day that has none."""

from datetime import datetime

import msgspec

from domain.calendar import ServiceDays
from domain.log.event_log import EventLog
from domain.spans import second
from domain.use_cases.clock_monitor import TAPS

PAGE = 5_000
"""Events read at once."""


class _TapInstant(msgspec.Struct, gc=False):
    """When a tap happened."""

    at: datetime


_DECODE = msgspec.json.Decoder(_TapInstant).decode


def find_nearest_tapped_days(log: EventLog, days: ServiceDays, day: int) -> tuple[int | None, int | None]:
    """The last day with taps before a day, and the first behind it. The whole log is looked through."""
    before, after, position = set[int](), set[int](), 0
    while rows := log.read_rows(position, PAGE):
        shown = (_decode_instant(row[4]) for row in rows if row[3] in TAPS)
        tapped = {days.ordinal(second(at)) for at in shown if at is not None}
        before = set(sorted(before | {one for one in tapped if one < day})[-1:])
        after = set(sorted(after | {one for one in tapped if one > day})[:1])
        position = rows[-1][0]
    return max(before, default=None), min(after, default=None)


def _decode_instant(state: bytes) -> datetime | None:
    """When a tap happened by its kiosk's clock, as far as its bytes say even that."""
    try:
        at = _DECODE(state).at
    except (msgspec.MsgspecError, ValueError):
        return None
    return at if at.tzinfo else None
