"""The views: they follow the log from a position, rows and position in one transaction.

Anyone may delete `views.db`; it comes back identical. Any process may advance it, one at a time. Views that belong
to another log, another version or another cut of the service day are rebuilt beside and put in place at once.
"""

import logging
import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.log.errors import CannotOpen
from domain.log.event_log import EventLog
from domain.log.lenient import UndecodableEvent
from domain.log.read_connection import is_refused_by_disk
from domain.log.writer_lock import LOCK_TIMEOUT, WriterLock
from domain.spans import Second
from projections.engine.build import (
    BATCH,
    build,
    connect,
    fingerprint_policies,
    load_unit,
    project_batch,
    read_policy_fingerprint,
    read_position,
    recompute_views,
    sidecar_path,
    sync_file,
    transaction,
)
from projections.engine.day_facts import DayFacts, build_runs, load_links
from projections.engine.quarantine import list_quarantine
from projections.evaluation.facts import Person, RunFacts, UnitInForce
from projections.projectors.fact_writer import FactWriter
from projections.projectors.tables import VERSION

LOG = logging.getLogger(__name__)

DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""What SQLite says of a file whose pages are not as it left them."""


class ViewsDamaged(Exception):
    """The file of the views cannot be read as it is; the log is not touched by that."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason
        """`reason`: SQLite's own text."""


def _log_quarantined(found: UndecodableEvent) -> None:
    LOG.warning("in quarantine: %s", found)


