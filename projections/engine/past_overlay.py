"""The past laid over the live views: only the days that differ are evaluated again (R-126).

Rule: never another answer than building all of it anew, which is done wherever it is not certain that this is enough:
where events are not in the order in which they were recorded, one is in quarantine, or the end of the day was moved.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from domain.ids import unit_stream
from domain.log.event_log import EventLog
from domain.log.gc_pause import PausedCollection
from domain.model.unit import Unit
from domain.spans import Second
from projections.engine.build import fingerprint_policies
from projections.engine.day_digests import TABLES
from projections.engine.differing_days import ROWS_OF_DAYS, Split, choose_days
from projections.engine.fact_history import NO_DAYS, show_facts
from projections.engine.loading import load_unit
from projections.engine.recompute import recompute_stale
from projections.engine.unattended_duties import DUTIES, create_unattended, evaluate_when_asked
from projections.evaluation.facts import UnitInForce
from projections.projectors.feed import list_known
from projections.projectors.tables import DERIVED

MOST_PAGES = 20
"""Pages whose events are looked at one by one; more are those of a log that was not written in order."""
ALWAYS = 0
"""The first day from which on everything may be worth something else."""


class Question(NamedTuple):
    """What the past is asked for."""

    instant: Second
    """What was recorded up to and in it is known."""
    now: Second
    """As of when it is evaluated."""
    upto: int
    """The position behind which nothing counts."""


def lay_over(log: EventLog, live: Path, path: Path, asked: Question) -> sqlite3.Connection | None:
    """A connection to the tables as of an instant, in a new file at `path` over the live views; None where they cannot.

    The live views are read in one state, in the transaction that is open on it.
    """
    with suppress(FileNotFoundError):
        path.unlink()
    db = sqlite3.connect(path, isolation_level=None, cached_statements=256, check_same_thread=False, uri=True)
    try:
        if _lay_over(log, db, live, asked):
            return db
    except sqlite3.DatabaseError:  # what is wrong with the live views is found, and said, by who reads them
        pass
    except BaseException:
        db.close()
        raise
    db.close()
    return None


def open_over(db: sqlite3.Connection, live: Path) -> None:
    """The scratch file waits for no disk; of the live views one state is read, and no lock is held on them."""
    db.execute("PRAGMA trusted_schema=OFF")
    db.execute("PRAGMA temp_store=MEMORY")
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536"):
        db.execute(f"PRAGMA main.{pragma}")
    db.execute("ATTACH ? AS live", (f"{live.absolute().as_uri()}?mode=ro",))
    db.execute("BEGIN")


def _lay_over(log: EventLog, db: sqlite3.Connection, live: Path, asked: Question) -> bool:
    open_over(db, live)
    position, evaluated_at, filed_by = db.execute("SELECT position, reckoned_at, filed_by FROM live.state").fetchone()
    split = None if position < asked.upto else find_split(log, db, asked)
    if split is None:
        return False
    show_facts(db, split.position)
    unit = load_unit(log, db, asked.instant, asked.upto)
    if fingerprint_policies(unit.policies) != filed_by:
        return False
    create_results(db, split, asked)
    first = _find_first_day_of_rules(log, split.position, position)
    choose_days(db, unit, split, first, (asked.now, evaluated_at))
    with PausedCollection():
        recompute_stale(db, unit, asked.now, asked.upto)
    show_results(db, split.reach, unit, asked.now)
    return True


# --- Where the log was ---


def find_split(log: EventLog, db: sqlite3.Connection, asked: Question) -> Split | None:
    """Up to where everything was known at an instant; None where that is no position of the log."""
    if db.execute("SELECT 1 FROM live.quarantine LIMIT 1").fetchone():
        return None
    pages = db.execute(_PAGES, (asked.upto,)).fetchall()
    mixed = [page for page in pages if page[2] <= asked.instant < page[3] or page[1] > asked.upto]
    if len(mixed) > MOST_PAGES:
        return None
    position, latest, ended = 0, 0, False
    for first, last, earliest, newest in pages:
        spans: Iterator[tuple[int, Second, Second | None]] = iter([(last, earliest, newest)])
        if (first, last, earliest, newest) in mixed:
            upto = min(last, asked.upto)
            known = list_known(log, first - 1, upto - first + 1, upto)
            spans = ((at, asked.instant + 1 if recorded is None else recorded, recorded) for at, recorded in known)
        for end, earliest_known, latest_known in spans:
            if earliest_known > asked.instant:
                ended = True
            elif ended:
                return None
            else:
                position, latest = end, max(latest, latest_known or 0)
    return Split(position, latest, *find_days(db, position))


_PAGES = "SELECT first, last, earliest, latest FROM live.pages WHERE first <= ? ORDER BY first"


def find_days(db: sqlite3.Connection, position: int) -> tuple[int, int]:
    """The last day of a fact up to a position, and the first of one behind it; of some page, so they may be further."""
    return db.execute(
        _FIND_DAYS, {"position": position, **dict(zip(("first", "last"), NO_DAYS, strict=True))}
    ).fetchone()


_FIND_DAYS = """
SELECT (SELECT coalesce(max(last_day), :last) FROM live.pages WHERE first <= :position),
    (SELECT coalesce(min(first_day), :first) FROM live.pages WHERE last > :position)
"""


# --- The results ---


def create_results(db: sqlite3.Connection, split: Split, asked: Question) -> None:
    """Empty tables of results, and of the days of which they will be others."""
    for statement in DERIVED.split(";"):
        db.execute(statement)
    db.execute("CREATE TABLE main.state AS SELECT * FROM live.state")
    values = (asked.upto, split.last_recorded, asked.now)
    db.execute("UPDATE main.state SET position=?, last_recorded=?, reckoned_at=?", values)
    for table in ("stale", "differing"):
        db.execute(_DAYS_TABLE.format(table=table))
    create_unattended(db)


_DAYS_TABLE = "CREATE TABLE main.{table} (volunteer INTEGER, day INTEGER, PRIMARY KEY (volunteer, day)) WITHOUT ROWID"


def show_results(db: sqlite3.Connection, reach: int, unit: UnitInForce, now: Second) -> None:
    """Show the rows of the live views up to a day, but for the days that differ: these as they are evaluated."""
    evaluate_when_asked(db, unit, now)
    (first,) = db.execute("SELECT coalesce(min(day), 0) FROM main.differing").fetchone()
    for name in TABLES:
        db.execute(
            f"CREATE TEMP VIEW {name} AS SELECT f.* {ROWS_OF_DAYS.format(table=name, first=0, last=reach)}"
            f" WHERE (f.day < {first:d} OR NOT EXISTS"
            " (SELECT 1 FROM main.differing d WHERE d.volunteer = f.volunteer AND d.day = f.day))"
            f" UNION ALL SELECT * FROM main.{name} {f'UNION ALL {DUTIES}' if name == 'duties' else ''}"
        )


def _find_first_day_of_rules(log: EventLog, after: int, upto: int) -> int | None:
    """From which day on the rules of the unit are others than they were at a position; None where they are the same."""
    days = [
        day
        for entry in log.read_stream_lenient(unit_stream())
        if after < entry.position <= upto and (day := _find_first_day(entry.event)) is not None
    ]
    return min(days, default=None)


def _find_first_day(event: object) -> int | None:
    if isinstance(event, Unit.PolicyAdopted):
        adoption = event.find_adoption()
        return adoption and adoption.effective_from.toordinal()
    return ALWAYS
