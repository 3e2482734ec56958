"""Lenient reads: past an event that this program cannot decode, reporting it without its content.

Rule: one bad event stops no reader, and is never skipped in silence: each is returned to the caller. The chain does not
depend on decoding, so it still shows that the event is the one that was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.log.errors import UnknownName, Unreadable
from domain.log.event_rows import Entry, EventRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from eventsourcing.domain import AggregateEvent

UndecodableReason = Literal["unknown name", "does not decode", "impossible"]
"""No event of that name is listed; its bytes are not what the name promises; or nothing can come of what it says."""

LONGEST_NAME = 80
"""Characters of a stored name that are reported: in a damaged log it may be anything."""


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


def read_lenient(read: Callable[[EventRow], AggregateEvent], rows: Iterable[EventRow]) -> list[Entry]:
    """The events of the rows that can be read."""
    entries: list[Entry] = []
    for row in rows:
        try:
            entries.append(Entry(row[0], read(row)))
        except (UnknownName, Unreadable):
            continue
    return entries
