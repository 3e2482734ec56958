"""The tables, indexes and triggers that stand in a log's file, against those of a new log: byte for byte.

Rule: compared when a log is opened, before each commit and when it is verified. A trigger that is put in could swallow
a tap behind its answer, one that is taken out could let it be deleted.
"""

import sqlite3
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from domain.log.chain_walk import FaultKind, LogFault
from domain.log.errors import CannotRead, LogDamaged
from domain.log.schema import COPY_STATEMENTS, SOURCE_STATEMENTS, STATEMENTS
from domain.log.sqlite_errors import is_file_damage, is_page_not_read

# CAST: text that is no UTF-8, or goes on behind a zero byte, is compared too.
STORED_SCHEMA = "SELECT type, name, tbl_name, CAST(sql AS BLOB) FROM sqlite_master"
LONGEST_NAME = 80
"""Characters of a name that are reported: a foreign one may be anything."""
_SEQUENCE = b"CREATE TABLE sqlite_sequence(name,seq)"
"""As SQLite makes it for AUTOINCREMENT; its file format fixes the text."""


class SchemaObject(NamedTuple):
    """A table, an index or a trigger, as `sqlite_master` stores it."""

    kind: str
    name: str
    table: str
    sql: bytes | None
    """The text that made it; None for an index that SQLite made by itself."""


def find_schema_difference(stored: Iterable[Any]) -> LogFault | None:
    """The first difference from the schema of a new log; None where there is none. `stored`: rows of STORED_SCHEMA."""
    found = frozenset(SchemaObject(kind, name, table, sql and sql.rstrip()) for kind, name, table, sql in stored)
    return None if found in (EXPECTED, EXPECTED_WITH_SOURCES, EXPECTED_OF_COPY) else _describe_difference(found)


def find_damage(path: Path, connect: Callable[[], sqlite3.Connection]) -> LogFault | None:
    """What is wrong with a log's file: SQLite's last line, or a foreign schema; None when nothing is.

    Raises: CannotRead where the disk, or another program, is in the way.
    """
    try:
        with closing(connect()) as connection:
            found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0]).splitlines()[-1]
            difference = find_schema_difference(connection.execute(STORED_SCHEMA))
    except sqlite3.Error as refused:
        if not is_file_damage(refused):
            raise CannotRead(path, str(refused)) from refused
        found, difference = str(refused), None
    if is_page_not_read(found):
        raise CannotRead(path, found)
    return difference if found == "ok" else LogFault("file_damaged", {"detail": found})


@contextmanager
def confirm_damage(path: Path, connect: Callable[[], sqlite3.Connection]) -> Generator[None]:
    """Let no log be called damaged in the block whose disk fails to read: SQLite calls both malformed.

    Its check of the file, over another connection, tells the two apart. Raises: CannotRead instead of LogDamaged.
    """
    try:
        yield
    except LogDamaged:
        find_damage(path, connect)
        raise


def _describe_difference(found: frozenset[SchemaObject]) -> LogFault:
    names = {one.name for one in found}
    expected = EXPECTED_WITH_SOURCES if "taken" in names else EXPECTED_OF_COPY if "copied" in names else EXPECTED
    mine, theirs = _index_by_name(expected), _index_by_name(found)
    for name in sorted(theirs.keys() - mine.keys()):
        return _build_fault("schema_added", theirs[name])
    for name in sorted(mine.keys() - theirs.keys()):
        return _build_fault("schema_missing", mine[name])
    return _build_fault("schema_changed", min(expected - found, key=lambda changed: changed.name))


def _index_by_name(objects: Iterable[SchemaObject]) -> Mapping[tuple[str, str], SchemaObject]:
    return {(str(one.kind), str(one.name)): one for one in objects}


def _build_fault(kind: FaultKind, about: SchemaObject) -> LogFault:
    return LogFault(kind, {"kind": str(about.kind)[:LONGEST_NAME], "name": str(about.name)[:LONGEST_NAME]})


def _list_expected(statements: Iterable[str]) -> Iterable[SchemaObject]:
    """What statements make, as SQLite stores it, but for space at the end, which some of its versions keep."""
    for statement in statements:
        text = statement.strip()
        if text.startswith("CREATE TABLE"):
            name = text.split()[2]
            yield SchemaObject("table", name, name, text.encode())
            yield SchemaObject("index", f"sqlite_autoindex_{name}_1", name, None)
        elif text.startswith("CREATE TRIGGER"):
            yield SchemaObject("trigger", text.split()[2], text.partition(" ON ")[2].split()[0], text.encode())


EXPECTED = frozenset(
    (*_list_expected(STATEMENTS), SchemaObject("table", "sqlite_sequence", "sqlite_sequence", _SEQUENCE))
)
EXPECTED_WITH_SOURCES = EXPECTED | frozenset(_list_expected(SOURCE_STATEMENTS))
EXPECTED_OF_COPY = EXPECTED | frozenset(_list_expected(COPY_STATEMENTS))
