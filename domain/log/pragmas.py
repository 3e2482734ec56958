"""Settings of an SQLite connection: each is set, and then read back.

Rule: no setting is taken for granted. SQLite ignores one that it does not know or that the disk does not allow.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from domain.log.errors import SettingRefused


def set_pragmas(connection: sqlite3.Connection, settings: Mapping[str, object], path: Path) -> None:
    """Set all of them on a connection to a file. Raises: SettingRefused, sqlite3.Error."""
    for setting, wanted in settings.items():
        connection.execute(f"PRAGMA {setting}={wanted}")
        got = read_pragma(connection, setting)
        if got != wanted:
            raise SettingRefused(path, setting, wanted, got)


def read_pragma(connection: sqlite3.Connection, setting: str) -> object:
    """The value that is in force. Raises: sqlite3.Error."""
    return connection.execute(f"PRAGMA {setting}").fetchone()[0]
