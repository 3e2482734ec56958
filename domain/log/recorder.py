"""Rows in and out of the log: add in a chain, read a stream, read on from a position, read all to verify.

Rule: rows are only ever added. The position and the chain of a row are decided inside the transaction that adds
it, from the last row as that transaction sees it.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, cast
from uuid import UUID, uuid4

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor

from domain.log.chain import EMPTY, GENESIS, Head, leaf, link
from domain.log.datastore import LogDatastore
from domain.log.errors import Conflict, NotALog
from domain.log.mapper import EventRow
from domain.log.schema import STATEMENTS
from domain.log.verification import StoredRow

LAST_POSITION = 2**63 - 1
"""The largest that SQLite counts to."""

_ADD = "INSERT INTO stored_events VALUES (?, ?, ?, ?, ?, ?)"
_NAME = "INSERT INTO log_identity (log_id) VALUES (?)"
_NAMED = "SELECT log_id FROM log_identity ORDER BY ordinal DESC LIMIT 1"
_HEAD = "SELECT position, chain FROM stored_events ORDER BY position DESC LIMIT 1"
# AUTOINCREMENT's own count: a position whose event was cut off is not given a second time.
_GIVEN = "SELECT seq FROM sqlite_sequence WHERE name = 'stored_events'"
_EVENT = "SELECT position, originator_id, originator_version, topic, state FROM stored_events "
_STREAM = _EVENT + "WHERE originator_id = ? AND originator_version > ? ORDER BY originator_version"
_ONWARD = _EVENT + "WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"
# CAST keeps text that is no UTF-8 from ending the walk; the last column says whether the cast changed anything.
_RAW = """
SELECT position, CAST(originator_id AS BLOB), originator_version, CAST(topic AS BLOB), state, chain,
    typeof(originator_id) = 'text' AND typeof(originator_version) = 'integer' AND typeof(topic) = 'text'
    AND typeof(state) = 'blob' AND typeof(chain) = 'blob'
FROM stored_events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?
"""
# Answered from the unique index alone, a group at a time: memory stays constant.
_BROKEN_STREAMS = """
SELECT originator_id, count(*) FROM stored_events GROUP BY originator_id
HAVING min(originator_version) <> 1 OR max(originator_version) <> count(*) LIMIT 1
"""


class LogRecorder(SQLiteApplicationRecorder):
    """The library's recorder over chained, append-only tables."""

    def __init__(self, datastore: LogDatastore) -> None:
        super().__init__(datastore)
        self.store = datastore

    def construct_create_table_statements(self) -> list[str]:
        """The tables, for a file that has none."""
        return list(STATEMENTS)

    # --- Adding ------------------------------------------------------------------------------

    def _insert_events(self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        position, chain = self._last_given(c)
        positions = range(position + 1, position + 1 + len(stored_events))
        for given, event in zip(positions, stored_events, strict=True):
            chain = _add(c, given, event, chain)
        return positions

    def _last_given(self, c: SQLiteCursor) -> Head:
        c.execute(f"SELECT ({_GIVEN}), (SELECT chain FROM ({_HEAD}))")  # noqa: S608 - both are constants
        position, chain = c.fetchone()
        return Head(position or 0, chain or GENESIS)

    def give_name(self) -> UUID:
        """A new log_id, in force from now on."""
        log_id = uuid4()
        with self.store.transaction(commit=True) as cursor:
            cursor.execute(_NAME, (str(log_id),))
        return log_id

    # --- Reading -----------------------------------------------------------------------------

    def name(self) -> UUID:
        """The log_id in force. Raises: NotALog for a log whose making was cut short."""
        with self.store.reading() as cursor:
            row = cursor.execute(_NAMED).fetchone()
        if row is None:
            raise NotALog(self.store.path)
        return UUID(row[0])

    def head(self) -> Head:
        """The last event there is."""
        with self.store.reading() as cursor:
            row = cursor.execute(_HEAD).fetchone()
        return Head(*row) if row else EMPTY

    def last_given(self) -> int:
        """The last position that was ever given; 0 when none was."""
        with self.store.reading() as cursor:
            row = cursor.execute(_GIVEN).fetchone()
        return row[0] if row else 0

    def stream(self, stream: UUID, after: int) -> list[EventRow]:
        """The events of a stream above a version."""
        with self.store.reading() as cursor:
            return cursor.execute(_STREAM, (stream.hex, after)).fetchall()

    def onward(self, after: int, limit: int, upto: int = LAST_POSITION) -> list[EventRow]:
        """At most `limit` events behind position `after`, none behind `upto`."""
        with self.store.reading() as cursor:
            return cursor.execute(_ONWARD, (after, upto, limit)).fetchall()

    def raw(self, upto: int, batch: int = 2_000) -> Iterator[list[StoredRow]]:
        """All rows up to a position, undecoded, in batches; between two of them nothing is held."""
        after = 0
        while rows := self._raw_batch(after, upto, batch):
            yield rows
            after = rows[-1][0]

    def _raw_batch(self, after: int, upto: int, batch: int) -> list[StoredRow]:
        with self.store.reading() as cursor:
            return cursor.execute(_RAW, (after, upto, batch)).fetchall()
