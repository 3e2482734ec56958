"""Connections that only read a log: beside programs that write to it, or without changing a byte of its folder.

Rule: a plain read-only connection of SQLite still makes the index of a WAL beside the file. Where a folder must stay as
it is, a backup, or cannot change, read-only media, that index is kept in memory.
"""

import os
import sqlite3
from pathlib import Path


def connect_beside_writers(path: Path) -> sqlite3.Connection:
    """A connection for a log that other programs may write to meanwhile. Raises: sqlite3.Error."""
    return _connect(path, "")


def connect_unchanged(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """A connection for a file that no program of this machine writes to: nothing in its folder is changed.

    What stands in a WAL that was left there is read. `any_thread` may use it, one at a time. Raises: sqlite3.Error.
    """
    if not _has_content(path, "-wal"):
        return _connect(path, "&immutable=1", any_thread=any_thread)
    if _has_content(path, "-shm") and not os.access(path.parent, os.W_OK, effective_ids=True):
        return _connect(path, "", any_thread=any_thread)  # the index is there, and cannot be changed
    connection = _connect(path, "&vfs=unix-none", any_thread=any_thread)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # the index of the WAL is made in memory
    return connection


def _connect(path: Path, how: str, *, any_thread: bool = False) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=ro{how}"
    return sqlite3.connect(uri, uri=True, check_same_thread=not any_thread)


def _has_content(path: Path, suffix: str) -> bool:
    try:
        return path.with_name(path.name + suffix).stat().st_size > 0
    except OSError:
        return False
