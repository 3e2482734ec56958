"""New views of a log: all facts are written before any day is evaluated, each day once.

Memory is constant, however long the log. Facts are kept page by page, then the days of some volunteers at a time, so
that a build that was interrupted can go on.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple
from zlib import crc32

from domain.clock import NO_BOOT, read_boot_session
from domain.log.event_log import EventLog
from domain.log.gc_pause import PausedCollection
from domain.spans import Second
from projections.engine.build import (
    connect,
    create_tables,
    execute_each,
    fingerprint_policies,
    is_built_for,
    project_batch,
    read_policy_fingerprint,
    transaction,
)
from projections.engine.loading import load_unit, read_position
from projections.engine.noted_unit import note_rules
from projections.engine.quarantine import PROJECTION_ERRORS
from projections.engine.recompute import find_first_unevaluated, recompute_volunteers
from projections.engine.seal import remove_database
from projections.evaluation.facts import UnitInForce
from projections.projectors.fact_writer import FactWriter
from projections.projectors.tables import DERIVED_INDEXES, EVALUATION_VERSION, FACT_INDEXES, ROSTER_INDEX

PAGE_BATCHES = 200
"""Batches of a page, which is kept whole. What is lost where a build is interrupted takes some seconds."""
PAGE_VOLUNTEERS = 250
"""Volunteers whose days are evaluated, and kept, at once; whole ranges of `VOLUNTEERS_AT_ONCE`."""
PAST_PAGE = 16_384
"""Bytes of a page of views that are queried once and deleted. Measured: built a twentieth faster than with 4,096."""


class BuildProgress(NamedTuple):
    """So much of a stage is done: first events are filed, then the days of volunteers evaluated."""

    stage: Literal["events", "volunteers"]
    done: int
    total: int


OnProgress = Callable[[BuildProgress], None]
"""What is called with it now and then."""


def ignore_progress(progress: BuildProgress) -> None:
    """Show it to nobody."""


FINISHED = 0
"""What `user_version` of views is that are whole; of others, in which boot of the machine they were begun."""


def build(
    log: EventLog,
    path: Path,
    now: Second | None = None,
    *,
    as_of: Second | None = None,
    upto: int | None = None,
    on_progress: OnProgress = ignore_progress,
) -> None:
    """Views of a log in a new file: up to a position, or what it said at a recorded instant; by default to its end.

    Evaluated as of `now`; without it as of that instant, or of the last one recorded.
    All facts are written before any day is evaluated, each day once: memory is constant, however long the log.
    """
    now = as_of if now is None else now
    upto = log.head().position if upto is None else upto
    with closing(connect(path, scratch=True)) as db:
        if as_of is not None:
            db.execute(f"PRAGMA page_size={PAST_PAGE}")
        fill_tables(log, db, create_tables(log, db, as_of, upto), (now, as_of, upto), on_progress)


def fill_tables(
    log: EventLog,
    db: sqlite3.Connection,
    writer: FactWriter,
    asked: tuple[Second | None, Second | None, int],
    on_progress: OnProgress,
) -> None:
    """Go on with new views from where they are, page by page; `asked` are `now`, `as_of` and `upto` of `build`."""
    now, as_of, upto = asked
    with PausedCollection():
        while _project_page(log, db, writer, upto, as_of):
            on_progress(BuildProgress("events", read_position(db), upto))
        writer.unit = load_unit(log, db, as_of, upto)
        _evaluate_page_by_page(db, writer.unit, now, on_progress)
        with transaction(db):
            note_rules(db, writer.unit)
            db.execute("DELETE FROM stale")  # every day was evaluated
            # views of the past are queried once: to scan them is quicker than to index them
            execute_each(db, FACT_INDEXES + DERIVED_INDEXES if as_of is None else ROSTER_INDEX)
            db.execute(f"PRAGMA user_version={FINISHED}")


def _project_page(log: EventLog, db: sqlite3.Connection, writer: FactWriter, upto: int, as_of: Second | None) -> bool:
    """File the next page, whole or not at all; whether there may be another.

    A page with an event that cannot be applied is filed again, and that event put into quarantine.
    """
    try:
        with transaction(db):
            return _project_batches(log, db, writer, upto, as_of, is_lenient=False)
    except PROJECTION_ERRORS:
        writer.discard_pending()
        with transaction(db):
            return _project_batches(log, db, writer, upto, as_of, is_lenient=True)


def _project_batches(
    log: EventLog, db: sqlite3.Connection, writer: FactWriter, upto: int, as_of: Second | None, *, is_lenient: bool
) -> bool:
    """The batches of a page; whether all were full."""
    writer.holds_rows = not is_lenient
    batches = (project_batch(log, db, writer, upto, as_of, is_lenient=is_lenient) for _ in range(PAGE_BATCHES))
    is_full = all(batches)
    writer.flush_rows()
    return is_full


def _evaluate_page_by_page(
    db: sqlite3.Connection, unit: UnitInForce, now: Second | None, on_progress: OnProgress
) -> None:
    """Evaluate every day that is not evaluated yet, some volunteers at a time, all as of one instant."""
    position, last_recorded = db.execute("SELECT position, last_recorded FROM state").fetchone()
    instant: Second = last_recorded if now is None else now
    (people,) = db.execute("SELECT coalesce(max(key), 0) FROM people").fetchone()
    first = find_first_unevaluated(db)
    while True:
        last = first + PAGE_VOLUNTEERS - 1
        with transaction(db):
            recompute_volunteers(db, unit, instant, position, range(first, min(last, people) + 1))
            db.execute("UPDATE state SET reckoned_at=?", (instant,))
        on_progress(BuildProgress("volunteers", min(last, people), people))
        if last >= people:
            break
        first = last + 1


# --- A build that goes on where it was interrupted ---


def build_or_resume(log: EventLog, path: Path, now: Second | None, on_progress: OnProgress) -> bool:
    """The same views to the end of the log; where such a build was interrupted, from there on.

    Whether they are of now and of the whole log: where days had been evaluated already, the others are evaluated as of
    that instant too, by the same part of the log, and the views have to catch up.
    """
    wanted = asked = (now, None, log.head().position)
    db = _reopen_unfinished(log, path)
    if db is None:
        db = connect(path, scratch=True)
        writer = create_tables(log, db, None, asked[2])
        db.execute(f"PRAGMA user_version={_identify_boot()}")
    else:
        writer = FactWriter(db, load_unit(log, db, None, asked[2]), fresh=True)
        position, evaluated_at = db.execute("SELECT position, reckoned_at FROM state").fetchone()
        if evaluated_at:
            asked = (evaluated_at, None, position)
    with closing(db):
        fill_tables(log, db, writer, asked, on_progress)
    return asked == wanted


def _reopen_unfinished(log: EventLog, path: Path) -> sqlite3.Connection | None:
    """Views that were begun for this log by this program, since the machine started: what was not synchronised stands.

    Anything else is removed.
    """
    if path.exists():
        db = connect(path, scratch=True)
        try:
            if _can_resume(log, db):
                return db
        except (sqlite3.DatabaseError, TypeError):
            pass
        db.close()
    remove_database(path)
    return None


def _can_resume(log: EventLog, db: sqlite3.Connection) -> bool:
    if read_boot_session() == NO_BOOT or not is_built_for(db, log):
        return False
    if db.execute("PRAGMA user_version").fetchone() != (_identify_boot(),):
        return False
    policies = load_unit(log, db, None).policies
    (evaluation,) = db.execute("SELECT evaluation FROM state").fetchone()
    return evaluation == EVALUATION_VERSION and read_policy_fingerprint(db) == fingerprint_policies(policies)


def _identify_boot() -> int:
    """A number for the time since the machine started, other than 0."""
    return crc32(read_boot_session().encode()) >> 1 | 1
