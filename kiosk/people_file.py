"""The file of the people store: its tables, and the settings that its safety rests on. No setting is believed."""

import sqlite3
from pathlib import Path

from kiosk.errors import UserError
from kiosk.words.errors import HomeText

APPLICATION_ID = 0x4B_50_50_4C
"""`KPPL` in the file's header: tells a people store from every other SQLite file."""
FORMAT = 1

_SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: who is enrolled stays registered after a power cut
    "secure_delete": 1,  # what is erased is overwritten
    "trusted_schema": 0,
    "cell_size_check": 1,
}

PINS = "CREATE TABLE IF NOT EXISTS pins (actor TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL) STRICT"
"""Came later than the rest: a store that was made before it gets it when it is opened."""

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


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the settings that the store's safety rests on."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        for setting, wanted in _SETTINGS.items():
            _set_pragma(connection, setting, wanted, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_pragma(connection: sqlite3.Connection, setting: str, wanted: object, path: Path) -> None:
    """No setting is believed: it is read back."""
    connection.execute(f"PRAGMA {setting}={wanted}")
    got = connection.execute(f"PRAGMA {setting}").fetchone()[0]
    if got != wanted:
        raise UserError(HomeText.SETTING_REFUSED.fill(setting=setting, got=got, wanted=wanted, path=path))
