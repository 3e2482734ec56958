"""A log in a database of PostgreSQL: the unit is made there, or opened."""

from pathlib import Path
from uuid import UUID

import psycopg

from domain.log.errors import NoSuchUnit
from domain.log.event_log import EventLog
from domain.log.postgresql import queries
from domain.log.postgresql.connection import ServerConnection, translate_write_error
from domain.log.postgresql.recorder import PostgreSQLRecorder
from domain.log.stored_names import StoredNames
from domain.log.writer_lock import LOCK_TIMEOUT

SCHEMA = Path(__file__).with_name("schema.sql")
"""What the owner of a database runs in it once."""


def check_database(address: str) -> None:
    """Check that new units can be made in a database. Raises: LogError."""
    server = ServerConnection(address, read_only=False)
    try:
        server.get()
    finally:
        server.close()


def create_unit(address: str, born: UUID, names: StoredNames, folder: Path) -> EventLog:
    """A new unit with an empty log of this name; `folder` as in `open_unit`.

    Raises: CannotConnect, CannotWrite, and what else keeps a database from being used.
    """
    server = ServerConnection(address, read_only=False)
    try:
        server.get().execute(queries.MAKE_UNIT, (born,))
    except psycopg.Error as refused:
        raise translate_write_error(address, refused) from refused
    finally:
        server.close()
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

    Raises: CannotConnect, NoSuchTables, NoSuchUnit, SchemaAltered, ServerSettingRefused, RoleTooPowerful.
    """
    reader = ServerConnection(address, read_only=True)
    try:
        unit_no = _find_unit(reader, address, born)
        recorder = PostgreSQLRecorder(reader, unit_no, folder, timeout=timeout, read_only=read_only)
        recorder.load_name()
        return EventLog(recorder, names)
    except BaseException:
        reader.close()
        raise


def _find_unit(reader: ServerConnection, address: str, born: UUID) -> int:
    for (unit_no,) in reader.rows(queries.FIND_UNIT, (born,)):
        return unit_no
    raise NoSuchUnit(address, born)
