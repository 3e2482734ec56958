"""One writer at a time to the log of a unit, over all machines: a lock of the server, and the session that holds it.

Rule: who writes holds it, readers never do. It is a lock of the session, so that each append inside is a transaction of
its own, durable when it returns. The server frees it when the session ends, lets those who wait in the order in which
they came, and gives up for them after the timeout. A process that holds it cannot be stopped by its terminal.
"""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from signal import Signals
from threading import RLock

import psycopg
from psycopg import errors

from domain.log.errors import CannotConnect, LogBusy
from domain.log.postgresql.connection import ServerConnection, explain, translate_write_error
from domain.log.stop_signals import block_stop_signals, restore_signals

_KIND = int.from_bytes(b"KLOG")
"""Separates these locks from any others in the database."""
_WAIT = "SELECT set_config('lock_timeout', %s, false)"
_LOCK = "SELECT pg_advisory_lock(%s, %s)"
_UNLOCK = "SELECT pg_advisory_unlock(%s, %s)"


class UnitLock:
    """The right to append to a unit. Held again by the thread that holds it; all others wait."""

    def __init__(self, server: ServerConnection, unit_no: int, timeout: float) -> None:
        self._server = server
        self._unit_no = unit_no
        self.timeout = timeout
        """Seconds to wait for the others."""
        self._within = RLock()
        self._depth = 0
        self._signals: set[Signals] = set()
        """What this thread held back before it took the lock."""
        self._session: psycopg.Connection | None = None
        self._limited: tuple[psycopg.Connection, float] | None = None
        """The session that knows how long it may wait, and how long that is."""

    @contextmanager
    def hold(self) -> Generator[psycopg.Connection]:
        """Append in here, over this connection. Raises: LogBusy, CannotConnect."""
        session = self._enter()
        try:
            yield session
        finally:
            self._leave()

    def is_mine(self) -> bool:
        """This thread is inside `hold`."""
        if not self._within.acquire(blocking=False):
            return False
        depth = self._depth
        self._within.release()
        return depth > 0

    def take_again(self) -> psycopg.Connection:
        """The lock over a new session after that of this thread was lost: then nothing of the lost one is under way.

        Raises: LogBusy, CannotConnect.
        """
        self._session = self._lock_out_others()
        return self._session

    def _enter(self) -> psycopg.Connection:
        if not self._within.acquire(timeout=self.timeout):
            raise LogBusy(self._server.address, self.timeout)
        try:
            session = self._session or self._begin()
        except BaseException:
            self._within.release()
            raise
        self._depth += 1
        return session

    def _begin(self) -> psycopg.Connection:
        blocked = block_stop_signals()
        try:
            self._session = self._lock_out_others()
        except BaseException:
            restore_signals(blocked)
            raise
        self._signals = blocked
        return self._session

    def _lock_out_others(self) -> psycopg.Connection:
        connection = self._server.get()
        try:
            self._wait_for_lock(connection)
        except psycopg.Error:  # it was lost since it was last used: nothing has happened over it yet
            connection = self._server.get()
        else:
            return connection
        try:
            self._wait_for_lock(connection)
        except psycopg.Error as refused:
            raise CannotConnect(self._server.address, explain(refused)) from refused
        return connection

    def _wait_for_lock(self, connection: psycopg.Connection) -> None:
        """Raises: LogBusy, CannotWrite; psycopg.Error where the session is lost."""
        try:
            if (connection, self.timeout) != self._limited:
                connection.execute(_WAIT, (f"{max(1, round(self.timeout * 1_000))}ms",))
                self._limited = connection, self.timeout
            connection.execute(_LOCK, (_KIND, self._unit_no))
        except errors.LockNotAvailable as refused:
            raise LogBusy(self._server.address, self.timeout) from refused
        except psycopg.Error as refused:
            if connection.closed:
                raise
            raise translate_write_error(self._server.address, refused) from refused

    def _leave(self) -> None:
        self._depth -= 1
        is_free, blocked = self._depth == 0, self._signals
        if is_free and self._session:
            with suppress(psycopg.Error):  # a session that was lost holds no lock
                self._session.execute(_UNLOCK, (_KIND, self._unit_no))
            self._session = None
        self._within.release()
        if is_free:
            restore_signals(blocked)
