"""The views: they follow the log from a position, rows and position in one transaction.

Anyone may delete `views.db`; it comes back identical. Any process may advance it, one at a time. Views that belong
to another log, another version or another cut of the service day are built anew beside and put in place at once.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.log.event_log import EventLog
from domain.log.lenient import Illegible
from domain.log.writer_lock import PATIENCE, WriterLock
from domain.spans import Second
from projections.engine.build import (
    BATCH,
    beside,
    build,
    connect,
    file_batch,
    filed_by,
    filing_of,
    flush,
    position_of,
    reckon_stale,
    transaction,
    unit_of,
)
from projections.engine.day_facts import Facts, links, runs_of
from projections.engine.quarantine import in_quarantine
from projections.evaluation.facts import Person, RunFacts, UnitInForce
from projections.projectors.fact_writer import Cabinet
from projections.projectors.tables import VERSION

LOG = logging.getLogger(__name__)

DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""What SQLite says of a file whose pages are not as it left them."""


class ViewsDamaged(Exception):
    """The file of the views cannot be read as it is; the log is not touched by that."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} is damaged ({why}): delete it, it comes back from the log")


def _told_in_messages(found: Illegible) -> None:
    LOG.warning("in quarantine: %s", found)


class Views:
    """The read models of one log."""

    def __init__(
        self, log: EventLog, path: Path, patience: float = PATIENCE, tell: Callable[[Illegible], None] | None = None
    ) -> None:
        """Views at `path`, which need not exist; `patience` is how many seconds they wait for another process.

        `tell` hears of each event that is put into quarantine here; by default it goes to the log of messages.
        """
        self._log = log
        self._path = path
        self._lock = WriterLock(path, patience)
        self._tell = tell or _told_in_messages
        self._db: sqlite3.Connection | None = None
        self._cabinet: Cabinet | None = None
        self._left_at = 0
        """The position at which this process left the views; elsewhere, another has advanced them since."""
        self._inode = 0

    def close(self) -> None:
        """Give the files back."""
        if self._db is not None:
            with self._lock.held():
                self._db.close()
        self._db = None
        self._lock.close()

    def __enter__(self) -> "Views":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- Following the log ---

    def catch_up(self, now: Second | None = None) -> None:
        """Bring the views to the head of the log, reckoned as of `now`; None means the last recorded instant.

        Raises: LogBusy while another process takes longer over it than our patience.
        """
        with self._lock.held():
            db = self._connected()
            if db is None or self._outdated(db):
                self._build_anew(now)
                return
            try:
                begins = position_of(db)
                self._advance(db, now)
                self._tell_of_quarantine(begins)
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode not in DAMAGE:
                    raise
                self._build_anew(now)

    def _tell_of_quarantine(self, after: int) -> None:
        if self._db is not None:
            for found in in_quarantine(self._db, after):
                self._tell(found)

    def _advance(self, db: sqlite3.Connection, now: Second | None) -> None:
        cabinet, self._cabinet = self._cabinet, None
        if cabinet is None or position_of(db) != self._left_at:
            cabinet = Cabinet(db, unit_of(self._log, db, None))
        while True:
            with transaction(db):
                filed = file_batch(self._log, db, cabinet)
            if cabinet.rules_changed:
                cabinet.unit = unit_of(self._log, db, None)
                if filed_by(db) != filing_of(cabinet.unit.policies):
                    self._build_anew(now)
                    return
            cabinet.rules_changed = False
            if filed < BATCH:
                break
        with transaction(db):
            reckon_stale(db, cabinet.unit, now)
        self._cabinet, self._left_at = cabinet, position_of(db)

    def _build_anew(self, now: Second | None) -> None:
        scratch = self._path.with_name(self._path.name + ".new")
        for path in (scratch, beside(scratch, "-wal"), beside(scratch, "-shm")):
            path.unlink(missing_ok=True)
        if self._db is not None:
            self._db.close()
            self._db = None
        build(self._log, scratch, now)
        flush(scratch)
        for suffix in ("-wal", "-shm"):
            beside(self._path, suffix).unlink(missing_ok=True)
        scratch.replace(self._path)
        self._cabinet = None
        self._connected()
        self._tell_of_quarantine(0)

    # --- The file ---

    def _connected(self) -> sqlite3.Connection | None:
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
            self._db, self._cabinet, self._inode = connect(self._path), None, inode
        except sqlite3.DatabaseError:
            self._db = None
        return self._db

    def _outdated(self, db: sqlite3.Connection) -> bool:
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

    @property
    def quarantine(self) -> list[Illegible]:
        """The events that these views had to do without."""
        return [Illegible(*row) for row in self.rows("SELECT * FROM quarantine ORDER BY position")]

    @property
    def reckoned_at(self) -> Second:
        """The instant as of which everything here is reckoned."""
        return next(self.rows("SELECT reckoned_at FROM state"))[0]

    @property
    def position(self) -> int:
        """How far in the log these views are."""
        return next(self.rows("SELECT position FROM state"))[0]

    def facts_of(self, volunteer: int, day: int, as_of: Second | None) -> tuple[RunFacts, Person, UnitInForce]:
        """What a volunteer's day is reckoned from: its facts and those of the days that belong to it."""
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        unit = unit_of(self._log, self._db, as_of)
        whose = f"WHERE volunteer = {volunteer:d}"
        (run,) = runs_of([(volunteer, day)], links(self._db, whose), unit)
        facts = Facts.of(self._db, unit, f"{whose} AND day BETWEEN {run[1]} AND {run[2]}", whose)
        return facts.of_run(run), facts.people[volunteer], unit

    def key_of(self, volunteer_id: UUID) -> int | None:
        """The small integer of a volunteer, None for somebody that the log does not know."""
        row = next(self.rows("SELECT key FROM people WHERE volunteer=?", (volunteer_id.bytes,)), None)
        return row[0] if row else None
