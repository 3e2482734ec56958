"""The feed: what the views read of the log, in batches, from a position on.

Nearly all of a log is taps and assignments. Of these only the fields that are filed are decoded, which is three
times as fast; everything else comes as the domain's own events.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from domain.attendance import Attendance
from domain.log.event_log import EventLog
from domain.shift import Shift
from domain.spans import Second, instant, second


class TapFact(msgspec.Struct, frozen=True, gc=False):
    """What is filed of a tap that was not refused."""

    timestamp: datetime
    volunteer_id: str
    at: datetime
    kiosk: str
    seq: int
    direction: str | None


class ShiftFact(msgspec.Struct, frozen=True, gc=False):
    """What is filed of a shift."""

    timestamp: datetime
    shift: str
    start: datetime
    end: datetime
    category: str | None
    post: str | None


class AssignmentFact(msgspec.Struct, frozen=True, gc=False):
    """What is filed of an assignment."""

    timestamp: datetime
    shift: str
    volunteer_id: str


Fact = TapFact | ShiftFact | AssignmentFact

IN_PART: dict[str, type[Fact]] = {
    Attendance.CheckedIn.TOPIC: TapFact,
    Attendance.CheckedOut.TOPIC: TapFact,
    Attendance.TapRepeated.TOPIC: TapFact,
    Attendance.TapUnmatched.TOPIC: TapFact,
    Shift.Created.TOPIC: ShiftFact,
    Shift.Assigned.TOPIC: AssignmentFact,
}
"""Events, by their stored names, of which a few fields are enough. A test holds these against the events."""

_DECODERS = {name: msgspec.json.Decoder(fact).decode for name, fact in IN_PART.items()}


Told = tuple[int, object]
"""An event as the views are told of it, behind its position."""


class Batch(NamedTuple):
    """So much of the log at once."""

    told: Sequence[Told]
    length: int
    """Events read, told or not."""
    position: int
    """Of the last of them."""
    last_recorded: Second
    """The latest instant at which one of those told was written."""


def batch(log: EventLog, after: int, limit: int, upto: int | None, as_of: Second | None) -> Batch:
    """The next events behind a position; with `as_of` only those that were recorded by then."""
    rows = log.stored(after, limit, upto)
    told: list[Told] = []
    before = None if as_of is None else instant(as_of + 1)
    latest = instant(0)
    for row in rows:
        decode = _DECODERS.get(row[3])
        event = log.read(row) if decode is None else decode(row[4])
        recorded = event.timestamp
        if before is None or recorded < before:
            told.append((row[0], event))
            latest = recorded if recorded > latest else latest
    return Batch(told, len(rows), rows[-1][0] if rows else after, second(latest))
