"""A connection to a server of PostgreSQL that is safe to append over, and what its errors mean.

Rule: no setting and no right is taken for granted. Each connection reads back what an acknowledged event rests on, and
is refused to a role that could change or delete one.
"""

import os
import socket
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, LiteralString

import psycopg
from psycopg import errors

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.chain_walk import LogFault
from domain.log.errors import (
    CannotConnect,
    CannotRead,
    CannotWrite,
    DiskFull,
    LogDamaged,
    OutcomeUnknown,
    SchemaAltered,
    ServerFailed,
)
from domain.log.postgresql import queries
from domain.log.server_errors import DatabaseWentBack, NoSuchTables, OtherTables, RoleTooPowerful, ServerSettingRefused

Ask = Callable[[LiteralString, Sequence[object]], list[Any]]
"""Finds the tuples of a query."""
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
    "client_min_messages": "warning",
    "statement_timeout": "0",  # a commit that is cancelled while it waits for a standby is one on this server alone
}
"""What each connection is set to."""
VERSION = 2
"""Of the tables that this program knows: schema.sql makes them, upgrade_1_to_2.sql brings older ones up."""
CONNECT_TIMEOUT = 10
"""Seconds to wait for a server that does not answer."""

_TABLES = ("unit", "unit_name", "event", "taken")
_TRIGGERS = ("event_no_change", "taken_no_change", "unit_name_no_change", "unit_goes_forward", "unit_no_delete")
_GUARDS = frozenset(
    {
        *(("trigger", name) for name in _TRIGGERS),
        *(("trigger", f"{table}_no_truncate") for table in _TABLES),
        *(("policy", f"{table}_own") for table in (*_TABLES, "heard")),
        *(("row security", table) for table in (*_TABLES, "heard")),
    }
)
"""What keeps rows as they are, and from other roles: kind and name."""

_DAMAGE = (errors.DataCorrupted, errors.IndexCorrupted, errors.CharacterNotInRepertoire)
"""What a server says of the content of its files; the last, of text that is none."""


def connect(address: str, *, read_only: bool) -> psycopg.Connection:
    """A new connection, checked.

    Raises: CannotConnect, and what `demand_usable` raises.
    """
    try:
        connection = psycopg.connect(
            address,
            autocommit=True,
            connect_timeout=CONNECT_TIMEOUT,
            application_name=name_program(),
            client_encoding="utf8",
            prepare_threshold=1,
        )
    except psycopg.Error as refused:
        raise CannotConnect(address, explain(refused)) from refused
    except UnicodeError as no_name:  # of the name of the host, which psycopg looks up by itself
        raise CannotConnect(address, str(no_name)) from no_name
    try:
        _prepare(connection, address, read_only=read_only)
    except psycopg.Error as refused:
        connection.close()
        raise CannotConnect(address, explain(refused)) from refused
    except BaseException:
        connection.close()
        raise
    return connection


def name_program() -> str:
    """What the server, and a program that waits for a lock, learn of this process; the server keeps 63 characters."""
    machine = socket.gethostname().encode("ascii", "replace").decode()
    return f"kiosk on {machine[:30]}, process {os.getpid()}"


def _prepare(connection: psycopg.Connection, address: str, *, read_only: bool) -> None:
    wanted = {**SESSION, "default_transaction_read_only": "on" if read_only else "off"}
    fetch(connection, queries.SET, ([*wanted], [*wanted.values()]))
    demand_usable(partial(fetch, connection), address)


def demand_usable(ask: Ask, address: str) -> None:
    """Check that a database keeps what is added to it, and that this program and its role are made for it.

    Raises: ServerSettingRefused, NoSuchTables, OtherTables, RoleTooPowerful, SchemaAltered, and what
    `ask` raises.
    """
    demand_safe_settings(ask(queries.SETTINGS, ([*SAFE_SETTINGS],)), address)
    ((has_tables, has_version),) = ask(queries.HAS_TABLES, ())
    if not has_tables:
        raise NoSuchTables(address)
    found = ask(queries.VERSION, ())[0][0] if has_version else 1
    if found != VERSION:
        raise OtherTables(address, found, VERSION)
    for (role,) in ask(queries.MAY_CHANGE, ()):
        raise RoleTooPowerful(address, role)
    if difference := find_guard_difference(ask(queries.GUARDS, ())):
        raise SchemaAltered(address, difference)


class SeenHead:
    """The last event of a unit that a log has seen. Whatever server its address leads to must hold it."""

    def __init__(self, place: str) -> None:
        self._place = place
        self.head = EMPTY_HEAD

    def note(self, head: Head) -> None:
        """The log ends here; another thread may have seen more."""
        if head.position > self.head.position:
            self.head = head

    def demand_held(self, seen: Head, chain: bytes | None) -> None:
        """Check the chain that was found where a head was seen. Raises: DatabaseWentBack."""
        if seen.position and chain != seen.chain:
            raise DatabaseWentBack(self._place, seen.position)


@contextmanager
def demand_no_warning(connection: psycopg.Connection, place: str) -> Generator[None]:
    """Check what the server says in the block: it warns where a commit that was cancelled is on no standby.

    Raises: OutcomeUnknown, unless the connection was lost, and what became of it looked up.
    """
    heard: list[str] = []

    def hear(notice: errors.Diagnostic) -> None:
        heard.append(notice.message_primary or "")

    connection.add_notice_handler(hear)
    try:
        yield
    finally:
        connection.remove_notice_handler(hear)
    if heard and not connection.closed:
        raise OutcomeUnknown(place, heard[0])


def fetch(connection: psycopg.Connection, query: LiteralString, values: Sequence[object] = ()) -> list[Any]:
    """The tuples that a query finds. Raises: psycopg.Error."""
    return connection.cursor(binary=True).execute(query, values).fetchall()


def demand_safe_settings(found: Sequence[tuple[str, str]], address: str) -> None:
    """Check what the server says of its settings. Raises: ServerSettingRefused."""
    for setting, value in found:
        if value not in SAFE_SETTINGS[setting]:
            raise ServerSettingRefused(address, setting, "on", value)


def find_guard_difference(found: Sequence[tuple[str, str]]) -> LogFault | None:
    """The first trigger or policy that is missing, switched off or foreign; None where all are as they were made."""
    for kind, name in sorted(_GUARDS.symmetric_difference(found)):
        missing = (kind, name) in _GUARDS
        return LogFault("schema_missing" if missing else "schema_added", {"kind": kind, "name": name})
    return None


def translate_read_error(address: str, refused: psycopg.Error) -> LogDamaged | CannotRead:
    """What a server that still answers says about rows that it did not give."""
    return (LogDamaged if isinstance(refused, _DAMAGE) else CannotRead)(address, explain(refused))


def translate_write_error(address: str, refused: psycopg.Error) -> CannotWrite:
    """What a server that still answers says about a transaction that it did not carry out."""
    if isinstance(refused, errors.DiskFull):
        return DiskFull(address, explain(refused))
    return ServerFailed(address, explain(refused))


def explain(refused: psycopg.Error) -> str:
    """The first line of what the server, or its client library, says."""
    return (refused.diag.message_primary or str(refused)).strip().partition("\n")[0]
