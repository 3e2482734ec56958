"""Rows in and out of a log in SQLite: add in a chain, read a stream, read on from a position, read to verify."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor

from domain.log.chain import EMPTY_HEAD, GENESIS, Head, compute_leaf, compute_link
from domain.log.chain_walk import LogFault, StoredRow
from domain.log.copying import copy_log
from domain.log.datastore import LogDatastore
from domain.log.errors import Conflict, LogDamaged, NotALog, RowsNotKept
from domain.log.event_rows import LAST_POSITION, EventRow
from domain.log.head_check import warn_missing_once
from domain.log.head_file import KeptHead
from domain.log.probe import probe
from domain.log.recorder import FIRST_POSSIBLE, MOST_GROWTH, Growth, list_subqueries
from domain.log.reserve import Reserve
from domain.log.schema import CHAIN_AT, EVENT, GROWTH, HEAD, LAST_GIVEN, NAMES, ONWARD, RAW, STATEMENTS, STREAM
from domain.log.schema_check import find_damage
from domain.log.scratch import hold_views_folder
from domain.log.source_heard import SourceHeard
from domain.log.source_rows import Origin
from domain.log.sqlite_sources import SQLiteSources

_ADD = "INSERT INTO stored_events VALUES (?, ?, ?, ?, ?, ?)"
_ADDED = "SELECT * FROM stored_events WHERE position > ? ORDER BY position"
_NAME = "INSERT INTO log_identity (log_id) VALUES (?)"
_LAST_CHAIN = "SELECT chain FROM stored_events ORDER BY position DESC LIMIT 1"
_POSITION_OF = "SELECT position FROM stored_events WHERE chain = ? AND position < ? ORDER BY position DESC LIMIT 1"
_WITH_CHAIN = "SELECT chain, position FROM stored_events WHERE chain IN ({})"
_MOST_VALUES = 500
"""Values of one query: SQLite takes 999 in every version."""
_TOPIC = EVENT + "WHERE topic = ? ORDER BY position"
_LAST_VERSION = "SELECT coalesce(max(originator_version), 0) FROM stored_events WHERE originator_id = ?"


class SQLiteRecorder(SQLiteApplicationRecorder):
    """The library's recorder over chained, append-only tables."""

    log_id: UUID
    """How the log is called, once `load_name` has found out."""

    def __init__(self, datastore: LogDatastore) -> None:
        super().__init__(datastore)
        self.store = datastore
        self.sources = SQLiteSources(datastore)
        self._end: tuple[int | None, Head] | None = None
        """Where the log ended after the last commit over this connection, and the data version of the store then."""

    @property
    def place(self) -> Path:
        """Its file."""
        return self.store.path

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written, not even beside the file."""
        return self.store.read_only

    @property
    def reserve(self) -> Reserve:
        """The room that is kept on the disk for when it is full."""
        return self.store.reserve

    def hold_views_folder(self, *, in_memory: bool) -> AbstractContextManager[Path]:
        """A scratch folder, beside the file where that can be written to. Raises: CannotWrite."""
        size = self.place.stat().st_size if self.place.exists() else 0
        return hold_views_folder(self.place.parent, size, read_only=in_memory or self.read_only)

    def copy_to(self, into: Path) -> None:
        """Write the log as it is now to a new file. Raises: CannotRead, CannotWrite."""
        copy_log(self.store.path, into)

    def close(self) -> None:
        """Give everything back. Raises: LogBusy, and stays open then."""
        self.store.close()

    def construct_create_table_statements(self) -> list[str]:
        """The tables, for a file that has none; its name is given with them."""
        return list(STATEMENTS)

    def _create_table(self, c: SQLiteCursor) -> None:
        super()._create_table(c)
        c.execute(_NAME, (str(uuid4()),))

    # --- Adding ------------------------------------------------------------------------------

    def writing(self) -> AbstractContextManager[None]:
        """Hold the writer's lock. Raises: LogBusy, CannotWrite, SchemaAltered."""
        return self.store.writing

    def is_writing(self) -> bool:
        """This thread holds the writer's lock."""
        return self.store.lock.is_mine()

    def limit_wait(self, seconds: float) -> None:
        """From now on wait at most so long for the writer's lock."""
        self.store.lock.timeout = seconds

    def stop_flushing(self) -> None:
        """From now on do not wait for the disk: for a copy on trial, of which nothing is kept. Raises: CannotRead."""
        self.store.rows("PRAGMA synchronous=OFF")

    def insert_events(
        self, stored_events: Sequence[StoredEvent], origin: Origin | None = None, **_: Any
    ) -> Sequence[int]:
        """All or none; their positions. Raises: Conflict, CannotWrite, LogBusy, SchemaAltered, RowsNotKept."""
        end = self.write_chained(lambda cursor: self._insert_chained(cursor, stored_events, origin))
        return range(end.position + 1 - len(stored_events), end.position + 1)

    def write_chained(self, insert: Callable[[SQLiteCursor], Head]) -> Head:
        """Insert in one transaction what ends at the head that is returned. Raises: as `insert_events`."""
        with self.store.lock.hold():
            end = self.store.write(insert)
            self._end = self.store.data_version, end
            self.store.head_file.save(self.log_id, end)
        return end

    def _insert_chained(self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], origin: Origin | None) -> Head:
        """Where the log ends with them. They are read back: SQLite reports no row that a trigger has swallowed."""
        cursor = c.sqlite_cursor
        cursor.row_factory = None
        given, chain = self._find_end(cursor)
        rows: list[_Row] = []
        for position, event in enumerate(stored_events, given + 1):
            row = _insert_row(cursor, position, event, chain)
            rows.append(row)
            chain = row[-1]
        if cursor.execute(_ADDED, (given,)).fetchall() != rows:
            raise RowsNotKept(self.store.path)
        if origin:
            self.sources.insert(c, given + 1, origin)
        return Head(given + len(rows), chain)

    def _find_end(self, cursor: sqlite3.Cursor) -> Head:
        """The last position that was given, and the last chain. What was known of them may be wrong from now on."""
        known, self._end = self._end, None
        if known and known[0] == self.store.data_version:
            return known[1]
        (position,) = cursor.execute(LAST_GIVEN).fetchone()
        row = cursor.execute(_LAST_CHAIN).fetchone()
        return Head(position, row[0] if row else GENESIS)

    def write_heard(self, heard: SourceHeard) -> None:
        """Keep what is known of a source. Raises: CannotWrite, LogBusy."""
        self.sources.write_heard(heard)

    def renew_name(self, log_id: UUID | None = None) -> UUID:
        """A new log_id, or this one, in force from now on; the head file is rewritten with it."""
        log_id = log_id or uuid4()
        with self.store.lock.hold():
            self.store.write(lambda cursor: self._insert_name(cursor, str(log_id)))
            self.log_id = log_id
            self.store.head_file.save(log_id, self.head())
        return log_id

    def _insert_name(self, c: SQLiteCursor, name: str) -> None:
        c.execute(_NAME, (name,))
        c.execute(NAMES)
        if c.fetchall()[-1][0] != name:
            raise RowsNotKept(self.store.path)

    # --- Reading -----------------------------------------------------------------------------

    def load_name(self) -> None:
        """Find out how the log is called. Raises: NotALog for a log whose making was cut short, LogDamaged."""
        self.log_id = self.list_names()[-1]

    def list_names(self) -> list[UUID]:
        """Every log_id that the log has had; the last is in force. Raises: as `load_name`."""
        names = [log_id for (log_id,) in self.store.rows(NAMES)]
        if not names:
            raise NotALog(self.store.path)
        try:
            return [UUID(name) for name in names]
        except ValueError as unreadable:
            raise LogDamaged(self.store.path, "its name is no name any more") from unreadable

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The library's way to read on, over our column; `read_onward` makes no object a row."""
        after = (start or 0) - (1 if inclusive_of_start else 0)
        wanted = f"topic IN ({', '.join('?' * len(topics))}) AND " if topics else ""
        query = ONWARD.replace("WHERE ", f"WHERE {wanted}")
        rows = self.store.rows(query, (*topics, after, LAST_POSITION if stop is None else stop, limit))
        return [Notification(UUID(stream), number, topic, state, at) for at, stream, number, topic, state in rows]

    def head(self) -> Head:
        """The last event there is."""
        for row in self.store.rows(HEAD):
            return Head(*row)
        return EMPTY_HEAD

    def last_given(self) -> int:
        """The last position that was ever given; 0 when none was."""
        return self.store.rows(LAST_GIVEN)[0][0]

    def read_growth(self, after: int) -> Growth:
        """The streams that grew behind a position; nothing has where this connection wrote last, up to there."""
        if (end := self._end) and end[1].position == after and end[0] == self.store.read_data_version():
            return Growth(self.log_id, after, {})
        return Growth.build(self.log_id, self.store.rows(GROWTH, (after, MOST_GROWTH + 1)))

    def probe(self) -> None:
        """Commit what stands there already: a real write, synchronised like that of an event."""
        probe(self.store)

    def chain_at(self, position: int) -> bytes:
        """The chain hash of one event."""
        ((chain,),) = self.store.rows(CHAIN_AT, (position,))
        return chain

    def find_chain(self, position: int) -> bytes | None:
        """The chain hash at a position; None where no event stands."""
        return next((chain for (chain,) in self.store.rows(CHAIN_AT, (position,))), None)

    def find_position(self, chain: bytes, before: int) -> int | None:
        """The last position below `before` with a chain hash; None where no event has it. Near ones are found first."""
        return next((position for (position,) in self.store.rows(_POSITION_OF, (chain, before))), None)

    def find_positions(self, chains: Sequence[bytes]) -> dict[bytes, int]:
        """Where those of some chain hashes stand that an event has: one pass over the log for many of them."""
        pages = (chains[start : start + _MOST_VALUES] for start in range(0, len(chains), _MOST_VALUES))
        queries = ((_WITH_CHAIN.format(", ".join("?" * len(page))), page) for page in pages)
        return {chain: position for query, page in queries for chain, position in self.store.rows(query, page)}

    def read_stream(self, stream: UUID, after: int) -> list[EventRow]:
        """The events of a stream above a version."""
        return self.store.rows(STREAM, (stream.hex, after))

    def read_topic(self, topic: str) -> list[EventRow]:
        """The events of one stored name: one pass over the log, in which only they are made objects."""
        return self.store.rows(_TOPIC, (topic,))

    def read_last_versions(self, streams: Sequence[UUID]) -> Sequence[int]:
        """The version of the last event of each stream, in their order; 0 where there is none."""
        return self.store.rows(list_subqueries(_LAST_VERSION, len(streams)), [stream.hex for stream in streams])[0]

    def read_onward(self, after: int, limit: int, upto: int = LAST_POSITION) -> list[EventRow]:
        """At most `limit` events behind position `after`, none behind `upto`."""
        return self.store.rows(ONWARD, (after, upto, limit))

    # --- Verifying ---------------------------------------------------------------------------

    def read_raw(self, upto: int, batch: int = 2_000, start: int = FIRST_POSSIBLE) -> Iterator[list[StoredRow]]:
        """All rows from one position to another, undecoded, in batches; between two of them nothing is held."""
        while rows := self.store.rows(RAW, (start, upto, batch)):
            yield rows
            start = rows[-1][0] + 1

    def find_damage(self) -> LogFault | None:
        """SQLite's own check of the file, and its schema, over another connection. Raises: CannotRead."""
        return find_damage(self.store.path, self.store.connect_to_read)

    def read_kept_head(self) -> KeptHead | None:
        """What the head file holds."""
        return self.store.head_file.read()

    def keep_verified_head(self, verified: Head) -> None:
        """Put into the head file how far the whole chain fits. Raises: LogBusy, LogIsReadOnly."""
        with self.store.lock.hold():
            self.store.head_file.save(self.log_id, self.head(), verified)

    def update_head_file(self) -> None:
        """Let it follow the log: a writer was killed between its commit and this, or there never was one."""
        with self.store.lock.hold():
            kept, head = self.store.head_file.read(), self.head()
            if kept is None and self.store.lock.was_there:
                warn_missing_once(self.store.head_file)
            if kept is None or (kept.log_id, kept.head) != (self.log_id, head):
                self.store.head_file.save(self.log_id, head)


_Row = tuple[int, str, int, str, bytes, bytes]


def _insert_row(c: sqlite3.Cursor, position: int, event: StoredEvent, chain: bytes) -> _Row:
    """One row, with the chain that it ends. Raises: Conflict when its stream has that version already."""
    stream = cast("UUID", event.originator_id).hex
    version, topic, state = event.originator_version, event.topic, event.state
    leaf = compute_leaf(position, stream.encode(), version, topic.encode(), state)
    row = (position, stream, version, topic, state, compute_link(chain, leaf))
    try:
        c.execute(_ADD, row)
    except sqlite3.IntegrityError as refused:
        raise Conflict(UUID(stream), version) from refused
    return row
