"""The file of the people store: its tables, reading and writing them, and wiping what was overwritten.

Rule: the settings that its safety rests on are read back once set.
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar
from uuid import UUID

from domain.log.errors import SettingRefused
from domain.log.pragmas import set_pragmas
from domain.log.read_connection import ReadConnect
from domain.log.reserve import is_disk_full
from domain.log.writer_lock import WriterLock, open_private_file
from kiosk.errors import HomeFileLost, UserError
from kiosk.words.errors import HomeText

S = TypeVar("S")
T = TypeVar("T")

APPLICATION_ID = 0x4B_50_50_4C
"""`KPPL` in the file's header: distinguishes a people store from every other SQLite file."""
FORMAT = 1
SYSTEM_ACTOR = "system"
"""The name under which the program acts by itself: the nightly job, a batch line or an erasure that names no actor."""

_SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a volunteer who is enrolled stays registered after a power cut
    "temp_store": 2,  # MEMORY: nothing is sorted or rewritten through a file outside the home
    "secure_delete": 1,  # what is erased is overwritten
    "trusted_schema": 0,
    "cell_size_check": 1,
}

PINS = "CREATE TABLE IF NOT EXISTS pins (actor TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL) STRICT"
SALTS = "CREATE TABLE IF NOT EXISTS salts (id TEXT NOT NULL PRIMARY KEY, salt BLOB NOT NULL) STRICT"
CONTACTS = """CREATE TABLE IF NOT EXISTS contacts (
    id TEXT NOT NULL PRIMARY KEY, telephone TEXT, email TEXT, address TEXT, emergency_contact TEXT, notes TEXT
) STRICT"""
CHANGES = "CREATE TABLE IF NOT EXISTS changes (id TEXT NOT NULL PRIMARY KEY, details TEXT NOT NULL) STRICT"
ACCOUNTS = "CREATE TABLE IF NOT EXISTS accounts (actor TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL) STRICT"
PROFILES = """CREATE TABLE IF NOT EXISTS profiles (
    id TEXT NOT NULL PRIMARY KEY, national_id TEXT, education TEXT, occupation TEXT
) STRICT"""
LATER_TABLES = {
    "pins": PINS,
    "salts": SALTS,
    "contacts": CONTACTS,
    "changes": CHANGES,
    "accounts": ACCOUNTS,
    "profiles": PROFILES,
}
"""Newer than the other tables: an older store gets them when it is opened."""

TABLES = f"""
BEGIN;
CREATE TABLE volunteers (
    number TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT,
    birth_date TEXT,
    gender TEXT,
    language TEXT,
    unit_group TEXT
) STRICT;
CREATE TABLE actors (name TEXT NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE notes (
    ordinal INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    salt BLOB NOT NULL
) STRICT;
{PINS};
{SALTS};
{CONTACTS};
{CHANGES};
{ACCOUNTS};
{PROFILES};
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORMAT};
COMMIT;
"""

REGISTER = """
INSERT INTO volunteers VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (number) DO UPDATE SET name = excluded.name, birth_date = excluded.birth_date,
    gender = excluded.gender, language = excluded.language, unit_group = excluded.unit_group
RETURNING id
"""

KEEP_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET text = excluded.text"

FORGOTTEN_COLUMNS = ("name", "birth_date", "gender", "language", "unit_group")
"""Of `volunteers`: what is emptied when a volunteer is erased. The id stays, and a pseudonym for the number."""
FORGOTTEN_TABLES = ("contacts", "profiles", "changes", "salts")
"""Of which the row with the id of a volunteer is deleted then. A new table with such rows belongs here."""

FORGET = f"""
INSERT INTO volunteers (number, id) VALUES (?, ?)
ON CONFLICT (id) DO UPDATE SET number = excluded.number, {", ".join(f"{name} = NULL" for name in FORGOTTEN_COLUMNS)}
"""  # noqa: S608 - words of ours
"""Also where a copy of the store from before the enrolment has no row of the volunteer."""
FORGET_MORE = tuple(f"DELETE FROM {table} WHERE id = ?" for table in FORGOTTEN_TABLES)  # noqa: S608 - same
LIST_WITH_DATA = " UNION ".join(
    [
        f"SELECT id FROM volunteers WHERE coalesce({', '.join(FORGOTTEN_COLUMNS)}) IS NOT NULL",  # noqa: S608 - our words
        *(f"SELECT id FROM {table}" for table in FORGOTTEN_TABLES),  # noqa: S608 - same
    ]
)
"""The ids of which the store has anything that erasing removes; actors have salts too."""

KEEP_CONTACT = "INSERT OR REPLACE INTO contacts VALUES (?, ?, ?, ?, ?, ?)"
KEEP_PROFILE = "INSERT OR REPLACE INTO profiles VALUES (?, ?, ?, ?)"
KEEP_CHANGE = "INSERT OR REPLACE INTO changes VALUES (?, ?)"

