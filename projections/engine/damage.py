"""What tells that the file of the views is not as it was left, and not that the disk or another program hinders."""

import sqlite3
from pathlib import Path

import msgspec

_SURROUNDINGS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""What SQLite says when the file is not to blame: the lower byte of its code."""
_NONSENSE = (ValueError, TypeError, LookupError, AttributeError, OverflowError, msgspec.MsgspecError)
"""What values raise that were never written there."""


class ViewsDamaged(Exception):
    """The file of the views cannot be read as it is; the log is not touched by that."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason
        """`reason`: SQLite's own text."""


def find_damage(error: Exception) -> str | None:
    """What an error says of the file's content; None where something else is in the way."""
    if isinstance(error, sqlite3.ProgrammingError):
        return None
    if isinstance(error, sqlite3.DatabaseError):
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return None if code & 0xFF in _SURROUNDINGS else str(error)
    return str(error) if isinstance(error, _NONSENSE) else None
