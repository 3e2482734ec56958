"""The views: they follow the log from a position, rows and position in one transaction.

`views.db` may be deleted; it comes back identical. Any process may advance it, one at a time. Views that belong
to another log, another version or another cut of the service day, or that are not as they were left, are rebuilt
beside and put in place at once.
"""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from domain.log.errors import CannotOpen
from domain.log.event_log import EventLog
from domain.log.lenient import UndecodableEvent
from domain.log.read_connection import is_refused_by_disk
from domain.log.writer_lock import LOCK_TIMEOUT, WriterLock
from domain.spans import Second
from projections.engine.build import (
    OtherServiceDays,
    connect,
    follow_batch,
    is_built_for,
    sync_file,
)
from projections.engine.damage import find_damage
from projections.engine.day_digests import are_days_intact
from projections.engine.loading import load_unit, read_position
from projections.engine.new_views import OnProgress, build_or_resume, ignore_progress
from projections.engine.quarantine import list_quarantine
from projections.engine.readable_views import ReadableViews
from projections.engine.seal import (
    Seal,
    count_foreign_writes,
    hold_new_database,
    remove_database,
    remove_sidecars,
    sidecar_path,
)
from projections.projectors.fact_writer import FactWriter

LOG = logging.getLogger(__name__)


def _log_quarantined(found: UndecodableEvent) -> None:
    LOG.warning("in quarantine: %s", found)


def _log_damage(path: Path) -> None:
    LOG.warning("not as it was left, and built anew from the log: %s", path)


