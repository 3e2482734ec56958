"""What is read and written over the one connection to the log, and who may commit on it.

Rule: no commit happens outside the writer's lock.

What can checkpoint or reset a WAL file, and how each is covered: a commit (it appends frames, starts the file
again when all were copied, and copies them after 1,000 pages) runs in `transaction`, which holds the lock;
`connect`, which may switch to WAL or recover one, holds it; so do `checkpoint`, and `close`, which copies what is left
when it is the last. Reading does none of these. SQLite counts the pages: it counts those of all processes.
"""

import ctypes
import logging
import sqlite3
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from eventsourcing.persistence import ConnectionPoolClosedError, ConnectionUnavailableError, PersistenceError
from eventsourcing.sqlite import SQLiteCursor, SQLiteDatastore
from typing_extensions import override

from domain.log.connection import (
    BEGIN,
    BUSY_TIMEOUT,
    CHECKPOINT,
    COMMIT,
    DATA_VERSION,
    LogConnection,
    LogConnectionPool,
    demand_schema,
)
from domain.log.errors import CannotWrite, DiskFull, LogBusy, LogError, LogReplaced, LogWentBack
from domain.log.head_check import find_objection_to_file
from domain.log.head_file import HeadFile
from domain.log.open_files import OpenFiles
from domain.log.read_connection import connect_beside_writers
from domain.log.reserve import Reserve
from domain.log.schema_check import STORED_SCHEMA
from domain.log.sqlite_errors import primary_code, translate_open_error, translate_read_error
from domain.log.writer_lock import WriterLock

T = TypeVar("T")
REFUSALS = (sqlite3.Error, PersistenceError, ConnectionPoolClosedError)
"""What SQLite and the library say; the last, where another thread has closed the log."""

LOG = logging.getLogger(__name__)


