"""A log that is only read: a backup, or one on a disk that cannot be written.

Rule: nothing in its folder is changed, and whatever would write raises `LogIsReadOnly`.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from sqlite3 import Connection, Row

from eventsourcing.sqlite import SQLiteDatastore
from typing_extensions import override

from domain.log.connection import LogConnection, LogConnectionPool
from domain.log.datastore import LogDatastore
from domain.log.errors import LogIsReadOnly, LogWentBack
from domain.log.head_check import find_objection_to_file
from domain.log.read_connection import ReadConnect
from domain.log.writer_lock import WriterLock


class NoWriterLock(WriterLock):
    """The lock of a database that is not written to: it has no file, and cannot be taken."""

    def __init__(self, database: Path) -> None:  # pyright: ignore[reportMissingSuperCall] - which would make the files
        self._path = database
        self.was_there = True

    @override
    def hold(self) -> AbstractContextManager[None]:
        """Raises: LogIsReadOnly."""
        raise LogIsReadOnly(self._path)

    @override
    def is_mine(self) -> bool:
        """Never."""
        return False

    @override
    def close(self) -> None:
        """There is nothing to give back."""


class _ReadOnlyPool(LogConnectionPool):
    def __init__(self, path: Path, connect: ReadConnect) -> None:
        super().__init__(path, newborn=False)
        self._connect = connect

    @override
    def _create_connection(self) -> LogConnection:
        connection = self._connect(self._path, any_thread=True)
        try:
            connection.isolation_level = None
            self._demand_a_log(connection)
            connection.execute("PRAGMA trusted_schema=0")
        except BaseException:
            connection.close()
            raise
        connection.row_factory = Row
        return LogConnection(connection)


class ReadOnlyDatastore(LogDatastore):
    """The store of a log that is only read."""

    read_only = True

    def __init__(self, path: Path, connect: ReadConnect) -> None:
        super().__init__(path, NoWriterLock(path), newborn=False)
        self.pool = _ReadOnlyPool(path, connect)
        self._connect = connect

    @override
    def connect(self, *, restored: bool = False) -> None:
        """Open the connection now. Raises: the LogError that says why it cannot be."""
        with self.translating_open_errors():
            kept = self.head_file.read()
            if kept and (objection := find_objection_to_file(self.path, kept, self._connect)):
                raise LogWentBack(self.path, objection)
            with self.get_connection(commit=False):
                pass

    @override
    def connect_to_read(self) -> Connection:
        """Another connection. Raises: sqlite3.Error."""
        return self._connect(self.path)

    @override
    def close(self) -> None:
        """Nothing was written, so nothing is copied."""
        if not self.pool.closed:
            SQLiteDatastore.close(self)
