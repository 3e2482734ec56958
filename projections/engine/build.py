"""What views are built with: their file and its transactions, batches of facts, the days evaluated after them."""

import contextlib
import os
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from domain.log.chain import GENESIS, Head
from domain.log.event_log import EventLog
from domain.log.gc_pause import PausedCollection
from domain.policy import Policies
from domain.spans import Second
from projections.engine.fact_history import HISTORY, count_room_in_page, keep_history, write_page
from projections.engine.loading import load_unit, read_position
from projections.engine.noted_unit import note_rules
from projections.engine.quarantine import project_lenient, write_quarantine
from projections.engine.recompute import (
    mark_due,
    mark_premature,
    recompute_stale,
    recompute_volunteers,
)
from projections.evaluation.facts import UnitInForce
from projections.projectors.dispatch import project
from projections.projectors.fact_writer import FactWriter
from projections.projectors.feed import read_batch
from projections.projectors.tables import (
    DERIVED,
    DERIVED_INDEXES,
    DERIVED_TABLES,
    EVALUATION_VERSION,
    FACTS,
    FACTS_VERSION,
)

BATCH = 500
"""Events projected at once. Measured: a batch that fits a cache of 512 KB is filed a twentieth faster than 1,000."""
CHECKPOINT_PAGES = 1_000
"""After so many pages a commit, which holds the lock, copies the WAL: some hundred taps, of which one waits for it."""

LARGE_CACHE = "cache_size=-65536"
"""64 MB, while all days are evaluated, and in the night: pages that are filled one after the other are written once."""


def create_tables(log: EventLog, db: sqlite3.Connection, as_of: Second | None, upto: int | None = None) -> FactWriter:
    """Empty tables, and who files into them."""
    db.executescript(f"BEGIN;{FACTS + HISTORY + DERIVED}COMMIT;")
    writer = FactWriter(db, load_unit(log, db, as_of, upto), fresh=True)
    filed_by = fingerprint_policies(writer.unit.policies)
    built_by = (FACTS_VERSION, log.log_id.hex, filed_by, log.fingerprint, EVALUATION_VERSION, GENESIS)
    db.execute("INSERT INTO state VALUES (?,?,0,0,0,?,?,?,?)", built_by)
    return writer


def project_batch(
    log: EventLog,
    db: sqlite3.Connection,
    writer: FactWriter,
    upto: int | None = None,
    as_of: Second | None = None,
    *,
    is_lenient: bool = True,
) -> bool:
    """File the next batch, and with it the position; whether the log may go on behind it.

    Raises: one of `PROJECTION_ERRORS` where it is not lenient and an event cannot be applied; the caller goes back.
    """
    position, last = db.execute("SELECT position, last_recorded FROM state").fetchone()
    limit = min(BATCH, count_room_in_page(position))
    read = read_batch(log, position, limit, upto, as_of)
    if read.length:
        if as_of is None:
            keep_history(writer)
        writer.received = read.received
        unfit = (project_lenient if is_lenient else project)(read.events, writer) or ()
        if as_of is None:
            write_page(db, (position + 1, read.position), (read.first_recorded, read.last_recorded), writer.take_days())
        if unfit or read.undecodable:
            write_quarantine(log, db, read.undecodable, unfit)
        end = (read.position, log.chain_at(read.position), max(last, read.last_recorded))
        db.execute("UPDATE state SET position=?, chain=?, last_recorded=?", end)
    return read.length == limit


class OtherServiceDays(Exception):
    """The rules cut the service day otherwise than those by which facts were filed: all have to be filed anew."""


def follow_batch(log: EventLog, db: sqlite3.Connection, writer: FactWriter, now: Second | None) -> bool:
    """File the next batch, and with the last of them evaluate what is stale or due; whether it was the last.

    In one transaction, so that no reader finds a position without its rows. Raises: OtherServiceDays.
    """
    with transaction(db):
        is_last = not project_batch(log, db, writer)
        if writer.rules_changed:
            writer.unit = load_unit(log, db, None, read_position(db))
            if read_policy_fingerprint(db) != fingerprint_policies(writer.unit.policies):
                raise OtherServiceDays
            note_rules(db, writer.unit)
            writer.rules_changed = False
        if is_last:
            recompute_views(db, writer.unit, now)
        return is_last


def recompute_views(db: sqlite3.Connection, unit: UnitInForce, now: Second | None) -> None:
    """Evaluate what is stale or due; by other rules than before, everything.

    Without `now`, as of the last recorded instant.
    """
    position, last_recorded, evaluated_at, evaluation = db.execute(_STATE).fetchone()
    instant: Second = last_recorded if now is None else now
    if evaluation != EVALUATION_VERSION:
        _evaluate_anew(db, unit, instant, position)
        note_rules(db, unit)
    else:
        mark_due(db, instant)
        mark_premature(db, unit, instant, evaluated_at)
        recompute_stale(db, unit, instant, position)
    db.execute("UPDATE state SET reckoned_at=?", (instant,))


