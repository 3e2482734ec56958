"""Connections that only read a log: beside programs that write to it, or without changing a byte of its folder.

Rule: a plain read-only connection of SQLite still makes the index of a WAL beside the file. Where a folder must stay as
it is, a backup, or cannot change, read-only media, that index is kept in memory.
"""

import errno
import fcntl
import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol


class ReadConnect(Protocol):
    """Opens a connection that only reads; `any_thread` may use it, one at a time."""

    def __call__(self, path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
        """Raises: sqlite3.Error."""
        ...


_LONGEST_COMMIT = 2.0
"""Seconds. A commit on a slow card takes a tenth of that."""
_DELAY = 0.005
"""Seconds between two tries."""


def connect_beside_writers(path: Path) -> sqlite3.Connection:
    """A connection for a log that other programs may write to meanwhile. Raises: sqlite3.Error."""
    return _connect(path, "")


def connect_under_lock(path: Path) -> sqlite3.Connection:
    """A connection for a caller that holds the writer's lock until it is closed: it leaves nothing beside the file.

    Raises: sqlite3.Error.
    """
    return _connect(path, "" if _has_content(path, "-wal") else "&immutable=1")


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


def connect_without_room(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """A connection for a log that others may write to, on a disk that may take no byte more. Raises: sqlite3.Error.

    Where even the index of the WAL cannot be made beside the file, its content as of now is read from memory.
    """
    connection = _connect(path, "", any_thread=any_thread)
    try:
        connection.execute("PRAGMA schema_version").fetchone()  # makes the index, and takes a snapshot
    except sqlite3.OperationalError as refused:
        connection.close()
        if is_refused_by_disk(refused):
            return _copy_into_memory(path, any_thread=any_thread)
        raise
    return connection


def is_on_read_only_media(path: Path) -> bool:
    """Whether a file or folder cannot be changed: its file system is mounted read-only. False where it is not there."""
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def is_refused_by_disk(refused: BaseException) -> bool:
    """Whether an error, or the cause of it, is that a disk is full, read-only or failing."""
    cause: BaseException | None = refused
    while cause is not None:
        if isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", 0) & 0xFF in _DISK_CODES:
            return True
        if isinstance(cause, OSError) and cause.errno in _DISK_ERRORS:
            return True
        cause = cause.__cause__
    return False


_DISK_CODES = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOLFS}
)
"""Primary result codes of SQLite."""
_DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG})
"""Of the system: full, beyond the quota, read-only, failing, beyond a limit of this process."""


def _copy_into_memory(path: Path, *, any_thread: bool) -> sqlite3.Connection:
    """All that is in a database and its WAL. Programs that would write meanwhile wait for the lock."""
    copy = sqlite3.connect(":memory:", check_same_thread=not any_thread)
    with _keep_writers_out(path), closing(connect_unchanged(path)) as source:
        source.backup(copy)
    return copy


@contextmanager
def _keep_writers_out(path: Path) -> Generator[None]:
    """Hold the writer's lock where its file is there; where it is not, no program has ever written here.

    Who holds it longer than a commit takes is stopped, and writes nothing.
    """
    try:
        file = os.open(path.with_name(f"{path.name}.lock"), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        yield
        return
    try:
        _wait_for_lock(file)
        yield
    finally:
        os.close(file)


def _wait_for_lock(file: int) -> None:
    deadline = monotonic() + _LONGEST_COMMIT
    while monotonic() < deadline:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sleep(_DELAY)
        else:
            return


def _connect(path: Path, how: str, *, any_thread: bool = False) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=ro{how}"
    return sqlite3.connect(uri, uri=True, check_same_thread=not any_thread)


def _has_content(path: Path, suffix: str) -> bool:
    """Whether there is more than an empty file; one that cannot be looked at is left to SQLite, which says why."""
    try:
        return path.with_name(path.name + suffix).stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError:
        return True
