"""The views: they follow the log from a position, rows and position in one transaction.

Anyone may delete `views.db`; it comes back identical. Any process may advance it, one at a time. Views that belong
to another log, another version or another cut of the service day are built anew beside and put in place at once.
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.log.event_log import EventLog
from domain.log.no_collection import NoCollection
from domain.log.writer_lock import WriterLock
from domain.policy import Policies
from domain.spans import Second
from projections.facts_of_days import Facts, links, runs_of
from projections.feed import batch
from projections.filing.cabinet import Cabinet
from projections.filing.filing import file
from projections.reckoning.facts import EventWindow, Person, RunFacts, UnitInForce
from projections.settling import mark_due, settle_all, settle_stale
from projections.tables import DERIVED, FACTS, INDEXES, VERSION
from projections.unit_in_force import read_unit

BATCH = 1_000
"""Events filed at once. Measured: what fits a cache is filed a tenth faster than 10,000."""
CHECKPOINT_PAGES = 1_000
"""After so many pages a commit, which holds the lock, copies the WAL: some hundred taps, of which one waits for it."""

DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""What SQLite says of a file whose pages are not as it left them."""


class ViewsDamaged(Exception):
    """The file of the views cannot be read as it is; the log is not touched by that."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} is damaged ({why}): delete it, it comes back from the log")


class Views:
    """The read models of one log."""

    def __init__(self, log: EventLog, path: Path) -> None:
        """Views at `path`, which need not exist."""
        self._log = log
        self._path = path
        self._lock = WriterLock(path)
        self._db: sqlite3.Connection | None = None
        self._cabinet: Cabinet | None = None
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
        """Bring the views to the head of the log, reckoned as of `now`; None means the last recorded instant."""
        with self._lock.held():
            db = self._connected()
            if db is None or self._outdated(db):
                self._build_anew(now)
                return
            try:
                self._advance(db, now)
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode not in DAMAGE:
                    raise
                self._build_anew(now)

    def _advance(self, db: sqlite3.Connection, now: Second | None) -> None:
        cabinet = self._cabinet or Cabinet(db, unit_of(self._log, db, None))
        self._cabinet = cabinet
        while True:
            with _transaction(db):
                filed = _file_batch(self._log, db, cabinet, None, None)
            if cabinet.rules_changed:
                cabinet.unit = unit_of(self._log, db, None)
                if _filed_by(db) != filing_of(cabinet.unit.policies):
                    self._build_anew(now)
                    return
            cabinet.rules_changed = False
            if filed < BATCH:
                break
        with _transaction(db):
            _reckon(db, cabinet.unit, now)

    def _build_anew(self, now: Second | None) -> None:
        scratch = self._path.with_name(self._path.name + ".new")
        for path in (scratch, _beside(scratch, "-wal"), _beside(scratch, "-shm")):
            path.unlink(missing_ok=True)
        if self._db is not None:
            self._db.close()
            self._db = None
        build(self._log, scratch, now)
        for suffix in ("-wal", "-shm"):
            _beside(self._path, suffix).unlink(missing_ok=True)
        scratch.replace(self._path)
        self._cabinet = None
        self._connected()

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
            self._db, self._cabinet, self._inode = _connect(self._path), None, inode
        except sqlite3.DatabaseError:
            self._db = None
        return self._db

    def _outdated(self, db: sqlite3.Connection) -> bool:
        """Whether these rows are of another version, another log, or ahead of this one."""
        try:
            version, log_id, position = db.execute("SELECT version, log_id, position FROM state").fetchone()
        except (sqlite3.DatabaseError, TypeError):
            return True
        return version != VERSION or log_id != self._log.log_id.hex or position > self._log.head().position

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


def build(
    log: EventLog, path: Path, now: Second | None = None, *, as_of: Second | None = None, upto: int | None = None
) -> None:
    """Views of a log in a new file: up to a position, or what it said at a recorded instant; by default to its end.

    Everything is filed before anything is reckoned, each day once: memory is constant, however long the log.
    """
    db = _connect(path, scratch=True)
    with contextlib.closing(db), NoCollection():
        db.executescript(FACTS + DERIVED)
        cabinet = Cabinet(db, unit_of(log, db, as_of), fresh=True)
        filed_by = filing_of(cabinet.unit.policies)
        db.execute("INSERT INTO state VALUES (?,?,0,0,0,?)", (VERSION, log.log_id.hex, filed_by))
        upto = log.head().position if upto is None else upto
        with _transaction(db):
            while _file_batch(log, db, cabinet, upto, as_of) == BATCH:
                pass
            cabinet.unit = unit_of(log, db, as_of)
            _reckon(db, cabinet.unit, now if as_of is None else as_of, fresh=True)
        db.executescript(INDEXES)
    _flush(path)


def _file_batch(log: EventLog, db: sqlite3.Connection, cabinet: Cabinet, upto: int | None, as_of: Second | None) -> int:
    """File the next batch, and with it the position; how many events it held."""
    position, last = db.execute("SELECT position, last_recorded FROM state").fetchone()
    read = batch(log, position, BATCH, upto, as_of)
    if read.length:
        file(read.told, cabinet)
        db.execute("UPDATE state SET position=?, last_recorded=?", (read.position, max(last, read.last_recorded)))
    return read.length


def _reckon(db: sqlite3.Connection, unit: UnitInForce, now: Second | None, *, fresh: bool = False) -> None:
    """Reckon what is stale or due; in `fresh` views, everything. Without `now`, as of the last recorded instant."""
    position, last_recorded = db.execute("SELECT position, last_recorded FROM state").fetchone()
    instant: Second = last_recorded if now is None else now
    if fresh:
        settle_all(db, unit, instant, position)
    else:
        mark_due(db, instant)
        settle_stale(db, unit, instant, position)
    db.execute("UPDATE state SET reckoned_at=?", (instant,))


def unit_of(log: EventLog, db: sqlite3.Connection, as_of: Second | None) -> UnitInForce:
    """The unit's rules and its events, as filed so far."""
    rows = db.execute("SELECT event, day, starts, ends, category, listed, position FROM events ORDER BY starts, event")
    events = [
        EventWindow(event, day, starts, ends, category, frozenset(json.loads(listed)) if listed else None, position)
        for event, day, starts, ends, category, listed, position in rows
    ]
    return read_unit(log, as_of, events)


def filing_of(policies: Policies) -> str:
    """What a tap is filed by: when days end, how far a tap reaches. When it changes, all are filed anew."""
    return repr((policies.day_ends, policies.longest_debounce))


def _filed_by(db: sqlite3.Connection) -> str:
    return db.execute("SELECT filed_by FROM state").fetchone()[0]


def _connect(path: Path, *, scratch: bool = False) -> sqlite3.Connection:
    """A private file: views name nobody, but who was where when is nobody else's business."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    db = sqlite3.connect(path, isolation_level=None, cached_statements=256, check_same_thread=False)
    db.execute("PRAGMA trusted_schema=OFF")
    db.execute("PRAGMA temp_store=MEMORY")
    if scratch:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-65536"):
            db.execute(f"PRAGMA {pragma}")
    else:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    return db


def _flush(path: Path) -> None:
    """The disk holds the file before it is put in place: nothing of it was synchronised while it was made."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _transaction(db: sqlite3.Connection) -> Generator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