_STATE = "SELECT position, last_recorded, reckoned_at, evaluation FROM state"


def _evaluate_anew(db: sqlite3.Connection, unit: UnitInForce, now: Second, position: int) -> None:
    """Evaluate every day by the rules of this program, from facts that stay as they were filed.

    Rows that come out as they stand stay too; where the program that wrote them had other tables, none do.
    """
    (cache,) = db.execute("PRAGMA cache_size").fetchone()
    db.execute(f"PRAGMA {LARGE_CACHE}")
    are_kept = _has_tables_of_results(db)
    if are_kept:
        db.execute("DELETE FROM due")
        db.execute("DELETE FROM touched")
    else:
        for table in DERIVED_TABLES:
            db.execute(f"DROP TABLE IF EXISTS {table}")
        execute_each(db, DERIVED)
    (people,) = db.execute("SELECT coalesce(max(key), 0) FROM people").fetchone()
    with PausedCollection():
        recompute_volunteers(db, unit, now, position, range(1, people + 1))
    if not are_kept:
        execute_each(db, DERIVED_INDEXES)
    db.execute("DELETE FROM stale")
    db.execute("UPDATE state SET evaluation=?", (EVALUATION_VERSION,))
    db.execute(f"PRAGMA cache_size={cache}")


def _has_tables_of_results(db: sqlite3.Connection) -> bool:
    """Whether they and their indexes are as this program makes them."""
    made = db.execute("SELECT tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    wanted = {statement.strip() for statement in (DERIVED + DERIVED_INDEXES).split(";")}
    return {sql for table, sql in made if table in DERIVED_TABLES} == wanted - {""}


def execute_each(db: sqlite3.Connection, statements: str) -> None:
    """Statements inside the transaction that is open: a script would commit it."""
    for statement in statements.split(";"):
        db.execute(statement)


def fingerprint_policies(policies: Policies) -> str:
    """What decides where facts are filed, and which days belong together. When it changes, all are filed again."""
    return repr((policies.day_ends, policies.longest_debounce, policies.longest_early_window))


def is_built_for(db: sqlite3.Connection, log: EventLog) -> bool:
    """Whether views are of this version and program, and of events that this log has. Raises: DatabaseError, TypeError.

    A file that was copied back has the name of its log, and may have grown another way to the same length since.
    """
    if db.execute("SELECT version FROM state").fetchone() != (FACTS_VERSION,):
        return False
    *built_by, position, chain = db.execute("SELECT log_id, program, position, chain FROM state").fetchone()
    return built_by == [log.log_id.hex, log.fingerprint] and log.find_objection(Head(position, chain)) is None


def read_policy_fingerprint(db: sqlite3.Connection) -> str:
    """What these views were filed by, as `filing_of` says it."""
    return db.execute("SELECT filed_by FROM state").fetchone()[0]


def measure_lag(log: EventLog, path: Path) -> int | None:
    """Events that views have not followed yet; None where they are missing, damaged, or would be rebuilt."""
    if not path.exists():
        return None
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            version, log_id, position = db.execute("SELECT version, log_id, position FROM state").fetchone()
    except (sqlite3.Error, TypeError):
        return None
    ahead = log.head().position - position
    return None if version != FACTS_VERSION or log_id != log.log_id.hex or ahead < 0 else ahead


def connect(path: Path, *, scratch: bool = False, journal: str = "DELETE") -> sqlite3.Connection:
    """A private file: views hold no name, but who was where when is personal all the same.

    A `scratch` file is not synchronised, and belongs to this connection alone; `journal` is where it can go back to.
    """
    with contextlib.suppress(FileExistsError):  # one that is there is not opened here: see `is_open_here`
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    db = sqlite3.connect(path, isolation_level=None, cached_statements=256, check_same_thread=False)
    db.execute("PRAGMA trusted_schema=OFF")
    db.execute("PRAGMA temp_store=MEMORY")
    if scratch:
        for pragma in (f"journal_mode={journal}", "synchronous=OFF", "locking_mode=EXCLUSIVE", LARGE_CACHE):
            db.execute(f"PRAGMA {pragma}")
    else:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    return db


def sync_file(path: Path) -> None:
    """The disk holds a file before it is put in place: nothing of it was synchronised while it was built."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def transaction(db: sqlite3.Connection) -> Generator[None]:
    """All or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()
