"""A database file that is read as it stands: nothing of it is changed, and nothing is left beside it.

Rule: it is connected to and closed under the writer's lock, since the last connection to close writes the WAL back.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from domain.log.errors import LogError
from domain.log.writer_lock import LOCK_TIMEOUT, WriterLock


class StandingFile:
    """One state of such a file, for those that read it. Close it."""

    def __init__(self, path: Path) -> None:
        """No other program is waited for until it is closed. Raises: LogError."""
        self._path = path
        self._lock = WriterLock(path, timeout=0)
        self._db: sqlite3.Connection | None = None

    def _connect(self) -> sqlite3.Connection:
        """The connection, whose first read chooses the state. The lock is held. Raises: sqlite3.Error."""
        uri = f"{self._path.absolute().as_uri()}?mode=rw"  # open to write, it leaves no index of the WAL behind
        self._db = sqlite3.connect(uri, uri=True, isolation_level=None)
        for setting in ("query_only=1", "synchronous=FULL", "trusted_schema=0"):
            self._db.execute(f"PRAGMA {setting}")
        self._db.execute("BEGIN")
        return self._db

    def close(self) -> None:
        """Give the file back, as it was. Closing twice is closing once."""
        db, self._db = self._db, None
        if db is not None:
            self._lock.timeout = LOCK_TIMEOUT
            with suppress(LogError), self._lock.hold():
                db.close()
        self._lock.close()
