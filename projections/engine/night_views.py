"""The views that the nightly job asks: advanced by nothing but itself, and from nothing but the log.

Rule: what is settled stands in the log for ever, so it must not rest on a file that may have been changed. The
digest of this file stands in the reconciliation of the last night; a file with another digest is built anew from the
first event. Each night reads the whole file once, before anything of it is believed. No event is read that was not
verified: who opens them is asked for that first, from the position from which they go on.

The rows are those of other views, in the order of days: what a day adds stands together, whichever volunteers it is of.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from typing_extensions import override

from domain.log.errors import CannotOpen
from domain.spans import Second
from projections.engine.build import LARGE_CACHE, connect
from projections.engine.day_order import copy_views
from projections.engine.file_pieces import FilePieces
from projections.engine.loading import load_unit, read_position
from projections.engine.noted_unit import are_rules_noted
from projections.engine.seal import count_foreign_writes, has_wal, hold_new_database, remove_database, sidecar_path
from projections.engine.views import Views
from projections.projectors.fact_writer import FactWriter, has_day_order
from projections.projectors.tables import EVALUATION_VERSION

WAL_LIMIT = 64 * 2**20
"""Bytes of the WAL above which it is written back between two batches: of many days it holds a page many times."""


DemandVerified = Callable[[int], None]
"""Called with the position behind which events are read next. Raises where they do not fit the chain."""


def demand_nothing(_after: int) -> None:
    """Of a simulation, in which nothing is verified."""


class NightViews(Views):
    """Views of which every row follows from the log alone."""

    is_kept = False

    _pieces: FilePieces | None = None
    """Of the file as it was proved, or written since; None where it was built, until its digest is asked for."""

    _demand_verified: DemandVerified = staticmethod(demand_nothing)

    def prove(self, digest: str | None, now: Second, demand_verified: DemandVerified = demand_nothing) -> None:
        """Bring them to the head of the log, from a file with this digest, or else from the first event on.

        A file that this process has advanced, and no other since, needs no digest. Raises: as `catch_up`, and as
        `demand_verified`, which is asked before any event is read, now and whenever they catch up.
        """
        self._demand_verified = demand_verified
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
        if digest and self._path.exists() and not has_wal(self._path):
            pieces = FilePieces(self._path)
            if pieces.compute_digest() == digest:
                self._db, self._inode = connect(self._path), self._path.stat().st_ino
                self._proved_at = count_foreign_writes(self._db)
                self._follow_writes(self._db, pieces)
                return
            pieces.close()
        remove_database(self._path)

    def compute_digest(self) -> str:
        """The digest of the file by its pieces, hex, once all is in it. Raises: OSError."""
        with self._lock.hold():
            db, pieces = self._write_back(), self._pieces
            if pieces is None:
                self._follow_writes(db, pieces := FilePieces(self._path))
            else:
                pieces.hash_written()
            return pieces.compute_digest()

    def copy_to(self, path: Path) -> None:
        """Copy the rows into a new file, in the order of volunteers. Raises: OSError, OperationalError."""
        with self._lock.hold():
            copy_views(self._path, path, by_day=False)

    # --- From verified events only ---

    @override
    def _rebuild(self, now: Second | None, *, damaged: bool = False) -> None:
        self._demand_verified(0)
        super()._rebuild(now, damaged=damaged)

    @override
    def _advance(self, db: sqlite3.Connection, now: Second | None) -> None:
        """The unit's rules are read from the log again: where they are not those noted, all of it is verified."""
        position = read_position(db)
        are_as_noted = are_rules_noted(db, load_unit(self._log, db, None, position))
        self._demand_verified(position if are_as_noted else 0)
        super()._advance(db, now)

    # --- Built like other views, then put in the order of days ---

    @override
    def _put_in_place(self, scratch: Path, *, damaged: bool) -> None:
        with hold_new_database(sidecar_path(self._path, ".by-day")) as ordered:
            copy_views(scratch, ordered, by_day=True)
            remove_database(scratch)
            super()._put_in_place(ordered, damaged=damaged)

    @override
    def _is_outdated(self, db: sqlite3.Connection) -> bool:
        """Also where other rules evaluated them: every day at once is evaluated in the order of volunteers only."""
        return super()._is_outdated(db) or not has_day_order(db) or _read_evaluation(db) != EVALUATION_VERSION

    # --- What the night writes ---

    def _follow_writes(self, db: sqlite3.Connection, pieces: FilePieces) -> None:
        """The WAL is empty, and from here on written back only where its pages are noted."""
        db.execute("PRAGMA wal_autocheckpoint=0")
        db.execute(f"PRAGMA {LARGE_CACHE}")  # measured: a tenth of a city's night
        self._pieces = pieces

    def _write_back(self) -> sqlite3.Connection:
        assert self._db is not None, "prove comes first"  # noqa: S101 - a programming error
        if self._pieces:
            self._pieces.note_wal()
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._db

    @override
    def _follow_batch(self, db: sqlite3.Connection, writer: FactWriter, now: Second | None) -> bool:
        is_last = super()._follow_batch(db, writer, now)
        if self._pieces and has_wal(self._path, longer_than=WAL_LIMIT):
            self._write_back()
        return is_last

    @override
    def _disconnect(self) -> None:
        super()._disconnect()
        if self._pieces:
            self._pieces.close()
        self._pieces = None


def _read_evaluation(db: sqlite3.Connection) -> int:
    return db.execute("SELECT evaluation FROM state").fetchone()[0]
