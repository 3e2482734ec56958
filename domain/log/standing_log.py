"""A log in a file that is only read, where it stands as its head file says: no store is opened, no stream loaded.

Rule: a shortcut and never another answer. Its rows are those of an `EventLog`; the kinds of streams, and the library
with them, are loaded where a row is decoded.
"""

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar
from uuid import UUID

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.errors import CannotRead, LogError
from domain.log.event_rows import LAST_POSITION, PAGE, Entry, EventRow
from domain.log.lenient import UndecodableEvent, read_lenient
from domain.log.schema import CHAIN_AT, HEAD, NAMES, ONWARD, STREAM
from domain.log.standing_file import StandingFile

if TYPE_CHECKING:
    from eventsourcing.domain import Aggregate, AggregateEvent

    from domain.log.decoder import EventDecoder


A = TypeVar("A", bound="Aggregate")


class LogToRead(Protocol):
    """What is read of a log, an `EventLog` or one that stands. Each raises CannotRead."""

    @property
    def own(self) -> "LogToRead":
        """The log that is verified here: this one, except in the home of a kiosk with a hub."""
        ...

    def head(self) -> Head:
        """The end of the log."""
        ...

    def chain_at(self, position: int) -> bytes:
        """The chain hash of the event at a position that the log holds."""
        ...

    def read_rows(self, after: int = 0, limit: int = PAGE, upto: int | None = None) -> list[EventRow]:
        """At most `limit` events behind position `after`, up to and including `upto`, as they are stored, in order."""
        ...

    def read_stream_rows(self, stream: UUID) -> list[EventRow]:
        """The events of one stream as they are stored, in order."""
        ...

    def decode_row(self, row: EventRow) -> "AggregateEvent":
        """A stored event as the domain knows it. Raises: UnknownName, Unreadable."""
        ...

    def read_entries_lenient(self, after: int = 0, limit: int = PAGE, upto: int | None = None) -> list[Entry]:
        """As `read_rows`, decoded, without the events that cannot be read."""
        ...

    def read_stream_lenient(self, stream: UUID) -> list[Entry]:
        """As `read_stream_rows`, decoded, without the events that cannot be read."""
        ...

    def load_lenient(self, kind: type[A], stream: UUID) -> tuple[A | None, list[UndecodableEvent]]:
        """The aggregate that a stream makes, past every event that cannot be decoded or applied, and those."""
        ...


class StandingLog(StandingFile):
    """One state of a log; use `open`. Close it."""

    @classmethod
    def open(cls, path: Path, head: tuple[UUID, int]) -> Self:
        """A log of a name, which ends at a position; its head file was compared. Raises: LogError for any other."""
        log = cls(path)
        try:
            log._open(head)
        except sqlite3.Error as refused:
            log.close()
            raise CannotRead(path, str(refused)) from refused
        except LogError:
            log.close()
            raise
        return log

    def _open(self, head: tuple[UUID, int]) -> None:
        with self._lock.hold():
            self._connect()
            names = [name for (name,) in self._rows(NAMES)]
            if names[-1:] != [str(head[0])] or self.head().position != head[1]:
                raise CannotRead(self._path, "moved on")

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        assert self._db is not None, "it is open"  # noqa: S101 - a programming error
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as refused:
            raise CannotRead(self._path, str(refused)) from refused

    @property
    def own(self) -> Self:
        """This one: the log of a kiosk with a hub does not stand."""
        return self

    def head(self) -> Head:
        """The end of the log."""
        return next((Head(*row) for row in self._rows(HEAD)), EMPTY_HEAD)

    def chain_at(self, position: int) -> bytes:
        """The chain hash of one event."""
        ((chain,),) = self._rows(CHAIN_AT, (position,))
        return chain

    def read_rows(self, after: int = 0, limit: int = PAGE, upto: int | None = None) -> list[EventRow]:
        """Events behind a position as they are stored."""
        return self._rows(ONWARD, (after, LAST_POSITION if upto is None else upto, limit))

    def read_stream_rows(self, stream: UUID) -> list[EventRow]:
        """The events of one stream as they are stored."""
        return self._rows(STREAM, (stream.hex, 0))

    # --- Decoded ---

    @cached_property
    def _decoder(self) -> "EventDecoder":
        from domain.log.decoder import EventDecoder  # noqa: PLC0415 - most questions are answered by rows
        from domain.log.registered_names import REGISTERED_NAMES  # noqa: PLC0415 - same

        return EventDecoder(REGISTERED_NAMES)

    def decode_row(self, row: EventRow) -> "AggregateEvent":
        """A stored event as the domain knows it. Raises: UnknownName, Unreadable."""
        return self._decoder.decode_event(row)

    def read_entries_lenient(self, after: int = 0, limit: int = PAGE, upto: int | None = None) -> list[Entry]:
        """Events behind a position, without those that cannot be read."""
        return read_lenient(self.decode_row, self.read_rows(after, limit, upto))

    def read_stream_lenient(self, stream: UUID) -> list[Entry]:
        """The events of one stream, without those that cannot be read."""
        return read_lenient(self.decode_row, self.read_stream_rows(stream))

    def load_lenient(self, kind: type[A], stream: UUID) -> tuple[A | None, list[UndecodableEvent]]:
        """The aggregate that a stream makes, past every event of which nothing can be made."""
        from domain.log.folds import fold_lenient  # noqa: PLC0415 - most questions are answered by rows

        found, undecodable = fold_lenient(self.decode_row, None, self.read_stream_rows(stream))
        return (found if isinstance(found, kind) else None), undecodable
