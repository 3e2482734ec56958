"""A copy of a log while others write to it: one state of it, complete, in a new file; and its verification.

Rule: copying files would lose what stands in the WAL; SQLite writes the copy itself, row ids and all that was ever
counted included. The source is opened read-only, so that closing it can never checkpoint beside a writer, and needs
no lock. Verifying a copy changes not a byte of it.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.chain_walk import StoredRow, Verdict
from domain.log.errors import CannotRead, CannotWrite, NotALog
from domain.log.event_rows import LAST_POSITION
from domain.log.read_connection import connect_beside_writers, connect_unchanged
from domain.log.recorder import FIRST_POSSIBLE
from domain.log.schema import APPLICATION_ID, FORMATS, HEAD, LAST_GIVEN, NAMES, RAW, SOURCE_STATEMENTS, STATEMENTS
from domain.log.schema_check import STORED_SCHEMA, find_schema_difference
from domain.log.source_heard import SourceHeard
from domain.log.source_rows import TakenRow
from domain.log.sqlite_errors import primary_code, translate_read_error
from domain.log.sqlite_sources import ADD_TAKEN, REPLACE_HEARD, list_heard_columns, list_taken_columns
from domain.log.verify import walk_batches
from domain.log.writer_lock import open_private_file

PAGE = 2_000
"""Rows walked at once."""
DESTINATION_ERRORS = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""Error codes of SQLite that the destination of a copy causes."""


def copy_log(source: Path, into: Path) -> None:
    """Write the log as it is now to a new file, its owner's alone, on the disk when this returns.

    The chain stays the same. Raises: CannotRead, CannotWrite.
    """
    try:
        descriptor = open_private_file(into, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    except OSError as refused:
        raise CannotWrite(into, refused.strerror or str(refused)) from refused
    try:
        with closing(connect_beside_writers(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(into),))
        os.fsync(descriptor)
    except sqlite3.Error as refused:
        failed = CannotWrite if primary_code(refused) in DESTINATION_ERRORS else CannotRead
        raise failed(into if failed is CannotWrite else source, str(refused)) from refused
    except OSError as refused:
        raise CannotWrite(into, refused.strerror or str(refused)) from refused
    finally:
        os.close(descriptor)


def write_copy(
    into: Path,
    names: Sequence[UUID],
    batches: Iterable[Sequence[StoredRow]],
    taken: Iterator[Sequence[TakenRow]],
    heard: Sequence[SourceHeard],
) -> None:
    """Write a log that stands elsewhere to a new file, its owner's alone, on the disk when this returns.

    Positions and bytes stay the same, so the chain does. Raises: CannotWrite, and as reading the batches does.
    """
    try:
        os.close(open_private_file(into, os.O_RDWR | os.O_CREAT | os.O_EXCL))
        with closing(sqlite3.connect(into, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous=FULL")
            copy.execute("BEGIN")
            for statement in STATEMENTS:
                copy.execute(statement)
            copy.executemany("INSERT INTO log_identity (log_id) VALUES (?)", [(str(name),) for name in names])
            for rows in batches:
                copy.executemany("INSERT INTO stored_events VALUES (?, ?, ?, ?, ?, ?)", map(_list_columns, rows))
            _copy_sources(copy, taken, heard)
            copy.execute("COMMIT")
    except sqlite3.Error as refused:
        raise CannotWrite(into, str(refused)) from refused
    except OSError as refused:
        raise CannotWrite(into, refused.strerror or str(refused)) from refused


def _copy_sources(copy: sqlite3.Connection, taken: Iterator[Sequence[TakenRow]], heard: Sequence[SourceHeard]) -> None:
    """A log that heard no source stays of format 1."""
    first = next(taken, None)
    if not (heard or first):
        return
    for statement in SOURCE_STATEMENTS:
        copy.execute(statement)
    for rows in chain([first or ()], taken):
        copy.executemany(ADD_TAKEN, map(list_taken_columns, rows))
    copy.executemany(REPLACE_HEARD, map(list_heard_columns, heard))


def _list_columns(row: StoredRow) -> tuple[int, str, int, str, bytes, bytes]:
    position, stream, version, topic, state, chain, _ = row
    return position, stream.decode(), version, topic.decode(), state, chain


class CopySummary(NamedTuple):
    """What a copy says of itself."""

    names: tuple[UUID, ...]
    """Every log_id that it has had: the first since its birth, the last in force."""
    verdict: Verdict

    @property
    def original_name(self) -> UUID:
        """The name that it keeps through every restore: two copies of one log share it."""
        return self.names[0]


def verify_copy(path: Path) -> CopySummary:
    """Walk the whole chain of a copy that no program has open. Raises: NotALog, LogDamaged, CannotRead."""
    try:
        with closing(connect_unchanged(path)) as connection:
            names = _read_names(connection, path)
            return CopySummary(names, _walk_copy(connection))
    except sqlite3.Error as refused:
        raise translate_read_error(path, refused) from refused


def read_names_and_head(path: Path, *, unchanged: bool = False) -> tuple[tuple[UUID, ...], Head]:
    """The names and the end of a log, read and nothing else; `unchanged` of one that no program has open.

    Raises: NotALog, LogDamaged, CannotRead.
    """
    try:
        with closing((connect_unchanged if unchanged else connect_beside_writers)(path)) as connection:
            names = _read_names(connection, path)
            return names, next((Head(*row) for row in connection.execute(HEAD)), EMPTY_HEAD)
    except sqlite3.Error as refused:
        raise translate_read_error(path, refused) from refused


def _read_names(connection: sqlite3.Connection, path: Path) -> tuple[UUID, ...]:
    number, found = (connection.execute(f"PRAGMA {what}").fetchone()[0] for what in ("application_id", "user_version"))
    is_log = number == APPLICATION_ID and found in FORMATS
    try:
        names = tuple(UUID(name) for (name,) in connection.execute(NAMES)) if is_log else ()
    except ValueError as unreadable:
        raise NotALog(path) from unreadable
    if not names:
        raise NotALog(path)
    return names


def _walk_copy(connection: sqlite3.Connection) -> Verdict:
    ((given,),) = connection.execute(LAST_GIVEN)
    head, fault = walk_batches(read_pages(connection), EMPTY_HEAD, given)
    first_bad = head.position + 1 if fault else None
    return Verdict(head.position, head, first_bad, fault or find_schema_difference(connection.execute(STORED_SCHEMA)))


def read_pages(connection: sqlite3.Connection, start: int = FIRST_POSSIBLE) -> Iterator[list[StoredRow]]:
    """All rows of a log from a position on, undecoded. Raises: sqlite3.Error."""
    while rows := connection.execute(RAW, (start, LAST_POSITION, PAGE)).fetchall():
        yield rows
        start = rows[-1][0] + 1
