"""A log in a database of PostgreSQL: the unit is made there, or opened."""

from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

import psycopg

from domain.log.event_log import EventLog
from domain.log.postgresql import queries
from domain.log.postgresql.connection import demand_usable, translate_write_error
from domain.log.postgresql.pool import ConnectionPool, hold_server
from domain.log.postgresql.recorder import PostgreSQLRecorder
from domain.log.server_errors import NoSuchUnit
from domain.log.stored_names import StoredNames
from domain.log.writer_lock import LOCK_TIMEOUT

SCHEMA = Path(__file__).with_name("schema.sql")
"""What the owner of a database runs in it once."""


def check_database(address: str) -> None:
    """Check that new units can be made in a database. Raises: LogError."""
    with hold_server(address) as server, server.writer.borrow():
        pass


def create_unit(address: str, born: UUID, names: StoredNames, folder: Path) -> EventLog:
    """A new unit with an empty log of this name; `folder` as in `open_unit`.

    Raises: CannotConnect, CannotWrite, and what else keeps a database from being used.
    """
    with hold_server(address) as server, server.writer.borrow() as connection:
        try:
            with connection.transaction():
                make_unit(connection, born)
        except psycopg.Error as refused:
            raise translate_write_error(address, refused) from refused
    return open_unit(address, born, names, folder)


def open_unit(
    address: str,
    born: UUID,
    names: StoredNames,
    folder: Path,
    *,
    timeout: float = LOCK_TIMEOUT,
    read_only: bool = False,
) -> EventLog:
    """The log of the unit that was born with a name; `timeout` is how many seconds a writer waits for the others.

    `folder` is where on this machine something may be derived from it. `address` is a connection string of libpq, and
    holds no password.

    Raises: NoSuchUnit, and what keeps a database from being used.
    """
    with ExitStack() as opening:
        server = opening.enter_context(hold_server(address))
        demand_usable(server.reader.rows, address)  # what is in the pool may be older than what is wrong there
        unit_no = _find_unit(server.reader, address, born)
        held = opening.pop_all()
    recorder = PostgreSQLRecorder(server, unit_no, folder, timeout=timeout, read_only=read_only, held=held)
    try:
        recorder.load_name()
    except BaseException:
        recorder.close()
        raise
    return EventLog(recorder, names)


def _find_unit(reader: ConnectionPool, address: str, born: UUID) -> int:
    for (unit_no,) in reader.rows(queries.FIND_UNIT, (born,)):
        return unit_no
    raise NoSuchUnit(address, born)


def make_unit(connection: psycopg.Connection, born: UUID) -> int:
    """A unit of the connected role, inside a transaction; its number. Raises: psycopg.Error."""
    ((unit_no,),) = connection.execute(queries.MAKE_UNIT)
    connection.execute(queries.NAME_UNIT, (unit_no, born))
    return unit_no
