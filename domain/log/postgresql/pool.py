"""The connections to a server that all logs of a process share: who asks borrows one, and gives it back.

Rule: a log that is idle holds no connection, however many a process has open. A thread that holds one to write takes
another to read, and never a second to write; so those to read are a pool of their own, and none waits in a circle.
"""

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from threading import Lock, Semaphore
from time import monotonic
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg.pq import TransactionStatus

from domain.log.errors import CannotConnect, LogBusy
from domain.log.postgresql import queries
from domain.log.postgresql.connection import connect, explain, fetch, translate_read_error

MOST = 8
"""Connections of one pool; a thread that needs one more waits."""
IDLE_SECONDS = 60.0
"""After which an unused connection is closed, when another is given back."""


class ConnectionPool:
    """Connections to one server. Threads may share it, and each connection is one thread's at a time."""

    def __init__(self, address: str, *, read_only: bool) -> None:
        self.address = address
        """A connection string of libpq, without a password."""
        self._read_only = read_only
        self._room = Semaphore(MOST)
        self._lock = Lock()
        self._idle: list[tuple[float, psycopg.Connection]] = []
        """Since when; the last used at the end."""
        self._is_closed = False

    def take(self, timeout: float | None = None) -> psycopg.Connection:
        """A connection, to be given back; after `timeout` seconds without one: LogBusy.

        Raises: LogBusy, CannotConnect, and what `connect` raises.
        """
        if not self._room.acquire(timeout=timeout):
            raise LogBusy(self.address, timeout or 0.0)
        try:
            with self._lock:
                idle = self._idle.pop()[1] if self._idle else None
            return idle or connect(self.address, read_only=self._read_only)
        except BaseException:
            self._room.release()
            raise

    def give_back(self, connection: psycopg.Connection) -> None:
        """Let others use it; one that was lost, or is in the middle of something, is closed."""
        now = monotonic()
        with self._lock:
            is_usable = connection.info.transaction_status == TransactionStatus.IDLE and not self._is_closed
            unused = [idle for since, idle in self._idle if now - since > IDLE_SECONDS]
            self._idle = self._idle[len(unused) :]
            self._idle.append((now, connection)) if is_usable else unused.append(connection)
        for one in unused:
            one.close()
        self._room.release()

    @contextmanager
    def borrow(self) -> Generator[psycopg.Connection]:
        """A connection for as long as the block lasts. Raises: as `take`."""
        connection = self.take()
        try:
            yield connection
        finally:
            self.give_back(connection)

    def drop_idle(self) -> None:
        """Close what nobody uses: one was lost, and the others may have been lost with it."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    def rows(self, query: LiteralString, values: Sequence[object] = ()) -> list[Any]:
        """The tuples that one query finds; over a new connection where the old one was lost.

        Raises: CannotRead, LogDamaged, and as `take`.
        """
        with self.borrow() as connection:
            try:
                return fetch(connection, query, values)
            except psycopg.Error as refused:
                if not connection.closed:
                    raise translate_read_error(self.address, refused) from refused
        self.drop_idle()
        with self.borrow() as connection:
            try:
                return fetch(connection, query, values)
            except psycopg.Error as refused:
                if not connection.closed:
                    raise translate_read_error(self.address, refused) from refused
                raise CannotConnect(self.address, explain(refused)) from refused

    def close(self) -> None:
        """Close what nobody uses, and what is given back from now on."""
        self._is_closed = True
        self.drop_idle()


class Server:
    """A server as this process uses it."""

    def __init__(self, address: str) -> None:
        self.reader = ConnectionPool(address, read_only=True)
        self.writer = ConnectionPool(address, read_only=False)
        self.holders = 0
        """Logs that have it open."""


_SERVERS: dict[str, Server] = {}
_HOLDING = Lock()
os.register_at_fork(after_in_child=_SERVERS.clear)  # a connection is of the process that made it


@contextmanager
def hold_server(address: str) -> Generator[Server]:
    """The server at an address; its connections are closed when the last block ends that holds it."""
    with _HOLDING:
        server = _SERVERS.setdefault(address, Server(address))
        server.holders += 1
    try:
        yield server
    finally:
        with _HOLDING:
            server.holders -= 1
            is_last = server.holders == 0
            if is_last and _SERVERS.get(address) is server:
                del _SERVERS[address]
        if is_last:
            server.reader.close()
            server.writer.close()


def read_positions(address: str) -> dict[UUID, int]:
    """How far the log of each unit of the role reaches, by the name with which it was born. Raises: as `rows`."""
    with hold_server(address) as server:
        return dict(server.reader.rows(queries.POSITIONS))
