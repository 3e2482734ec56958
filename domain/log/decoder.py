"""Rows of a log as events, by listed names alone: for reading, which needs no mapper of the library."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from domain.log.errors import UnknownName, Unreadable
from domain.log.event_rows import Entry, EventRow
from domain.log.gc_pause import PausedCollection
from domain.log.stored_names import UNREADABLE, StoredNames

if TYPE_CHECKING:
    from eventsourcing.domain import AggregateEvent

RECENT_STREAMS = 65_536
"""How many stream ids are remembered."""
ID_DIGITS = 32
"""Hexadecimal, of an id as it is stored."""


class EventDecoder:
    """Decodes what `names` lists."""

    def __init__(self, names: StoredNames) -> None:
        self._readers = names.readers()
        self._stream_of = lru_cache(RECENT_STREAMS)(_parse_stream)

    def decode_entries(self, rows: Iterable[EventRow]) -> list[Entry]:
        """The rows as events. Raises: UnknownName, Unreadable, each with the position where it stopped."""
        with PausedCollection():
            return self._decode_entries(rows)

    def decode_event(self, row: EventRow) -> "AggregateEvent":
        """One row as an event. Raises: UnknownName, Unreadable, with the position."""
        position, stream, version, topic, state = row
        try:
            return self._readers[topic](self._stream_of(stream), version, state)
        except UnknownName as unlisted:
            raise UnknownName(unlisted.name, position) from None
        except UNREADABLE as refused:
            raise Unreadable(position, topic, str(refused)) from refused

    def _decode_entries(self, rows: Iterable[EventRow]) -> list[Entry]:
        readers, stream_of = self._readers, self._stream_of
        found: list[Entry] = []
        position, topic = 0, ""
        try:
            for position, stream, version, topic, state in rows:
                found.append(Entry(position, readers[topic](stream_of(stream), version, state)))
        except UnknownName as unlisted:
            raise UnknownName(unlisted.name, position) from None
        except UNREADABLE as refused:
            raise Unreadable(position, topic, str(refused)) from refused
        return found


def _parse_stream(text: str) -> UUID:
    """As `UUID`, which looks for braces and hyphens first. Raises: ValueError."""
    return UUID(int=int(text, 16)) if len(text) == ID_DIGITS else UUID(text)
