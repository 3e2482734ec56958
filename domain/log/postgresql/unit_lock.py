"""One writer at a time to the log of a unit, over all machines: a lock of the server, and the session that holds it.

Rule: who writes holds it, readers never do. It is a lock of the session, so that each append inside is a transaction of
its own, durable when it returns. The server frees it when the session ends, lets those who wait in the order in which
they came, and gives up for them after the timeout. A process that holds it cannot be stopped by its terminal.
"""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from threading import RLock

import psycopg
from psycopg import errors

from domain.log.errors import CannotConnect, LogBusy
from domain.log.postgresql.connection import explain, fetch, translate_write_error
from domain.log.postgresql.pool import ConnectionPool
from domain.log.stop_signals import SignalMask, block_stop_signals, restore_signals

_KIND = int.from_bytes(b"KLOG")
"""Separates these locks from any others in the database."""
_LOCK = "SELECT set_config('lock_timeout', %s, false), pg_advisory_lock(%s, %s)"
_UNLOCK = "SELECT pg_advisory_unlock(%s, %s)"
_HOLDER = """
SELECT application_name FROM pg_catalog.pg_locks JOIN pg_catalog.pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND objsubid = 2 AND granted
    AND pg_locks.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
"""


class UnitLock:
    """The right to append to a unit. Held again by the thread that holds it; all others wait."""

    def __init__(self, pool: ConnectionPool, unit_no: int, timeout: float) -> None:
        self._pool = pool
        self._unit_no = unit_no
        self.timeout = timeout
        """Seconds to wait for the others."""
        self._within = RLock()
        self._depth = 0
        self._signals: SignalMask = set()
        """What this thread held back before it took the lock."""
        self._session: psycopg.Connection | None = None

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
        if self._session:
            self._session.close()
            self._pool.give_back(self._session)
            self._session = None
        self._session = self._lock_out_others()
        return self._session

    def _enter(self) -> psycopg.Connection:
        if not self._within.acquire(timeout=self.timeout):
            raise LogBusy(self._pool.address, self.timeout)
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
        with suppress(psycopg.Error):  # a session that was lost since it was last used: nothing has happened over it
            return self._take_with_lock()
        self._pool.drop_idle()
        try:
            return self._take_with_lock()
        except psycopg.Error as refused:
            raise CannotConnect(self._pool.address, explain(refused)) from refused

    def _take_with_lock(self) -> psycopg.Connection:
        """Raises: LogBusy, CannotConnect, CannotWrite; psycopg.Error where the session is lost."""
        connection = self._pool.take(self.timeout)
        try:
            self._wait_for_lock(connection)
        except BaseException:
            self._pool.give_back(connection)
            raise
        return connection

    def _wait_for_lock(self, connection: psycopg.Connection) -> None:
        limit = f"{max(1, round(self.timeout * 1_000))}ms"
        try:
            connection.execute(_LOCK, (limit, _KIND, self._unit_no))
        except errors.LockNotAvailable as refused:
            raise LogBusy(self._pool.address, self.timeout, program=self._find_holder(connection)) from refused
        except psycopg.Error as refused:
            if connection.closed:
                raise
            raise translate_write_error(self._pool.address, refused) from refused

    def _find_holder(self, connection: psycopg.Connection) -> str | None:
        with suppress(psycopg.Error):
            return next((name for (name,) in fetch(connection, _HOLDER, (_KIND, self._unit_no))), None)
        return None

    def _leave(self) -> None:
        self._depth -= 1
        is_free, blocked = self._depth == 0, self._signals
        if is_free and self._session:
            try:
                self._session.execute(_UNLOCK, (_KIND, self._unit_no))
            except psycopg.Error:  # the lock ends with its session
                self._session.close()
            self._pool.give_back(self._session)
            self._session = None
        self._within.release()
        if is_free:
            restore_signals(blocked)