class Views:
    """The read models of one log."""

    def __init__(
        self,
        log: EventLog,
        path: Path,
        timeout: float = LOCK_TIMEOUT,
        on_quarantine: Callable[[UndecodableEvent], None] | None = None,
    ) -> None:
        """Views at `path`, which need not exist; `timeout` is how many seconds they wait for another process.

        `on_quarantine` is called with each event that is put into quarantine here; by default it is logged.
        """
        self._log = log
        self._path = path
        self._timeout = timeout
        self._memory: ExitStack | None = None
        """What holds the scratch folder in which these views go on where the disk takes no byte more."""
        self._on_quarantine = on_quarantine or _log_quarantined
        self._db: sqlite3.Connection | None = None
        self._writer: FactWriter | None = None
        self._left_at = 0
        """The position at which this process left the views; elsewhere, another has advanced them since."""
        self._inode = 0
        try:
            self._lock = WriterLock(path, timeout)
        except CannotOpen as refused:
            if not is_refused_by_disk(refused):
                raise
            self._move_to_memory()

    def close(self) -> None:
        """Give the files back."""
        if self._db is not None:
            with self._lock.hold():
                self._db.close()
        self._db = None
        self._lock.close()
        if self._memory:
            self._memory.close()

    def __enter__(self) -> "Views":
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
            if self._memory or not is_refused_by_disk(refused):
                raise
            LOG.warning("%s cannot be written (%s): read models are built in memory", self._path, refused)
            self._leave_disk()
            self._catch_up(now)

    def _leave_disk(self) -> None:
        if self._db is not None:
            self._db.close()
        self._lock.close()
        self._move_to_memory()

    def _move_to_memory(self) -> None:
        self._memory = ExitStack()
        self._path = self._memory.enter_context(self._log.hold_views_folder(in_memory=True)) / self._path.name
        self._db = self._writer = None
        self._lock = WriterLock(self._path, self._timeout)

    def _catch_up(self, now: Second | None) -> None:
        with self._lock.hold():
            db = self._reconnect()
            if db is None or self._is_outdated(db):
                self._rebuild(now)
                return
            try:
                begins = read_position(db)
                self._advance(db, now)
                self._report_quarantine(begins)
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode not in DAMAGE:
                    raise
                self._rebuild(now)

    def _report_quarantine(self, after: int) -> None:
        if self._db is not None:
            for found in list_quarantine(self._db, after):
                self._on_quarantine(found)

    def _advance(self, db: sqlite3.Connection, now: Second | None) -> None:
        writer, self._writer = self._writer, None
        if writer is None or read_position(db) != self._left_at:
            writer = FactWriter(db, load_unit(self._log, db, None))
        while True:
            with transaction(db):
                projected = project_batch(self._log, db, writer)
            if writer.rules_changed:
                writer.unit = load_unit(self._log, db, None, read_position(db))
                if read_policy_fingerprint(db) != fingerprint_policies(writer.unit.policies):
                    self._rebuild(now)
                    return
            writer.rules_changed = False
            if projected < BATCH:
                break
        with transaction(db):
            recompute_views(db, writer.unit, now)
        self._writer, self._left_at = writer, read_position(db)

    def _rebuild(self, now: Second | None) -> None:
        scratch = self._path.with_name(self._path.name + ".new")
        for path in (scratch, sidecar_path(scratch, "-wal"), sidecar_path(scratch, "-shm")):
            path.unlink(missing_ok=True)
        if self._db is not None:
            self._db.close()
            self._db = None
        build(self._log, scratch, now)
        sync_file(scratch)
        for suffix in ("-wal", "-shm"):
            sidecar_path(self._path, suffix).unlink(missing_ok=True)
        scratch.replace(self._path)
        self._writer = None
        self._reconnect()
        self._report_quarantine(0)

    # --- The file ---

    def _reconnect(self) -> sqlite3.Connection | None:
        """The connection to the file that stands there now, which another process may have put there."""
        try:
            inode = self._path.stat().st_ino
        except FileNotFoundError:
            return None
        if self._db is not None and inode == self._inode:
            return self._db
        if self._db is not None:
            self._db.close()
        try:
            self._db, self._writer, self._inode = connect(self._path), None, inode
        except sqlite3.DatabaseError:
            self._db = None
        return self._db

    def _is_outdated(self, db: sqlite3.Connection) -> bool:
        """Whether these rows are of another version or program, of another log, or ahead of this one."""
        try:
            *built_by, position = db.execute("SELECT version, log_id, program, position FROM state").fetchone()
        except (sqlite3.DatabaseError, TypeError):
            return True
        mine = [VERSION, self._log.log_id.hex, self._log.fingerprint]
        return built_by != mine or position > self._log.head().position

    # --- Reading ---

    def rows(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> Iterator[Any]:
        """Rows of a read model, as of the last `catch_up`. Raises: ViewsDamaged."""
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        try:
            yield from self._db.execute(query, values)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in DAMAGE:
                raise
            raise ViewsDamaged(self._path, str(error)) from error

    @contextmanager
    def hold_snapshot(self) -> Generator[None]:
        """Read one state of the views in here, however far other processes advance them meanwhile."""
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        db = self._db
        if db.in_transaction:
            yield
            return
        db.execute("BEGIN")
        try:
            read_position(db)  # SQLite takes the snapshot at the first read
            yield
        finally:
            db.rollback()

    @property
    def quarantine(self) -> list[UndecodableEvent]:
        """The events that these views had to do without."""
        return [UndecodableEvent(*row) for row in self.rows("SELECT * FROM quarantine ORDER BY position")]

    @property
    def evaluated_at(self) -> Second:
        """The instant as of which everything here is evaluated."""
        return next(self.rows("SELECT reckoned_at FROM state"))[0]

    @property
    def position(self) -> int:
        """How far in the log these views are."""
        return next(self.rows("SELECT position FROM state"))[0]

    def load_day_facts(self, volunteer: int, day: int, as_of: Second | None) -> tuple[RunFacts, Person, UnitInForce]:
        """What a volunteer's day is evaluated from: its facts and those of the days that belong to it."""
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        unit = load_unit(self._log, self._db, as_of, read_position(self._db))
        whose = f"WHERE volunteer = {volunteer:d}"
        (run,) = build_runs([(volunteer, day)], load_links(self._db, whose), unit)
        facts = DayFacts.of(self._db, unit, f"{whose} AND day BETWEEN {run[1]} AND {run[2]}", whose)
        return facts.collect_run(run), facts.people[volunteer], unit

    def find_key(self, volunteer_id: UUID) -> int | None:
        """The small integer of a volunteer, None for one that the log does not know."""
        row = next(self.rows("SELECT key FROM people WHERE volunteer=?", (volunteer_id.bytes,)), None)
        return row[0] if row else None


def measure_lag(log: EventLog, path: Path) -> int | None:
    """Events that views have not followed yet; None where they are missing, damaged, or would be rebuilt."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            version, log_id, position = db.execute("SELECT version, log_id, position FROM state").fetchone()
    except (sqlite3.Error, TypeError):
        return None
    ahead = log.head().position - position
    return None if version != VERSION or log_id != log.log_id.hex or ahead < 0 else ahead
