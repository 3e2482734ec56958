"""The head file against the database: does the log still hold every event that was acknowledged?

Rule: the check runs before anything could write. It is read-only, so that closing it never copies a WAL into the
database and deletes it: behind a flipped bit, what was lost may still stand in there.
"""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.log.chain import GENESIS, Head
from domain.log.chain_walk import LogFault
from domain.log.errors import LogError
from domain.log.head_file import HeadFile, KeptHead
from domain.log.read_connection import connect_beside_writers, connect_under_lock
from domain.log.schema import APPLICATION_ID, CHAIN_AT, FORMATS, HEAD, NAMES
from domain.log.schema_check import STORED_SCHEMA, find_schema_difference
from domain.log.writer_lock import WriterLock

LOG = logging.getLogger(__name__)

ChainAt = Callable[[int], bytes | None]
"""The chain hash at a position; None where the log has a gap."""


def find_objection(kept: KeptHead, names: Sequence[str], head: Head, chain_at: ChainAt) -> LogFault | None:
    """Why a log with these names, the oldest first, and this head is not the one that was left; None when it is."""
    name = str(kept.log_id)
    if name not in names:
        return LogFault("other_log")
    if name != names[-1]:
        return LogFault("renamed")  # a restore puts a log in place together with its head file
    return find_objection_to_head(kept.head, head, chain_at)


def find_objection_to_head(kept: Head, head: Head, chain_at: ChainAt) -> LogFault | None:
    """Why a log that ends at `head` does not hold an earlier head of it; None when it does."""
    if kept.position > head.position:
        return LogFault("ends_early", {"position": head.position, "reached": kept.position})
    found = chain_at(kept.position) if kept.position else GENESIS
    return None if found == kept.chain else LogFault("event_replaced", {"position": kept.position})


def find_objection_to_file(
    log_file: Path, kept: KeptHead, connect: Callable[[Path], sqlite3.Connection] = connect_beside_writers
) -> LogFault | None:
    """The same of a file that is not open yet; None also for a file that is no log, which opening it reports.

    The caller holds the writer's lock. Raises: sqlite3.Error.
    """
    with closing(connect(log_file)) as connection:
        number, found = (_read_one(connection, f"PRAGMA {name}") for name in ("application_id", "user_version"))
        if number != APPLICATION_ID or found not in FORMATS:
            return None
        names = [name for (name,) in connection.execute(NAMES)]
        head = next((Head(*row) for row in connection.execute(HEAD)), Head(0, GENESIS))
        return find_objection(kept, names, head, lambda position: _read_one(connection, CHAIN_AT, position))


def find_agreed_head(log_file: Path) -> tuple[UUID, Head] | None:
    """The name and the end of a log that its head file knows and that has the schema of a log.

    None where opening it would have anything to do or to say.
    """
    try:
        with closing(WriterLock(log_file, timeout=0)) as lock, lock.hold():
            return _find_agreed_head(log_file)
    except (sqlite3.Error, LogError, ValueError, TypeError):
        return None


def _find_agreed_head(log_file: Path) -> tuple[UUID, Head] | None:
    kept = HeadFile(log_file).read()
    with closing(connect_under_lock(log_file)) as connection:
        number, found = (_read_one(connection, f"PRAGMA {name}") for name in ("application_id", "user_version"))
        is_log = number == APPLICATION_ID and found in FORMATS
        if not kept or not is_log or find_schema_difference(connection.execute(STORED_SCHEMA)):
            return None
        names = [name for (name,) in connection.execute(NAMES)]
        head = next((Head(*row) for row in connection.execute(HEAD)), Head(0, GENESIS))
    return (kept.log_id, head) if names[-1:] == [str(kept.log_id)] and kept.head == head else None


def warn_missing_once(file: HeadFile) -> None:
    """Log once that a log that went back would not be noticed this time; the head file is written again."""
    what = "is not sound" if file.path.exists() else "is not there"
    LOG.warning("%s %s: it is made anew. Verify the log, and compare its head with one kept elsewhere", file.path, what)


def _read_one(connection: sqlite3.Connection, query: str, *values: object) -> Any:
    return next((row[0] for row in connection.execute(query, values)), None)
