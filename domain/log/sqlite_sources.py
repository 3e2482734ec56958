"""What a log in SQLite keeps of its sources: the tables `taken` and `heard`, made with the first row of either.

Rule: a log without them holds nothing of any source, also where one has joined: it has sent nothing yet.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.errors import RowsNotKept
from domain.log.pragmas import read_pragma
from domain.log.schema import FORMAT, FORMAT_WITH_SOURCES, SOURCE_STATEMENTS
from domain.log.source_heard import SourceHeard, count_microseconds, read_microseconds
from domain.log.source_rows import Origin, TakenEvent, TakenRow

if TYPE_CHECKING:
    from eventsourcing.sqlite import SQLiteCursor

    from domain.log.datastore import LogDatastore

ADD_TAKEN = "INSERT INTO taken VALUES (?, ?, ?, ?, ?, ?)"
REPLACE_HEARD = "INSERT OR REPLACE INTO heard VALUES (?, ?, ?, ?, ?)"
_HEARD = "SELECT * FROM heard ORDER BY source"
_RECEIVED = "SELECT position, received FROM taken WHERE position BETWEEN ? AND ?"
_ADDED = "SELECT * FROM taken WHERE position >= ? ORDER BY position"
_TAKEN = "SELECT * FROM taken WHERE position > ? ORDER BY position LIMIT ?"
_HEAD = "SELECT source_position, chain FROM taken WHERE source = ? ORDER BY source_position DESC LIMIT 1"
_CHAIN_AT = "SELECT chain FROM taken WHERE source = ? AND source_position = ?"
_POSITIONS = "SELECT position FROM taken WHERE source = ? AND position > ? AND position <= ?"
_EVENTS = """
SELECT source_position, coalesce(originator_id, ''), coalesce(originator_version, 0), coalesce(topic, ''),
    coalesce(state, x''), taken.chain, signature
FROM taken LEFT JOIN stored_events USING (position) WHERE source = ? AND source_position > ?
ORDER BY source_position LIMIT ?
"""
_NAMES = "SELECT DISTINCT source FROM taken"


class SQLiteSources:
    """The sources of one log."""

    def __init__(self, store: "LogDatastore") -> None:
        self._store = store
        self._has_tables = False

    def insert(self, c: "SQLiteCursor", first: int, origin: Origin) -> None:
        """Rows beside the events from position `first` on, and what is known of their source, in their transaction.

        Raises: RowsNotKept; sqlite3.IntegrityError for a place in a source that stands here already.
        """
        _make_tables(c)
        received = count_microseconds(origin.received)
        rows = [TakenRow(position, origin.source, *link, received) for position, link in enumerate(origin.links, first)]
        columns = [*map(list_taken_columns, rows)]
        c.executemany(ADD_TAKEN, columns)
        c.execute(_ADDED, (first,))
        if [tuple(kept) for kept in c.fetchall()] != columns:
            raise RowsNotKept(self._store.path)
        c.execute(REPLACE_HEARD, list_heard_columns(origin.heard))

    def write_heard(self, heard: SourceHeard) -> None:
        """Keep what is known of a source. Raises: CannotWrite, LogBusy."""
        self._store.write(lambda cursor: _replace_heard(cursor, heard))

    def find_head(self, source: UUID) -> Head:
        """How far the log of a source was taken."""
        return next((Head(*row) for row in self._rows(_HEAD, (str(source),))), EMPTY_HEAD)

    def find_chain(self, source: UUID, position: int) -> bytes | None:
        """The chain of a source at a position that was taken; None at any other."""
        return next((chain for (chain,) in self._rows(_CHAIN_AT, (str(source), position))), None)

    def read_events(self, source: UUID, after: int, limit: int) -> list[TakenEvent]:
        """At most `limit` events of a source behind a position of it, in its order; a row without one has no bytes."""
        return [TakenEvent(*row) for row in self._rows(_EVENTS, (str(source), after, limit))]

    def list_names(self) -> list[str]:
        """Every source of which rows stand here."""
        return [source for (source,) in self._rows(_NAMES)]

    def find_received(self, first: int, last: int) -> Mapping[int, datetime]:
        """When each event between two positions was taken; those alone that were."""
        return {position: read_microseconds(received) for position, received in self._rows(_RECEIVED, (first, last))}

    def list_heard(self) -> list[SourceHeard]:
        """What is known of each source that was heard."""
        return [*map(_build_heard, self._rows(_HEARD))]

    def find_positions(self, source: UUID, after: int, upto: int) -> set[int]:
        """Where in this log events of a source stand, behind a position up to another."""
        return {position for (position,) in self._rows(_POSITIONS, (str(source), after, upto))}

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """What a query of the tables finds; nothing where there are none yet. They stay once they were made."""
        if not self._has_tables:
            ((found,),) = self._store.rows("PRAGMA user_version")
            self._has_tables = found == FORMAT_WITH_SOURCES
        return self._store.rows(query, values) if self._has_tables else []


def read_taken(connection: sqlite3.Connection, after: int, limit: int) -> list[TakenRow]:
    """Rows of a log in a file behind a position; none where it has no sources. Raises: sqlite3.Error."""
    if read_pragma(connection, "user_version") != FORMAT_WITH_SOURCES:
        return []
    rows = connection.execute(_TAKEN, (after, limit))
    return [TakenRow(position, UUID(source), *rest) for position, source, *rest in rows]


def read_heard(connection: sqlite3.Connection) -> list[SourceHeard]:
    """What a log in a file knows of its sources; nothing where it has none. Raises: sqlite3.Error."""
    if read_pragma(connection, "user_version") != FORMAT_WITH_SOURCES:
        return []
    return [*map(_build_heard, connection.execute(_HEARD))]


def list_taken_columns(row: TakenRow) -> Sequence[object]:
    """A row as the table has it."""
    return (row.position, str(row.source), row.source_position, row.chain, row.signature, row.received)


def list_heard_columns(heard: SourceHeard) -> Sequence[object]:
    """A row as the table has it."""
    source, *rest = heard.list_columns()
    return (str(source), *rest)


def _build_heard(row: Sequence[Any]) -> SourceHeard:
    source, *rest = row
    return SourceHeard.build(UUID(source), *rest)


def write_format_again(c: "SQLiteCursor") -> None:
    """Write the format number that stands there already."""
    c.execute(f"PRAGMA user_version={_read_format(c)}")


def _replace_heard(c: "SQLiteCursor", heard: SourceHeard) -> None:
    _make_tables(c)
    c.execute(REPLACE_HEARD, list_heard_columns(heard))


def _make_tables(c: "SQLiteCursor") -> None:
    """The log is of format 2 from then on, where it was not already."""
    for statement in SOURCE_STATEMENTS if _read_format(c) == FORMAT else ():
        c.execute(statement)


def _read_format(c: "SQLiteCursor") -> int:
    c.execute("PRAGMA user_version")
    return c.fetchone()[0]
