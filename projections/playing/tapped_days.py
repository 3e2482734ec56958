"""Which service days have taps: the nearest ones to a day that has none."""

from datetime import datetime

import msgspec

from domain.attendance import Attendance, RefusedTaps
from domain.calendar import ServiceDays
from domain.log.event_log import EventLog
from domain.spans import second

PAGE = 5_000
"""Events read at once."""
OF_TAPS = (f"{Attendance.TOPIC}.", f"{RefusedTaps.TOPIC}.")
"""How the stored names of taps begin."""


class _At(msgspec.Struct, gc=False):
    """When a tap happened."""

    at: datetime


_DECODE = msgspec.json.Decoder(_At).decode


def nearest_tapped(log: EventLog, days: ServiceDays, day: int) -> tuple[int | None, int | None]:
    """The last day with taps before a day, and the first behind it. The whole log is looked through."""
    before, after, position = set[int](), set[int](), 0
    while rows := log.stored(position, PAGE):
        tapped = {days.ordinal(second(_DECODE(row[4]).at)) for row in rows if row[3].startswith(OF_TAPS)}
        before = set(sorted(before | {one for one in tapped if one < day})[-1:])
        after = set(sorted(after | {one for one in tapped if one > day})[:1])
        position = rows[-1][0]
    return max(before, default=None), min(after, default=None)
