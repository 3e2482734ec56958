"""The views that the nightly job asks: advanced by nothing but itself, and from nothing but the log.

Rule: what is settled stands in the log for ever, so it must not rest on a file that may have been changed. The
digest of this file stands in the reconciliation of the last night; a file with another digest is built anew from the
first event.
"""

import shutil
import sqlite3
from pathlib import Path

from domain.log.errors import CannotOpen
from domain.spans import Second
from projections.engine.build import connect
from projections.engine.seal import compute_file_digest, count_foreign_writes, has_wal, remove_database
from projections.engine.views import Views


class NightViews(Views):
    """Views of which every row follows from the log alone."""

    is_kept = False

    def prove(self, digest: str | None, now: Second) -> None:
        """Bring them to the head of the log, from a file with this digest, or else from the first event on.

        A file that this process has advanced, and no other since, needs no digest. Raises: as `catch_up`.
        """
        try:
            with self._lock.hold():
                db = self._reconnect()
                if db is None or not self._is_proved(db):
                    self._disconnect()
                    self._demand_digest(digest)
                self._catch_up(now)
        except (sqlite3.OperationalError, OSError, CannotOpen) as refused:
            self._leave_disk(refused)
            self._catch_up(now)

    def _demand_digest(self, digest: str | None) -> None:
        """Open the file where it has this digest; remove it where it has not."""
        if digest and self._path.exists() and not has_wal(self._path) and compute_file_digest(self._path) == digest:
            self._db, self._inode = connect(self._path), self._path.stat().st_ino
            self._proved_at = count_foreign_writes(self._db)
            return
        remove_database(self._path)

    def compute_digest(self) -> str:
        """SHA-256 of the file, hex, once all is in it. Raises: OSError."""
        with self._lock.hold():
            self._write_back()
            return compute_file_digest(self._path)

    def copy_to(self, path: Path) -> None:
        """Copy the file as it stands. Raises: OSError."""
        with self._lock.hold():
            self._write_back()
            shutil.copyfile(self._path, path)
            path.chmod(0o600)

    def _write_back(self) -> None:
        assert self._db is not None, "prove comes first"  # noqa: S101 - a programming error
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