ROWS = """
SELECT number, id, name, birth_date, gender, language, unit_group, telephone, email, address, emergency_contact, notes,
    national_id, education, occupation
FROM volunteers LEFT JOIN contacts USING (id) LEFT JOIN profiles USING (id)
"""
ROW = f"{ROWS} WHERE id = ?"
"""What the digest of a volunteer covers."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the settings that the store's safety rests on. Raises: UserError, sqlite3.Error."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        set_pragmas(connection, _SETTINGS, path)
    except SettingRefused as refused:
        connection.close()
        text = HomeText.SETTING_REFUSED.fill(setting=refused.setting, got=refused.got, wanted=refused.wanted, path=path)
        raise UserError(text) from None
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path, connect: ReadConnect) -> sqlite3.Connection:
    """A connection to a store that is not written to from here. Raises: sqlite3.Error."""
    connection = connect(path, any_thread=True)
    connection.isolation_level = None
    return connection


def _make_lock(path: Path, *, read_only: bool) -> WriterLock:
    if not read_only:
        return WriterLock(path)
    from domain.log.read_only import NoWriterLock  # noqa: PLC0415 - it loads the library, which numbers alone need not

    return NoWriterLock(path)


def build_pseudonym(volunteer_id: UUID) -> str:
    """The text that replaces the number of an erased volunteer."""
    return f"erased-{volunteer_id.hex[:8]}"


def build_pseudonyms(volunteer_id: UUID) -> tuple[str, str]:
    """The usual pseudonym, and the one for the second of two volunteers whose ids begin alike."""
    return build_pseudonym(volunteer_id), f"erased-{volunteer_id.hex}"


class PeopleFile:
    """One connection to the file. Threads may share it. Errors of SQLite become `UserError`, or `LogBusy`.

    So does a value that this program never wrote, in whatever reads it.
    """

    def __init__(self, path: Path, read_with: ReadConnect | None = None) -> None:
        """A file that exists; with `read_with` only to read, through that connection."""
        self._path = path
        self._read_only = read_with is not None
        self._lock = _make_lock(path, read_only=self._read_only)
        self._reading = RLock()  # SQLite ends the program where a connection is closed that another thread asks
        with self._hold_to_open(), self._translate_errors():
            self._connection = connect_to_read(path, read_with) if read_with else connect(path)

    @property
    def folder(self) -> Path:
        """Where the file is, and the ledger of erasures beside it."""
        return self._path.parent

    def create_tables(self) -> None:
        """Make the tables in a new file."""
        with self._lock.hold(), self._translate_errors():
            self._connection.executescript(TABLES)

    def close(self) -> None:
        """Close the file; the last process to close it empties the WAL."""
        with self._hold_to_open(), self._reading:
            self._connection.close()
        self._lock.close()

    def _hold_to_open(self) -> AbstractContextManager[None]:
        """Opening and closing may write to the WAL, except in a store that is only read."""
        return nullcontext() if self._read_only else self._lock.hold()

    def copy_to(self, path: Path) -> None:
        """Copy the store, as of now, into a new file that only its owner can read."""
        os.close(open_private_file(path, os.O_RDWR | os.O_CREAT | os.O_EXCL))
        with self._reading, self._translate_errors():
            self._connection.execute("VACUUM INTO ?", (str(path),))

    def stop_flushing(self) -> None:
        """From now on do not wait for the disk: for a copy on trial, of which nothing is kept. Raises: UserError."""
        self._fetch_rows("PRAGMA synchronous=OFF")

    def wipe(self) -> None:
        """Remove every byte of overwritten data: rewrite the file without free pages, empty the WAL."""
        with self._lock.hold(), self._translate_errors():
            self._connection.execute("PRAGMA temp_store=MEMORY")
            self._connection.execute("VACUUM")
            busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise UserError(HomeText.PEOPLE_STORE_IN_USE.fill(path=self._path))

    def read_version(self) -> int:
        """A number that is another one once another process has written to the store."""
        return self._fetch_value("PRAGMA data_version")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Run the statements in one transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _write(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._lock.hold(), self._translate_errors():
            return self._connection.execute(statement, values).fetchall()

    def _fetch_rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._reading, self._translate_errors():
            return self._connection.execute(query, values).fetchall()

    def _fetch_value(self, query: str, *values: object) -> Any:
        row = next(iter(self._fetch_rows(query, *values)), None)
        return row and row[0]

    def _parse(self, parse: Callable[[S], T], kept: S) -> T:
        """What is kept, as the type that it has to be of. Raises: UserError."""
        try:
            return parse(kept)
        except ValueError as error:  # msgspec's errors are
            raise HomeFileLost(HomeText.PEOPLE_STORE_ALTERED.fill(path=self._path, error=error)) from None

    def demand_usable(self) -> None:
        """Check that it is a people store, and give an older one its later tables. Raises: UserError."""
        found = (self._fetch_value("PRAGMA application_id"), self._fetch_value("PRAGMA user_version"))
        if found != (APPLICATION_ID, FORMAT):
            raise HomeFileLost(HomeText.NOT_A_PEOPLE_STORE.fill(path=self._path))
        for name, table in LATER_TABLES.items():
            if not self._fetch_value("SELECT 1 FROM sqlite_schema WHERE name = ?", name):
                self._add_table(table)

    def _add_table(self, table: str) -> None:
        """Add an empty table to the file, or in memory to a store that is only read."""
        if not self._read_only:
            self._write(table, ())
            return
        with self._translate_errors():
            self._connection.execute("PRAGMA temp_store=MEMORY")
            self._connection.execute(table.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            reason = os.strerror(errno.ENOSPC) if is_disk_full(self._path.parent) else error
            raise UserError(HomeText.PEOPLE_STORE_UNUSABLE.fill(path=self._path, error=reason)) from error
