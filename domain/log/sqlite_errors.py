"""What SQLite raises, as errors of the log: is the file wrong, or is something in the way of it?

Rule: what a disk, another program or this process may be to blame for is no damage. It may be over in a minute, and
nothing that stays is concluded from it.
"""

import errno
import os
import re
import sqlite3
from pathlib import Path

from domain.log.errors import CannotOpen, CannotRead, DiskFull, LogDamaged, LogError, LogNotWhole, NotALog
from domain.log.reserve import is_disk_full

_SURROUNDINGS = frozenset(
    {
        sqlite3.SQLITE_ABORT,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_MISUSE,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_SCHEMA,
    }
)
"""What SQLite says when the content of the file is not to blame: the lower byte of its code."""

_PAGE_NOT_READ = re.compile(r"failed to get page|unable to get the page\. error code=(?P<code>\d+)")
"""What `PRAGMA integrity_check` finds, in the words of SQLite, where a page was not read."""


def is_file_damage(error: BaseException) -> bool:
    """Whether an error says something of the file's content; a table or a column that it lacks is of that kind."""
    is_of_database = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.ProgrammingError)
    return is_of_database and primary_code(error, sqlite3.SQLITE_ERROR) not in _SURROUNDINGS


def is_page_not_read(found: str) -> bool:
    """Whether a finding of `PRAGMA integrity_check` is that a page could not be read, not what is in it."""
    match = _PAGE_NOT_READ.search(found)
    return match is not None and int(match["code"] or 0) & 0xFF in {0, *_SURROUNDINGS}


def translate_open_error(path: Path, refused: Exception) -> LogError:
    """Why a log cannot be opened."""
    if damage := _find_damage(path, refused):
        return damage
    if is_disk_full(path.parent):
        return DiskFull(path, os.strerror(errno.ENOSPC))
    is_disk_failing = primary_code(refused) == sqlite3.SQLITE_IOERR
    return (CannotRead if is_disk_failing else CannotOpen)(path, str(refused))


def translate_read_error(path: Path, refused: Exception) -> LogNotWhole | CannotRead:
    """Why a log that is open cannot be read."""
    return _find_damage(path, refused) or CannotRead(path, str(refused))


def _find_damage(path: Path, refused: Exception) -> LogNotWhole | None:
    if primary_code(refused) == sqlite3.SQLITE_NOTADB:
        return NotALog(path)
    return LogDamaged(path, str(refused)) if is_file_damage(refused) else None


def primary_code(refused: BaseException, unknown: int = sqlite3.SQLITE_OK) -> int:
    """SQLite's primary result code; the extended one has more in its upper bytes. Errors of Python have none."""
    return getattr(refused, "sqlite_errorcode", unknown) & 0xFF
