"""Stored events as the store keeps them, and where each stands: for readers that need no kind of stream."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.spans import END_INSTANT, FIRST_INSTANT
from domain.typed_decoding import build_json_decoder

if TYPE_CHECKING:
    from eventsourcing.domain import AggregateEvent

PAGE = 500
"""Events read at once by default. Measured: pages that fit a cache are half as fast again as pages of 5,000."""
LAST_POSITION = 2**63 - 1
"""The largest that a store counts to."""
NEVER_WRITTEN = datetime(1970, 1, 1, tzinfo=UTC)
"""When the last event of a log was written that holds none."""


class EventRow(NamedTuple):
    """What the store keeps of an event, as it keeps it."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes


class Entry(NamedTuple):
    """An event and where it stands in the log."""

    position: int
    event: "AggregateEvent"


class _Stamp(msgspec.Struct, gc=False):
    """The one field that every event has."""

    timestamp: datetime


_STAMP_OF = build_json_decoder(_Stamp).decode


def decode_recorded_at(state: bytes) -> datetime | None:
    """When an event was written down, as far as its bytes say even that."""
    try:
        stamped = _STAMP_OF(state).timestamp
    except (msgspec.MsgspecError, ValueError):
        return None
    return stamped if is_recorded_instant(stamped) else None


def is_recorded_instant(at: datetime) -> bool:
    """Whether anything can have been recorded then: in a zone, and in a year that can be counted with."""
    return at.tzinfo is not None and FIRST_INSTANT <= at < END_INSTANT
