"""The one connection to the log: checked before it changes anything, with the settings that its safety rests on.

Rule: each setting is read back after it was made; one thread uses the connection at a time.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from eventsourcing.persistence import ConnectionPoolClosedError, ConnectionUnavailableError
from eventsourcing.sqlite import SQLiteConnection, SQLiteConnectionPool
from typing_extensions import override

from domain.log.errors import NotALog, SchemaAltered
from domain.log.pragmas import read_pragma, set_pragmas
from domain.log.schema import APPLICATION_ID, FORMATS
from domain.log.schema_check import STORED_SCHEMA, find_schema_difference

SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an acknowledged event survives a power cut
    "wal_autocheckpoint": 1000,
    "secure_delete": 1,
    "recursive_triggers": 1,  # else INSERT OR REPLACE deletes without asking the triggers
    "trusted_schema": 0,
    "foreign_keys": 1,
    "cell_size_check": 1,
}
"""What each connection is set to, as SQLite reports it."""
BUSY_TIMEOUT = 5.0
"""Seconds SQLite itself waits for a program that writes without our lock, such as its own shell."""
STATEMENTS = 64
"""Prepared statements kept: more than we have. The library keeps one."""

BEGIN, COMMIT = "BEGIN IMMEDIATE", "COMMIT"
CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)"
"""Waits for no reader."""
DATA_VERSION = "PRAGMA data_version"
"""Counts, for one connection, the times that it found something written by others; its own commits do not count."""


class LogConnection(SQLiteConnection):
    """Reads rows as tuples."""

    def __init__(self, sqlite_conn: sqlite3.Connection) -> None:
        super().__init__(sqlite_conn, max_age=None)
        self._cursor = sqlite_conn.cursor()
        self._cursor.row_factory = None

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Tuples, not the library's rows with names: they are made twice as fast."""
        return self._cursor.execute(query, values).fetchall()

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction was begun and has not ended."""
        return self._sqlite_conn.in_transaction


class LogConnectionPool(SQLiteConnectionPool):
    """Makes the connection: checks that it is a log before it changes anything, then hardens it.

    There is one, for one thread at a time, in the order in which they ask: the thread that is next holds `_turn`. The
    queues of the library, for many connections, cost a tap as much as SQLite does.
    """

    def __init__(self, path: Path, *, newborn: bool) -> None:
        super().__init__(db_name=f"{path.absolute().as_uri()}?mode=rw", pool_size=1, max_overflow=0)
        self._path = path
        self._newborn = newborn
        self._turn, self._use = Lock(), Lock()
        self._connection: LogConnection | None = None

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection."""
        return self._connection is not None

    @property
    def in_transaction(self) -> bool:
        """Whether there is a connection, and a transaction on it."""
        return self._connection is not None and self._connection.in_transaction

    @property
    @override
    def num_in_use(self) -> int:
        """1 while a thread uses the connection."""
        return int(self._use.locked())

    @override
    def get_connection(self, timeout: float | None = None, *, is_writer: bool | None = None) -> LogConnection:
        """The connection, of this thread alone from now on; made where there is none.

        Raises: ConnectionPoolClosedError; ConnectionUnavailableError where another thread uses it for too long.
        """
        if not self._turn.locked() and self._use.acquire(blocking=False):
            return self._connection or self._connect_first()
        wait = self.pool_timeout if timeout is None else timeout
        if not self._turn.acquire(timeout=wait):
            raise ConnectionUnavailableError
        is_mine = self._use.acquire(timeout=wait)
        self._turn.release()
        if not is_mine:
            raise ConnectionUnavailableError
        return self._connection or self._connect_first()

    def _connect_first(self) -> LogConnection:
        try:
            if not self._closed:
                self._connection = self._create_connection()
                return self._connection
        except BaseException:
            self._use.release()
            raise
        self._use.release()
        raise ConnectionPoolClosedError

    @override
    def put_connection(self, conn: SQLiteConnection) -> None:
        """Another thread may use it."""
        self._use.release()

    @override
    def close(self) -> None:
        """Wait for the thread that uses the connection: SQLite ends the program where another one closes it.

        Raises: ConnectionUnavailableError where that takes longer than the pool waits.
        """
        if self._connection is not None:
            self.get_connection().close()
            self._connection, self._closed = None, True
            self._use.release()
        self._closed = True

    @override
    def _create_connection(self) -> LogConnection:
        connection = sqlite3.connect(
            self.db_name,
            uri=True,
            check_same_thread=False,  # the pool hands it to one thread at a time
            isolation_level=None,
            cached_statements=STATEMENTS,
            timeout=BUSY_TIMEOUT,
        )
        try:
            if not self._newborn:
                self._demand_a_log(connection)
            set_pragmas(connection, SETTINGS, self._path)
        except BaseException:
            connection.close()
            raise
        connection.row_factory = sqlite3.Row
        return LogConnection(connection)

    def _demand_a_log(self, connection: sqlite3.Connection) -> None:
        number, found = (read_pragma(connection, name) for name in ("application_id", "user_version"))
        if number != APPLICATION_ID or found not in FORMATS:
            raise NotALog(self._path)
        demand_schema(connection.execute(STORED_SCHEMA), self._path)


def demand_schema(stored: Iterable[Any], path: Path) -> None:
    """Check that tables and triggers are those of a log. Raises: SchemaAltered."""
    if difference := find_schema_difference(stored):
        raise SchemaAltered(path, difference)
