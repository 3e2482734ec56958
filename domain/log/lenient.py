"""Lenient reads: past an event that this program cannot decode or apply, reporting it without its content.

Rule: one bad event stops no reader, and is never skipped in silence: each is returned to the caller. The chain does not
depend on decoding, so it still shows that the event is the one that was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.domain import Aggregate, AggregateEvent, EventSourcingError

from domain.log.errors import UnknownName, Unreadable, WrongStream
from domain.log.mapper import Entry, EventRow

UndecodableReason = Literal["unknown name", "does not decode", "impossible"]
"""No event of that name is listed; its bytes are not what the name promises; or nothing can come of what it says."""

FOLD_ERRORS = (EventSourcingError, AssertionError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
"""What a fold raises over an event that was decoded and yet cannot be."""

LONGEST_NAME = 80
"""Characters of a stored name that are reported: in a damaged log it may be anything."""

NEVER_WRITTEN = datetime(1970, 1, 1, tzinfo=UTC)
"""When the last event of a log was written that holds none."""


class UndecodableEvent(NamedTuple):
    """One such event."""

    position: int
    stream: str
    """The id of its stream, hex."""
    version: int
    name: str
    why: UndecodableReason

    def __str__(self) -> str:
        return f"event {self.position} ({self.name[:LONGEST_NAME]!r}): {self.why}"


def describe_unreadable(row: EventRow, refused: Exception) -> UndecodableEvent:
    """What is said of an event that could not be read because of an exception."""
    return UndecodableEvent(*row[:4], "unknown name" if isinstance(refused, UnknownName) else "does not decode")


def describe_unfit(row: EventRow) -> UndecodableEvent:
    """What is said of an event that was read, and that a fold could not take in."""
    return UndecodableEvent(*row[:4], "impossible")


def fold_strict(entries: Iterable[Entry], aggregate: Aggregate | None, stream: UUID) -> Aggregate | None:
    """The aggregate that a stream makes of another. Raises: WrongStream where one of its events cannot be."""
    try:
        for _, event in entries:
            aggregate = event.mutate(aggregate)
    except (EventSourcingError, AssertionError) as refused:
        raise WrongStream(stream, str(refused) or "its first event does not begin it") from refused
    except FOLD_ERRORS as refused:
        raise WrongStream(stream, f"one of its events cannot be: {type(refused).__name__}") from refused
    return aggregate


def fold_lenient(
    read: Callable[[EventRow], AggregateEvent], aggregate: Aggregate | None, rows: Iterable[EventRow]
) -> tuple[Aggregate | None, list[UndecodableEvent]]:
    """What the rows make of an aggregate, and those of which nothing could be made."""
    passed: list[UndecodableEvent] = []
    for row in rows:
        try:
            aggregate = read(row).mutate(aggregate)
        except (UnknownName, Unreadable) as refused:
            passed.append(describe_unreadable(row, refused))
        except FOLD_ERRORS:
            passed.append(describe_unfit(row))
        if aggregate is not None:
            aggregate.version = row[2]
    return aggregate, passed


def read_lenient(read: Callable[[EventRow], AggregateEvent], rows: Iterable[EventRow]) -> list[Entry]:
    """The events of the rows that can be read."""
    entries: list[Entry] = []
    for row in rows:
        try:
            entries.append(Entry(row[0], read(row)))
        except (UnknownName, Unreadable):
            continue
    return entries


class _Stamp(msgspec.Struct, gc=False):
    """The one field that every event has."""

    timestamp: datetime


_STAMP_OF = msgspec.json.Decoder(_Stamp).decode


def decode_recorded_at(state: bytes) -> datetime | None:
    """When an event was written down, as far as its bytes say even that."""
    try:
        stamped = _STAMP_OF(state).timestamp
    except (msgspec.MsgspecError, ValueError):
        return None
    return stamped if stamped.tzinfo else None
