"""The file of the people store: its tables, and the settings that its safety rests on, each read back once set."""

import sqlite3
from pathlib import Path
from uuid import UUID

from domain.log.errors import SettingRefused
from domain.log.pragmas import set_pragmas
from domain.log.read_connection import ReadConnect
from kiosk.errors import UserError
from kiosk.words.errors import HomeText

APPLICATION_ID = 0x4B_50_50_4C
"""`KPPL` in the file's header: distinguishes a people store from every other SQLite file."""
FORMAT = 1

_SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a volunteer who is enrolled stays registered after a power cut
    "temp_store": 2,  # MEMORY: nothing is sorted or rewritten through a file outside the home
    "secure_delete": 1,  # what is erased is overwritten
    "trusted_schema": 0,
    "cell_size_check": 1,
}

PINS = "CREATE TABLE IF NOT EXISTS pins (actor TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL) STRICT"
"""Newer than the other tables: an older store gets it when it is opened."""

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

FORGET = """
UPDATE volunteers SET number = ?, name = NULL, birth_date = NULL, gender = NULL, language = NULL, unit_group = NULL
WHERE id = ?
"""


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


def build_pseudonym(volunteer_id: UUID) -> str:
    """The text that replaces the number of an erased volunteer."""
    return f"erased-{volunteer_id.hex[:8]}"


def build_pseudonyms(volunteer_id: UUID) -> tuple[str, str]:
    """The usual pseudonym, and the one for the second of two volunteers whose ids begin alike."""
    return build_pseudonym(volunteer_id), f"erased-{volunteer_id.hex}"