class LogDatastore(SQLiteDatastore):
    """The library's datastore with one hardened connection; it owns what stands beside its file."""

    read_only = False
    """Whether nothing may be written, not even beside the file."""

    def __init__(self, path: Path, lock: WriterLock, *, newborn: bool) -> None:
        super().__init__(db_name=str(path), pool_size=1, max_overflow=0)
        self.pool: LogConnectionPool = LogConnectionPool(path, newborn=newborn)
        self.path = path
        self.lock = lock
        self.head_file = HeadFile(path)
        self.reserve = Reserve(path)
        self._open_files = OpenFiles(path, self.head_file)
        self.data_version: int | None = None
        """What `read_data_version` was when a transaction to write last began: the schema was compared then."""
        self.commits = 0
        """Commits over this connection since its last `checkpoint`."""
        self.writing: AbstractContextManager[None] = _OneTransaction(self)
        """Holds the lock, and begins a transaction, in which all is read up to the first commit inside."""

    def connect(self, *, restored: bool = False) -> None:
        """Open the connection now; a restored log may have gone back. Raises: the LogError that says why it cannot be.

        What a log that went back still holds is not touched: the connection is not even opened.
        """
        self.reserve.release_if_full()
        with self.lock.hold(), self._translating_errors(translate_open_error):
            kept = None if restored else self.head_file.read()
            if kept and (objection := find_objection_to_file(self.path, kept)):
                raise LogWentBack(self.path, objection)
            with self.get_connection(commit=False):
                pass
            self._open_files.demand_in_place()

    def translating_open_errors(self) -> AbstractContextManager[None]:
        """What SQLite raises in the block becomes a LogError about opening."""
        return self._translating_errors(translate_open_error)

    def connect_to_read(self) -> sqlite3.Connection:
        """Another connection, which only reads. Raises: sqlite3.Error."""
        return connect_beside_writers(self.path)

    def write(self, work: Callable[[SQLiteCursor], T]) -> T:
        """Do it in one transaction, to the tables of a log and no others; on a full disk again, in the reserve.

        Raises: as `transaction`; SchemaAltered; LogReplaced where the files are no longer the ones that were opened.
        """
        try:
            return self._write_once(work)
        except DiskFull:
            if not self.reserve.release():
                raise
            LOG.warning("the disk is full: taps go on in the %s that was kept for them", self.reserve.path.name)
            return self._write_once(work)

    def _write_once(self, work: Callable[[SQLiteCursor], T]) -> T:
        with self.transaction(commit=True) as cursor:
            return work(cursor)

    def begin_writing(self) -> None:
        """Begin a transaction to write; who holds the lock may. Raises: CannotWrite, LogBusy, SchemaAltered."""
        self._use_to_write(self._begin_on)

    def end_writing(self) -> None:
        """End the transaction, where it was not committed. Raises: LogBusy where a thread reads for too long."""
        if self.pool.in_transaction:
            self._use_to_write(LogConnection.rollback)

    def _use_to_write(self, work: Callable[[LogConnection], None]) -> None:
        try:
            connection = self.pool.get_connection()
            try:
                work(connection)
            finally:
                self.pool.put_connection(connection)
        except REFUSALS as refused:
            raise _translate_write_error(self.path, refused) from refused

    def _begin_on(self, connection: LogConnection) -> None:
        """The schema is compared again whenever another connection has written. Raises: SchemaAltered."""
        if connection.in_transaction:
            return
        connection.rows(BEGIN)
        ((version,),) = connection.rows(DATA_VERSION)
        if version != self.data_version:
            if stored := connection.rows(STORED_SCHEMA):  # a new log has none yet
                demand_schema(stored, self.path)
            self.data_version = version

    @override
    @contextmanager
    def transaction(self, *, commit: bool) -> Generator[SQLiteCursor]:
        """All or nothing; to write (`commit`) under the lock, and SQLite's own, to the files that were opened.

        Raises: CannotWrite, LogBusy, LogReplaced, SchemaAltered.
        """
        with self.lock.hold() if commit else nullcontext():
            try:
                connection = self.pool.get_connection()
                try:
                    try:
                        if commit:
                            self._begin_on(connection)
                        elif not connection.in_transaction:
                            connection.rows("BEGIN")
                        yield connection.cursor()
                        if commit:
                            self._open_files.demand_in_place()
                            connection.rows(COMMIT)
                            self._open_files.demand_in_place()
                            self.commits += 1
                    finally:  # after a commit there is nothing to roll back, after a failure there may be
                        connection.rollback()
                finally:
                    self.pool.put_connection(connection)
            except REFUSALS as refused:
                translate = _translate_write_error if commit else translate_read_error
                raise translate(self.path, refused) from refused

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The tuples that one SELECT finds; it sees one state of the log. Raises: CannotRead, LogDamaged."""
        try:
            connection = self.pool.get_connection()
            try:
                return connection.rows(query, values)
            finally:
                self.pool.put_connection(connection)
        except REFUSALS as refused:
            raise translate_read_error(self.path, refused) from refused

    def checkpoint(self) -> None:
        """Copy the WAL into the database, so that no commit has to soon. Raises: CannotRead, LogBusy, LogReplaced."""
        with self.lock.hold():
            self._open_files.demand_in_place()
            self.rows(CHECKPOINT)
            self._open_files.demand_in_place()
        self.commits = 0

    def read_data_version(self) -> int:
        """A number that stays the same until another connection, of any program, has written. Raises: CannotRead."""
        if self.data_version is not None and self.lock.is_mine() and self.pool.in_transaction:
            return self.data_version
        ((version,),) = self.rows(DATA_VERSION)
        return version

    def close(self) -> None:
        """Under the lock: the last to close copies the WAL into the database and removes it.

        A log that is gone is not closed at all: SQLite would remove the WAL of the log that stands at the path now.
        """
        if self.pool.closed or self in _ABANDONED:
            return
        try:
            with self.lock.hold() if self.pool.is_connected else nullcontext():
                if self.pool.is_connected:
                    self._open_files.demand_in_place()
                super().close()
        except LogReplaced:
            abandon(self)
            return
        except ConnectionUnavailableError:
            raise LogBusy(self.path, self.pool.pool_timeout) from None
        self.head_file.close()
        self.lock.close()

    @contextmanager
    def _translating_errors(self, translate: Callable[[Path, Exception], LogError]) -> Generator[None]:
        try:
            yield
        except REFUSALS as refused:
            raise translate(self.path, refused) from refused


class _OneTransaction:
    """The lock of a store, and a transaction inside: SQLite takes its own locks once, not with each query.

    Raises: LogBusy, CannotWrite, SchemaAltered.
    """

    def __init__(self, store: LogDatastore) -> None:
        self._store = store

    def __enter__(self) -> None:
        self._store.lock.hold().__enter__()
        try:
            self._store.begin_writing()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_: object) -> None:
        try:
            self._store.end_writing()
        finally:
            self._store.lock.__exit__()


# --- A log that is gone ----------------------------------------------------------------------

_ABANDONED: set["LogDatastore"] = set()


def abandon(store: "LogDatastore") -> None:
    """Keep a store to the end of the process: a connection that nothing holds closes itself, also when Python ends."""
    _ABANDONED.add(store)
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(store))


def _translate_write_error(path: Path, refused: Exception) -> LogError:
    if isinstance(refused, ConnectionUnavailableError) or primary_code(refused) == sqlite3.SQLITE_BUSY:
        return LogBusy(path, BUSY_TIMEOUT)
    return (DiskFull if primary_code(refused) == sqlite3.SQLITE_FULL else CannotWrite)(path, str(refused))
