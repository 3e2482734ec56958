"""A log from a file of SQLite into a database of PostgreSQL: the same positions, bytes, chain and names.

Rule: one transaction. What was added is read back in it and walked from the first event on, and is committed only where
the chain ends as that of the file does.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.chain_walk import StoredRow
from domain.log.copying import PAGE, read_names_and_head, read_pages
from domain.log.errors import LogDamaged, OutcomeUnknown, RowsNotKept
from domain.log.postgresql import queries
from domain.log.postgresql.connection import explain, fetch, translate_write_error
from domain.log.postgresql.pool import hold_server
from domain.log.postgresql.store import make_unit
from domain.log.read_connection import connect_unchanged
from domain.log.recorder import FIRST_POSSIBLE
from domain.log.schema import CHAIN_AT
from domain.log.server_errors import UnitGoesAnotherWay
from domain.log.sqlite_errors import translate_read_error
from domain.log.sqlite_sources import read_heard, read_taken
from domain.log.verify import walk_batches


def load_copy(copy: Path, address: str) -> int:
    """Add to a database what a verified copy of a log holds beyond its unit there, which is made where it is missing.

    How many events were added: after a move that was cut short none, or only the rest.
    Raises: UnitGoesAnotherWay, CannotConnect, CannotWrite, OutcomeUnknown, RowsNotKept; then the unit is as it was.
    """
    with hold_server(address) as server, server.writer.borrow() as connection:
        try:
            with closing(connect_unchanged(copy)) as source, connection.transaction():
                return _UnitInDatabase(connection, address).extend(source, *read_names_and_head(copy, unchanged=True))
        except sqlite3.Error as refused:
            raise translate_read_error(copy, refused) from refused
        except psycopg.Error as refused:
            if connection.closed:
                raise OutcomeUnknown(address, explain(refused)) from refused
            raise translate_write_error(address, refused) from refused


class _UnitInDatabase:
    """The unit, inside the transaction."""

    def __init__(self, connection: psycopg.Connection, address: str) -> None:
        self._connection = connection
        self._address = address

    def extend(self, source: sqlite3.Connection, names: Sequence[UUID], head: Head) -> int:
        unit_no = self._find_or_make(names[0])
        ((position, chain, *_),) = self._fetch(queries.LOCK_UNIT, (0, unit_no))
        stored = [name for (name,) in self._fetch(queries.NAMES, (unit_no,))]
        if stored != [*names[: len(stored)]] or not _holds(source, Head(position, chain)):
            raise UnitGoesAnotherWay(self._address, position)
        for name in names[len(stored) :]:
            self._connection.execute(queries.RENAME, (name, unit_no))
        for rows in read_pages(source, position + 1):
            self._add(unit_no, rows)
        self._add_taken(unit_no, source, position)
        self._demand_kept(unit_no, head)
        return head.position - position

    def _find_or_make(self, born: UUID) -> int:
        found = self._fetch(queries.FIND_UNIT, (born,))
        return found[0][0] if found else make_unit(self._connection, born)

    def _add(self, unit_no: int, rows: Sequence[StoredRow]) -> None:
        positions, streams, versions, topics, states, chains, _ = zip(*rows, strict=True)
        columns = (
            [*positions],
            [UUID(stream.decode()) for stream in streams],
            [*versions],
            [topic.decode() for topic in topics],
            [*states],
            [*chains],
        )
        added = self._connection.execute(queries.ADD, (positions[-1], chains[-1], unit_no, *columns)).rowcount
        if added != len(rows):
            raise RowsNotKept(self._address)

    def _add_taken(self, unit_no: int, source: sqlite3.Connection, after: int) -> None:
        """What stands beside events that came from sources, so that the chains of those can be proved here too."""
        while rows := read_taken(source, after, PAGE):
            columns = [list(column) for column in zip(*rows, strict=True)]
            if self._connection.execute(queries.COPY_TAKEN, (unit_no, *columns)).rowcount != len(rows):
                raise RowsNotKept(self._address)
            after = rows[-1].position
        for heard in read_heard(source):
            self._connection.execute(queries.WRITE_HEARD, (unit_no, *heard.list_columns()))

    def _demand_kept(self, unit_no: int, head: Head) -> None:
        """Walk what stands there now. Raises: LogDamaged, RowsNotKept."""
        walked, fault = walk_batches(self._read_raw(unit_no, head.position), EMPTY_HEAD, head.position)
        if fault:
            raise LogDamaged(self._address, f"event {walked.position + 1} is not as it was added")
        ((position, chain, *_),) = self._fetch(queries.LOCK_UNIT, (0, unit_no))
        if not walked == head == Head(position, chain):
            raise RowsNotKept(self._address)

    def _read_raw(self, unit_no: int, upto: int) -> Iterator[list[StoredRow]]:
        start = FIRST_POSSIBLE
        while rows := self._fetch(queries.RAW, (unit_no, start, upto, PAGE)):
            yield rows
            start = rows[-1][0] + 1

    def _fetch(self, query: LiteralString, values: Sequence[object]) -> list[Any]:
        return fetch(self._connection, query, values)


def _holds(source: sqlite3.Connection, earlier: Head) -> bool:
    """Whether an earlier head is one of this log."""
    return earlier == EMPTY_HEAD or source.execute(CHAIN_AT, (earlier.position,)).fetchone() == (earlier.chain,)
