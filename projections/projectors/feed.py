"""The feed: what the views read of the log, in batches, from a position on.

Nearly all of a log is taps and assignments. Of these only the fields that become facts are decoded, which is three
times as fast; everything else comes as the domain's own events. An event that cannot be decoded is listed apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from domain.log.errors import UnknownName, Unreadable
from domain.log.event_log import EventLog
from domain.log.event_rows import EventRow, decode_recorded_at
from domain.log.lenient import UndecodableEvent, describe_unreadable
from domain.log.stored_names import UNREADABLE
from domain.model.attendance import Attendance
from domain.model.shift import Shift
from domain.spans import END_INSTANT, FIRST_INSTANT, Second, instant, second
from domain.typed_decoding import build_json_decoder


class TapFact(msgspec.Struct, frozen=True, gc=False):
    """The facts of a tap that was not refused."""

    timestamp: datetime
    volunteer_id: str
    at: datetime
    kiosk: str
    seq: int
    direction: str | None
    clock: str
    boot: str
    boot_ns: int


class SentTapFact(TapFact, frozen=True, gc=False):
    """The facts of such a tap that a kiosk sent, which may not have known everything."""

    card: str | None


class SentArrivalFact(SentTapFact, frozen=True, gc=False):
    """The same of one that the kiosk took for an arrival."""


class ShiftFact(msgspec.Struct, frozen=True, gc=False):
    """The facts of a shift."""

    timestamp: datetime
    shift: str
    start: datetime
    end: datetime
    category: str | None
    post: str | None
    item: str | None = None
    content: str | None = None


class AssignmentFact(msgspec.Struct, frozen=True, gc=False):
    """The facts of an assignment."""

    timestamp: datetime
    shift: str
    volunteer_id: str


Fact = TapFact | ShiftFact | AssignmentFact

PARTIAL_DECODING: dict[str, type[Fact]] = {
    Attendance.CheckedIn.TOPIC: TapFact,
    Attendance.CheckedOut.TOPIC: TapFact,
    Attendance.TapRepeated.TOPIC: TapFact,
    Attendance.TapUnmatched.TOPIC: TapFact,
    Attendance.TapNoted.TOPIC: TapFact,
    Shift.Created.TOPIC: ShiftFact,
    Shift.Assigned.TOPIC: AssignmentFact,
}
"""Events, by their stored names, of which a few fields are enough. A test holds these against the events."""

_DECODERS = {name: build_json_decoder(fact).decode for name, fact in PARTIAL_DECODING.items()}


_SENT_DECODERS = _DECODERS | {
    name: build_json_decoder(SentArrivalFact if name == Attendance.CheckedIn.TOPIC else SentTapFact).decode
    for name, fact in PARTIAL_DECODING.items()
    if fact is TapFact
}
NOT_RECORDED, FAR = instant(0), datetime.max.replace(tzinfo=UTC)

DECODE_ERRORS = (UnknownName, Unreadable, *UNREADABLE)
"""What reading an event raises that is not what its name promises."""

PositionedEvent = tuple[int, object]
"""An event as the handlers get it, behind its position."""


class Batch(NamedTuple):
    """So much of the log at once."""

    events: Sequence[PositionedEvent]
    length: int
    """Events read, with or without a handler."""
    position: int
    """Of the last of them."""
    last_recorded: Second
    """The latest instant at which one of those that could be decoded was written."""
    first_recorded: Second
    """The earliest one."""
    undecodable: Sequence[UndecodableEvent]
    """Those that cannot be read."""
    received: Mapping[int, datetime]
    """When those were taken that came from kiosks, by position."""


class _Knowledge(NamedTuple):
    """When events became known: an event of a source, whose clock may be wrong, when it was taken."""

    before: datetime | None
    """Only what was known by then is read; None for all."""
    received: Mapping[int, datetime]
    """When those of the events that came from sources were taken, by position."""


def read_batch(log: EventLog, after: int, limit: int, upto: int | None, as_of: Second | None) -> Batch:
    """The next events behind a position; with `as_of` only those that were recorded by then."""
    rows = log.read_rows(after, limit, upto)
    known = _Knowledge(
        None if as_of is None else instant(as_of + 1),
        log.find_received(rows),
    )
    undecodable: Sequence[UndecodableEvent] = ()
    try:
        events, recorded = _decode_rows(log, rows, known)
    except DECODE_ERRORS:
        decodable, undecodable = _separate_undecodable(log, rows, known)
        events, recorded = _decode_rows(log, decodable, known)
    earliest, latest = map(second, recorded or (FAR, NOT_RECORDED))
    last = rows[-1][0] if rows else after
    return Batch(events, len(rows), last, latest, earliest, undecodable, known.received)


def _decode_rows(
    log: EventLog, rows: Iterable[EventRow], known: _Knowledge
) -> tuple[list[PositionedEvent], tuple[datetime, datetime] | None]:
    """The events, and the earliest and latest instant at which one of them became known."""
    events: list[PositionedEvent] = []
    latest, earliest = NOT_RECORDED, FAR
    before, received = known
    for row in rows:
        position, _, _, topic, state = row
        taken = received.get(position)
        decode = (_DECODERS if taken is None else _SENT_DECODERS).get(topic)
        event = log.decode_row(row) if decode is None else decode(state)
        at = taken or event.timestamp
        if before is None or at < before:
            events.append((position, event))
            latest = at if at > latest else latest  # an instant without a zone, which cannot be compared, is refused
            earliest = at if at < earliest else earliest
    if earliest < FIRST_INSTANT or latest >= END_INSTANT:
        raise ValueError("uncountable timestamp")
    return events, (earliest, latest) if events else None


def list_known(log: EventLog, after: int, limit: int, upto: int) -> list[tuple[int, Second | None]]:
    """The positions of the next events, and when each became known; None where that cannot be read."""
    rows = log.read_rows(after, limit, upto)
    received = log.find_received(rows)
    known = ((row[0], received.get(row[0]) or decode_recorded_at(row[4])) for row in rows)
    return [(position, None if at is None else second(at)) for position, at in known]


def _separate_undecodable(
    log: EventLog, rows: Iterable[EventRow], known: _Knowledge
) -> tuple[list[EventRow], list[UndecodableEvent]]:
    """The rows that can be decoded and those that cannot, one by one: used only where a batch holds a bad one."""
    decodable: list[EventRow] = []
    bad: list[UndecodableEvent] = []
    for row in rows:
        try:
            _decode_rows(log, (row,), known)
        except DECODE_ERRORS as refused:
            recorded = known.received.get(row[0]) or decode_recorded_at(row[4])
            if known.before is None or recorded is None or recorded < known.before:
                bad.append(describe_unreadable(row, refused))
        else:
            decodable.append(row)
    return decodable, bad