class Views(ReadableViews):
    """The read models of one log."""

    is_kept = True
    """Whether the file stays when it is closed, and is sealed then."""
    is_mended = True
    """Whether rows that are not as they were left are replaced; else they are shown, to one who looks for them."""

    _writer: FactWriter | None = None
    _left_at = 0
    """The position at which this process left the views; elsewhere, another has advanced them since."""
    _inode = 0
    _memory: ExitStack | None = None
    """What holds the scratch folder in which these views go on where the disk takes no byte more."""
    _is_broken = False
    """Whether the file that stands there cannot be read, or is not what was sealed."""
    _proved_at: int | None = None
    """SQLite's count of what other connections wrote, when the file was last known to be as it was left."""
    _now: Second | None = None

    def __init__(
        self,
        log: EventLog,
        path: Path,
        timeout: float = LOCK_TIMEOUT,
        on_quarantine: Callable[[UndecodableEvent], None] | None = None,
        on_damage: Callable[[Path], None] = _log_damage,
        on_progress: OnProgress = ignore_progress,
    ) -> None:
        """Views at `path`, which need not exist; `timeout` is how many seconds they wait for another process.

        `on_quarantine` is called with each event that is put into quarantine here, `on_damage` with the file that was
        not as it was left and has been rebuilt; by default they are logged. `on_progress` is called during a build.
        """
        self._log = log
        self._path = path
        self._timeout = timeout
        self._on_quarantine = on_quarantine or _log_quarantined
        self._on_damage = on_damage
        self._on_progress = on_progress
        self._seal = Seal(path)
        try:
            self._lock = WriterLock(path, timeout)
        except CannotOpen as refused:
            if not is_refused_by_disk(refused):
                raise
            self._move_to_memory()

    def close(self) -> None:
        """Give the files back. The last process to do so seals the file, if it knows it to be as it was left."""
        if self._db is not None:
            with self._lock.hold():
                is_proved = self._is_proved(self._db)
                self._disconnect()
                if is_proved and self.is_kept:
                    self._seal.write()
        self._lock.close()
        if self._memory:
            self._memory.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- Following the log ---

    def catch_up(self, now: Second | None = None) -> None:
        """Bring the views to the head of the log, evaluated as of `now`; None means the last recorded instant.

        On a disk that takes no byte more they are built in memory, and stay there until they are closed.
        Raises: LogBusy while another process holds them longer than the timeout; CannotWrite where memory is full too.
        """
        try:
            self._catch_up(now)
        except (sqlite3.OperationalError, OSError, CannotOpen) as refused:
            self._leave_disk(refused)
            self._catch_up(now)

    def _leave_disk(self, refused: Exception) -> None:
        """Go on in memory, where it is the disk that refused; else raise that error."""
        if self._memory or not is_refused_by_disk(refused):
            raise refused
        LOG.warning("%s cannot be written (%s): read models are built in memory", self._path, refused)
        self._disconnect()
        remove_database(sidecar_path(self._path, ".new"))
        self._lock.close()
        self._move_to_memory()

    def _move_to_memory(self) -> None:
        self._memory = ExitStack()
        self._path = self._memory.enter_context(self._log.hold_views_folder(in_memory=True)) / self._path.name
        self._db = self._writer = None
        self._seal = Seal(self._path)
        self._lock = WriterLock(self._path, self._timeout)

    def _catch_up(self, now: Second | None) -> None:
        with self._lock.hold():
            self._now = now
            db = self._reconnect()
            if db is None or self._is_outdated(db):
                self._rebuild(now, damaged=self._is_broken)
                return
            try:
                begins = read_position(db)
                self._advance(db, now)
                self._report_quarantine(begins)
            except Exception as error:
                if find_damage(error) is None:
                    raise
                self._rebuild(now, damaged=True)

    def _report_quarantine(self, after: int) -> None:
        for found in list_quarantine(self._db, after) if self._db else ():
            self._on_quarantine(found)

    def _advance(self, db: sqlite3.Connection, now: Second | None) -> None:
        writer, self._writer = self._writer, None
        if writer is None or read_position(db) != self._left_at:
            writer = FactWriter(db, load_unit(self._log, db, None))
        try:
            while not self._follow_batch(db, writer, now):
                pass
        except OtherServiceDays:
            self._rebuild(now)
            return
        self._writer, self._left_at = writer, read_position(db)

    def _follow_batch(self, db: sqlite3.Connection, writer: FactWriter, now: Second | None) -> bool:
        """Follow the log by a batch; whether it was the last."""
        return follow_batch(self._log, db, writer, now)

    def rebuild(self) -> None:
        """Build them again from the log: they were not as they had been left. A snapshot goes on with the new rows."""
        held = self._db is not None and self._db.in_transaction
        try:
            with self._lock.hold():
                self._rebuild(self._now, damaged=True)
        except (sqlite3.OperationalError, OSError, CannotOpen) as refused:
            self._leave_disk(refused)
            self._catch_up(self._now)
        if held:
            self._take_snapshot()

    def replace_with(self, write_copy: Callable[[Path], None], *, damaged: bool) -> None:
        """Put in their place the file that `write_copy` makes at a path; `damaged`: they were not as they should be.

        No other process waits while it is made: of a city that takes a minute. Where it cannot be made, damaged ones
        are removed all the same: they come back from the log. Raises: as `write_copy`; LogBusy, OSError.
        """
        try:
            with hold_new_database(sidecar_path(self._path, ".copy")) as copy:
                write_copy(copy)
                with self._lock.hold():
                    self._disconnect()
                    self._put_in_place(copy, damaged=damaged)
        except (sqlite3.OperationalError, OSError):
            if damaged:
                with self._lock.hold():
                    self._disconnect()
                    remove_database(self._path)
                self._on_damage(self._path)
            raise

    def _rebuild(self, now: Second | None, *, damaged: bool = False) -> None:
        scratch = sidecar_path(self._path, ".new")
        self._disconnect()
        if not self.is_kept:  # else what was begun there may go on
            remove_database(scratch)
        is_current = build_or_resume(self._log, scratch, now, self._on_progress)
        self._put_in_place(scratch, damaged=damaged)
        self._report_quarantine(0)
        if self._db is not None and not is_current:
            self._advance(self._db, now)

    def _put_in_place(self, scratch: Path, *, damaged: bool) -> None:
        """A whole file that is known to be right takes the place of the views; other processes notice."""
        sync_file(scratch)
        remove_sidecars(scratch)
        remove_sidecars(self._path)
        self._seal.remove()
        scratch.replace(self._path)
        db = self._reconnect()
        self._proved_at = None if db is None else count_foreign_writes(db)
        if damaged:
            self._on_damage(self._path)

    # --- The file ---

    def _reconnect(self) -> sqlite3.Connection | None:
        """The connection to the file that stands there now, which another process may have put there."""
        self._is_broken = False
        try:
            inode = self._path.stat().st_ino
        except FileNotFoundError:
            return None
        if self._db is not None and inode == self._inode:
            return self._db
        self._disconnect()
        is_as_left = self._seal.fits() if self.is_kept else None
        if is_as_left is False and self.is_mended:
            self._is_broken = True
            return None
        self._seal.remove()
        try:
            self._db, self._inode = connect(self._path), inode
            self._proved_at = count_foreign_writes(self._db) if is_as_left else None
        except sqlite3.DatabaseError:
            self._disconnect()
            self._is_broken = True
        return self._db

    def _disconnect(self) -> None:
        if self._db is not None:
            self._db.close()
        self._db, self._writer, self._proved_at = None, None, None

    def _is_proved(self, db: sqlite3.Connection) -> bool:
        """Whether the file was found as it was left, and no other process has written to it since."""
        return self._proved_at is not None and self._proved_at == count_foreign_writes(db)

    def _is_outdated(self, db: sqlite3.Connection) -> bool:
        """Whether these rows are of another version or program, of another log, or ahead of this one."""
        try:
            return not is_built_for(db, self._log)
        except (sqlite3.DatabaseError, TypeError):
            self._is_broken = True
        return True

    # --- Reading ---

    def ensure_intact(self, first: int, last: int, volunteer: int | None = None) -> None:
        """Compare days, of one volunteer or all, with their digests; where they differ, rebuild everything once.

        To be called before these days are read; views that no other program can have changed are not compared.
        """
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        try:
            is_shared = self.is_kept and self.is_mended and not self._is_proved(self._db)
            if not is_shared or are_days_intact(self._db, first, last, volunteer):
                return
        except sqlite3.DatabaseError as error:
            if find_damage(error) is None:
                raise
        self.rebuild()
