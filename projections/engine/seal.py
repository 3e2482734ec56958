"""The seal of a database file that no process has open: its digest, beside it, written by the last one to close it.

Rule: it finds what a disk or a hand did to a file at rest. A file without a seal is not proved, which is no fault: a
process was killed, or another one has the file open.
"""

import hashlib
import os
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from domain.log.writer_lock import open_private_file


def sidecar_path(path: Path, suffix: str) -> Path:
    """A file that is kept beside another."""
    return path.with_name(path.name + suffix)


BUFFER_LENGTH = 65_536
"""Bytes of a file that are read and hashed at once: they stay in the processor's cache. Measured: of 746 MB the reading
takes 0.14 s so, and 0.51 s by the 256 KiB of `hashlib.file_digest`; the hash 0.6 s."""


def compute_file_digest(path: Path) -> str:
    """SHA-256 of a file, hex. Raises: OSError."""
    digest, buffer = hashlib.sha256(), memoryview(bytearray(BUFFER_LENGTH))
    with path.open("rb") as file:
        while length := file.readinto(buffer):
            digest.update(buffer[:length])
    return digest.hexdigest()


def is_open_here(path: Path) -> bool:
    """Whether this process has a file open, as SQLite has a database.

    Then nothing else here may open it: closing one descriptor of a file drops all locks of the process on it
    (fcntl(2)), and the next process that closes the database takes the WAL away under the others.
    """
    status = path.stat()
    for descriptor in os.listdir("/dev/fd"):
        with suppress(OSError):  # that of the folder itself is closed by now
            if os.path.samestat(os.fstat(int(descriptor)), status):
                return True
    return False


def has_wal(path: Path, *, longer_than: int = 0) -> bool:
    """Whether a database file is not all of its database: a process has it open, or was killed.

    `longer_than`: only where more bytes than these are missing in it.
    """
    with suppress(FileNotFoundError):
        return sidecar_path(path, "-wal").stat().st_size > longer_than
    return False


def count_foreign_writes(db: sqlite3.Connection) -> int:
    """A number that changes when another connection has written to the file."""
    try:
        return db.execute("PRAGMA data_version").fetchone()[0]
    except sqlite3.DatabaseError:
        return -1


def remove_sidecars(path: Path) -> None:
    """Remove what SQLite keeps beside a database that is not needed any more, or is whole."""
    for suffix in ("-wal", "-shm", "-journal"):
        sidecar_path(path, suffix).unlink(missing_ok=True)


def remove_database(path: Path) -> None:
    """Remove a database with all that stands beside it."""
    remove_sidecars(path)
    path.unlink(missing_ok=True)


@contextmanager
def hold_new_database(path: Path) -> Generator[Path]:
    """Let a database be written that did not exist; it is removed where that fails: a full disk has its room back."""
    remove_database(path)
    try:
        yield path
    except BaseException:
        remove_database(path)
        raise


class Seal:
    """The seal of one database file. The caller holds the lock of that file."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._file = sidecar_path(database, "-seal")

    def fits(self) -> bool | None:
        """Whether the file is what was sealed; None where there is no seal, or it does not speak of this state."""
        try:
            sealed = self._file.read_text(encoding="ascii", errors="replace")
            return None if self._is_in_use() else sealed == compute_file_digest(self._database)
        except OSError:
            return None

    def write(self) -> None:
        """Seal the file as it is. Nothing where it cannot be: an unsealed file is not proved, no more."""
        draft = sidecar_path(self._file, ".new")
        with suppress(OSError):
            if self._is_in_use():
                return
            with os.fdopen(open_private_file(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as file:
                file.write(compute_file_digest(self._database).encode())
            draft.replace(self._file)

    def _is_in_use(self) -> bool:
        """Whether the file may be read no other way than by SQLite. Raises: OSError."""
        return has_wal(self._database) or is_open_here(self._database)

    def remove(self) -> None:
        """The file is about to change."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
