"""The event log as use cases and projections see it: load, decide, append; read on from a position; verify.

Rule: no other module uses the recorder, and every failure leaves this one as a `LogError`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateEvent
from eventsourcing.persistence import StoredEvent

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.chain_walk import LogFault, Verdict
from domain.log.decoder import EventDecoder
from domain.log.errors import NotWriting, WrongStream
from domain.log.event_rows import LAST_POSITION, NEVER_WRITTEN, PAGE, Entry, EventRow, decode_recorded_at
from domain.log.folds import fold_lenient, fold_strict
from domain.log.head_check import find_objection_to_head
from domain.log.known_streams import KnownStreams, WritingBlock
from domain.log.lenient import UndecodableEvent, read_lenient
from domain.log.mapper import NamedEventMapper
from domain.log.recorder import Recorder, SourceStore
from domain.log.reserve import Reserve
from domain.log.source_heard import SourceHeard
from domain.log.source_rows import Origin, SourceRow
from domain.log.stored_names import StoredNames
from domain.log.verify import verify_all, verify_onward, verify_tail, walk_leaves
from domain.model.streams import StreamKey

A = TypeVar("A", bound=Aggregate)

TAIL_EVENTS = 50_000
"""Events that a start walks along at most: a third of a second, more than a night leaves unwalked."""


class EventLog:
    """One log over one connection. Threads may share it; a process opens it once."""

    def __init__(self, recorder: Recorder, names: StoredNames) -> None:
        """Use a function of the module of a store, which makes or opens the log there."""
        self._recorder = recorder
        self._streams = KnownStreams(recorder)
        self._mapper, self._decoder = NamedEventMapper(names), EventDecoder(names)
        self.companions: list[Aggregate] = []
        """What goes into the transaction of the next append. Only inside `writing()`."""

    @property
    def log_id(self) -> UUID:
        """The log's name since its birth or its last restore: a follower that knew another one starts over."""
        return self._recorder.log_id

    def renew_identity(self, log_id: UUID | None = None) -> UUID:
        """Give the log a new `log_id`, or this one: followers of a restored log notice by it that it went back."""
        return self._recorder.renew_name(log_id)

    def close(self) -> None:
        """Give everything back; closing twice is closing once. Raises: LogBusy, and stays open then."""
        self._recorder.close()

    @property
    def place(self) -> Path | str:
        """Where it is, for people: its file, or the address of its server."""
        return self._recorder.place

    @property
    def own(self) -> EventLog:
        """The log that is written, verified and signed here: this one, except in the home of a kiosk with a hub."""
        return self

    def hold_views_folder(self, *, in_memory: bool = False) -> AbstractContextManager[Path]:
        """A scratch folder for read models, for as long as the block lasts. Raises: CannotWrite."""
        return self._recorder.hold_views_folder(in_memory=in_memory)

    def copy_to(self, into: Path) -> None:
        """Write the log as it is now to a new file of SQLite, with its chain. Raises: CannotRead, CannotWrite."""
        self._recorder.copy_to(into)

    @property
    def reserve(self) -> Reserve | None:
        """The room that is kept on the disk for when it is full; None where the disk is a server's."""
        return self._recorder.reserve

    # --- Writing -----------------------------------------------------------------------------

    def limit_wait(self, seconds: float) -> None:
        """From now on wait at most so long for other writers."""
        self._recorder.limit_wait(seconds)

    def writing(self) -> AbstractContextManager[None]:
        """What is loaded in here is still true when it is appended in here. Raises: LogBusy, CannotWrite."""
        return WritingBlock(self._recorder.writing(), self._streams)

    def next_position(self) -> int:
        """The position that the next event will get. Raises: NotWriting outside `writing()`."""
        if not self._recorder.is_writing():
            raise NotWriting(self._recorder.place)
        return self._streams.find_last_given() + 1

    def append(self, *aggregates: Aggregate) -> list[int]:
        """Store the pending events of all, and of the companions, in one transaction; the positions of all but those.

        After a refusal nothing is stored and the events are pending still.
        Raises: Conflict, CannotWrite, LogBusy, NotStorable, UnknownName.
        """
        pending = [each.pending_events for each in (*aggregates, *self.companions)]
        stored = [self._mapper.to_stored_event(event) for events in pending for event in events]
        if not stored:
            return []
        positions = self._insert(stored)
        count = sum(map(len, pending[: len(aggregates)]))
        for events in pending:
            events.clear()
        return list(positions[:count])

    def _insert(self, stored: Sequence[StoredEvent], origin: Origin | None = None) -> Sequence[int]:
        self._streams.expire()
        positions = self._recorder.insert_events(stored, origin)
        self._streams.add(positions, stored)
        return positions

    @property
    def sources(self) -> SourceStore:
        """What was taken from other logs."""
        return self._recorder.sources

    def append_taken(self, rows: Sequence[SourceRow], origin: Origin) -> list[int]:
        """Store events of a source as they stand there, known or not, at once; their positions. Raises: as `append`."""
        return list(self._insert([StoredEvent(row.stream, row.version, row.topic, row.state) for row in rows], origin))

    def write_heard(self, heard: SourceHeard) -> None:
        """Keep when a source was last heard. Raises: CannotWrite, LogBusy."""
        self._recorder.write_heard(heard)

    def probe(self) -> None:
        """Write what changes nothing, to see whether a write would reach the disk. Raises: CannotWrite, LogBusy."""
        self._recorder.probe()

    # --- Reading -----------------------------------------------------------------------------

    def load(self, kind: type[A], stream: UUID) -> A | None:
        """The aggregate that a stream with a Created event makes; None where there are no events.

        Raises: WrongStream, UnknownName, Unreadable, CannotRead.
        """
        found = fold_strict(self._decoder.decode_entries(self._find_streams(kind).read_stream(stream)), None, stream)
        if found is None or isinstance(found, kind):
            return found
        raise WrongStream(stream, f"it makes a {type(found).__name__}, not a {kind.__name__}")

    def catch_up(self, aggregate: A) -> A:
        """The same aggregate, with the events behind its version, 0 without a Created event. Raises: as `load`."""
        rows = self._find_streams(aggregate).read_behind(aggregate)
        fold_strict(self._decoder.decode_entries(rows), aggregate, aggregate.id)
        return aggregate

    def load_lenient(self, kind: type[A], stream: UUID) -> tuple[A | None, list[UndecodableEvent]]:
        """As `load`, but past every event that cannot be decoded or applied; each is returned beside."""
        rows = self._find_streams(kind).read_stream(stream)
        found, undecodable = fold_lenient(self._decoder.decode_event, None, rows)
        return (found if isinstance(found, kind) else None), undecodable

    def catch_up_lenient(self, aggregate: Aggregate) -> list[UndecodableEvent]:
        """As `catch_up`, but past every event that cannot be decoded or applied, each of which is returned."""
        rows = self._find_streams(aggregate).read_behind(aggregate)
        return fold_lenient(self._decoder.decode_event, aggregate, rows)[1] if rows else []

    def load_known(
        self, kind: type[A], stream: UUID, *, at_once: bool = False
    ) -> tuple[A | None, list[UndecodableEvent]]:
        """As `load_lenient`, for who only reads it: kept in `writing()`, the second time or `at_once`, and read on."""
        kept = (streams := self._find_streams(kind)).take_kept(stream)
        found, undecodable = (kept, self.catch_up_lenient(kept)) if kept else self.load_lenient(kind, stream)
        if found is not None and not undecodable:
            streams.keep(stream, found, at_once=at_once)
        return found, undecodable

    def move_to_end(self, aggregate: A) -> A:
        """The same aggregate at its stream's last version, unread: for commands that need no earlier event."""
        aggregate.version = self._find_streams(aggregate).find_version(aggregate.id)
        return aggregate

    def find_version(self, stream: UUID) -> int:
        """The number of the last event of a stream; 0 where it has none. Raises: CannotRead."""
        return self._recorder.read_last_versions([stream])[0]

    def find_versions(self, streams: Sequence[StreamKey]) -> list[int]:
        """That of each of several streams, in one query; inside `writing()` without those that are known."""
        return self._streams.find_versions([stream.id for stream in streams])

    def read_stream(self, stream: UUID) -> list[Entry]:
        """The events of one stream, in order. Raises: UnknownName, Unreadable, CannotRead."""
        return self._decoder.decode_entries(self._recorder.read_stream(stream, 0))

    def read_entries(self, after: int = 0, limit: int = PAGE, upto: int | None = None) -> list[Entry]:
        """At most `limit` events behind position `after`, up to and including `upto`, in order.

        A name that is not listed stops the reader, which would go on with half of the facts.
        Raises: UnknownName, Unreadable, both with the position; CannotRead.
        """
        return self._decoder.decode_entries(self.read_rows(after, limit, upto))

    def read_entries_lenient(self, after: int = 0, limit: int = PAGE, upto: int | None = None) -> list[Entry]:
        """As `read_entries`, without the events that cannot be read: for lists that are complete without them."""
        return read_lenient(self.decode_row, self.read_rows(after, limit, upto))

    def read_stream_lenient(self, stream: UUID) -> list[Entry]:
        """As `read_stream`, without the events that cannot be read."""
        return read_lenient(self.decode_row, self._recorder.read_stream(stream, 0))

    def read_topic_lenient(self, topic: str) -> list[Entry]:
        """The events of one stored name, in the order of the log; it looks at every event. Raises: CannotRead."""
        return read_lenient(self.decode_row, self._recorder.read_topic(topic))

    def read_rows(self, after: int = 0, limit: int = PAGE, upto: int | None = None) -> list[EventRow]:
        """The same events as they are stored, for a reader that needs a few fields of millions. Raises: CannotRead."""
        return self._recorder.read_onward(after, limit, LAST_POSITION if upto is None else upto)

    def read_stream_rows(self, stream: UUID) -> list[EventRow]:
        """The events of one stream as they are stored, in order. Raises: CannotRead."""
        return self._recorder.read_stream(stream, 0)

    def decode_row(self, row: EventRow) -> AggregateEvent:
        """A stored event as the domain knows it. Raises: UnknownName, Unreadable."""
        return self._decoder.decode_event(row)

    def read_rows_backwards(self, events: int, page: int = PAGE) -> Iterator[EventRow]:
        """The last events as they are stored, the latest first."""
        first = max(0, (last := self.head().position) - events)
        while last > first:
            after = max(first, last - page)
            yield from reversed(self.read_rows(after, page, last))
            last = after

    def find_last_recorded(self) -> datetime:
        """When the last event was written down, of those that say so."""
        rows = self.read_rows_backwards(self.head().position, page=1)
        return next((at for row in rows for at in self.list_recorded_at([row]) if at), NEVER_WRITTEN)

    def list_recorded_at(self, rows: Sequence[EventRow]) -> list[datetime | None]:
        """When some events in a row were written down, those of sources when they were taken; None where none says."""
        received = self.find_received(rows)
        return [received.get(row[0]) or decode_recorded_at(row[4]) for row in rows]

    def find_received(self, rows: Sequence[EventRow]) -> Mapping[int, datetime]:
        """When those of some events that follow one another were taken that came from sources, by position."""
        return self.sources.find_received(rows[0][0], rows[-1][0]) if rows else {}

    @property
    def fingerprint(self) -> str:
        """Says which events this program can read: what was derived under another one may have gone past some."""
        return self._mapper.fingerprint

    def head(self) -> Head:
        """The end of the log."""
        return self._recorder.head()

    def chain_at(self, position: int) -> bytes:
        """The chain hash of the event at a position that the log holds. Raises: CannotRead."""
        return self._recorder.chain_at(position)

    def list_names(self) -> list[UUID]:
        """Every name that the log has had, the oldest first. Raises: CannotRead, LogDamaged."""
        return self._recorder.list_names()

    def find_objection(self, kept: Head) -> LogFault | None:
        """Why the log does not extend a head of it that was kept; None when it does. Raises: CannotRead."""
        return find_objection_to_head(kept, self.head(), self._recorder.find_chain)

    def find_position(self, chain: bytes, before: int = LAST_POSITION) -> int | None:
        """The last position below `before` with a chain hash; None where there is none. Raises: CannotRead."""
        return self._recorder.find_position(chain, before)

    def find_positions(self, chains: Sequence[bytes]) -> Mapping[bytes, int]:
        """Where those of some chain hashes stand that an event of the log has. Raises: CannotRead."""
        return self._recorder.find_positions(chains)

    def verify(self) -> Verdict:
        """Walk the whole chain, check the file around it, compare with the head file. Raises: as `verify_all`."""
        return verify_all(self._recorder)

    def verify_onward(self, known: Head, after: int | None = None) -> Verdict:
        """The walk from a head that was verified, or behind `after` before it; without a look at the file around."""
        return verify_onward(self._recorder, known, after)

    def verify_tail(self, most: int = TAIL_EVENTS) -> Verdict:
        """The same walk from where the last whole one ended, or over the last `most` events: for every start."""
        return verify_tail(self._recorder, most)

    def walk_leaves(self, upto: int, known: Head = EMPTY_HEAD) -> Iterator[bytes]:
        """The leaf of each event behind a head, up to a position, for its tree. Raises: ChainBroken, CannotRead."""
        return walk_leaves(self._recorder, upto, known)

    def _find_streams(self, of: Aggregate | type[Aggregate] | StreamKey) -> KnownStreams:  # noqa: ARG002 - one store
        return self._streams
