"""A connection to a server of PostgreSQL that is safe to append over, and what its errors mean.

Rule: no setting and no right is taken for granted. Each connection reads back what an acknowledged event rests on, and
is refused to a role that could change or delete one.
"""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any, LiteralString

import psycopg
from psycopg import errors

from domain.log.chain_walk import LogFault
from domain.log.errors import (
    CannotConnect,
    CannotRead,
    CannotWrite,
    DiskFull,
    NoSuchTables,
    RoleTooPowerful,
    SchemaAltered,
    ServerFailed,
    ServerSettingRefused,
)
from domain.log.postgresql import queries

SAFE_SETTINGS: Mapping[str, frozenset[str]] = {
    "synchronous_commit": frozenset({"on", "remote_apply"}),  # acknowledged is flushed, on a synchronous standby too
    "fsync": frozenset({"on"}),
    "full_page_writes": frozenset({"on"}),
}
"""What the server must say of each; one of several values is enough."""
SESSION = {
    "idle_in_transaction_session_timeout": "30s",  # a writer that stopped in the middle keeps nobody waiting
    "tcp_keepalives_idle": "60",  # seconds: the lock of a machine that is gone becomes free
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "client_min_messages": "error",
}
"""What each connection is set to."""
CONNECT_TIMEOUT = 10
"""Seconds to wait for a server that does not answer."""

_TRIGGERS = frozenset(
    {
        "event_no_change",
        "event_no_truncate",
        "taken_no_change",
        "taken_no_truncate",
        "unit_name_no_change",
        "unit_name_no_truncate",
        "unit_goes_forward",
        "unit_no_delete",
        "unit_no_truncate",
    }
)


class ServerConnection:
    """One connection, made when it is first needed and again after it was lost. Threads may share it to read."""

    def __init__(self, address: str, *, read_only: bool) -> None:
        self.address = address
        """A connection string of libpq, without a password."""
        self._read_only = read_only
        self._making = Lock()
        self._connection: psycopg.Connection | None = None

    def get(self) -> psycopg.Connection:
        """The connection. Raises: CannotConnect, ServerSettingRefused, RoleTooPowerful, NoSuchTables, SchemaAltered."""
        with self._making:
            if self._connection is None or self._connection.closed:
                self._connection = self._connect()
            return self._connection

    def rows(self, query: LiteralString, values: Sequence[object] = ()) -> list[Any]:
        """The tuples that one query finds; over a new connection where the old one was lost.

        Raises: CannotRead, and as `get`.
        """
        connection = self.get()
        try:
            return _fetch(connection, query, values)
        except psycopg.Error as refused:
            if not connection.closed:
                raise CannotRead(self.address, explain(refused)) from refused
        try:
            return _fetch(self.get(), query, values)
        except psycopg.Error as refused:
            raise CannotConnect(self.address, explain(refused)) from refused

    def close(self) -> None:
        """Give it back; closing twice is closing once."""
        with self._making:
            if self._connection is not None:
                self._connection.close()

    def _connect(self) -> psycopg.Connection:
        try:
            connection = psycopg.connect(
                self.address,
                autocommit=True,
                connect_timeout=CONNECT_TIMEOUT,
                application_name="kiosk",
                client_encoding="utf8",
                prepare_threshold=1,
            )
        except psycopg.Error as refused:
            raise CannotConnect(self.address, explain(refused)) from refused
        try:
            self._prepare(connection)
        except psycopg.Error as refused:
            connection.close()
            raise CannotConnect(self.address, explain(refused)) from refused
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: psycopg.Connection) -> None:
        wanted = {**SESSION, "default_transaction_read_only": "on" if self._read_only else "off"}
        _fetch(connection, queries.SET, ([*wanted], [*wanted.values()]))
        demand_safe_settings(_fetch(connection, queries.SETTINGS, ([*SAFE_SETTINGS],)), self.address)
        if not _fetch(connection, queries.HAS_TABLES)[0][0]:
            raise NoSuchTables(self.address)
        for (role,) in _fetch(connection, queries.MAY_CHANGE):
            raise RoleTooPowerful(self.address, role)
        if difference := find_trigger_difference(_fetch(connection, queries.TRIGGERS)):
            raise SchemaAltered(self.address, difference)


def _fetch(connection: psycopg.Connection, query: LiteralString, values: Sequence[object] = ()) -> list[Any]:
    return connection.cursor(binary=True).execute(query, values).fetchall()


def demand_safe_settings(found: Sequence[tuple[str, str]], address: str) -> None:
    """Check what the server says of its settings. Raises: ServerSettingRefused."""
    for setting, value in found:
        if value not in SAFE_SETTINGS[setting]:
            raise ServerSettingRefused(address, setting, "on", value)


def find_trigger_difference(found: Sequence[tuple[str]]) -> LogFault | None:
    """The first trigger that is missing, switched off or foreign; None where all are as they were made."""
    names = {name for (name,) in found}
    for name in sorted(_TRIGGERS ^ names):
        kind = "schema_missing" if name in _TRIGGERS else "schema_added"
        return LogFault(kind, {"kind": "trigger", "name": name})
    return None


def translate_write_error(address: str, refused: psycopg.Error) -> CannotWrite:
    """What a server that still answers says about a transaction that it did not carry out."""
    if isinstance(refused, errors.DiskFull):
        return DiskFull(address, explain(refused))
    return ServerFailed(address, explain(refused))


def explain(refused: psycopg.Error) -> str:
    """The first line of what the server, or its client library, says."""
    return (refused.diag.message_primary or str(refused)).strip().partition("\n")[0]
