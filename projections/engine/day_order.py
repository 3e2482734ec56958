"""Views in the order of days: what a day adds stands together in the file, whichever volunteers it is of.

Rule: the same rows in the same tables, whose keys begin with the day instead of the volunteer. What is asked about days
reads and writes few pages in them; what is asked about one volunteer looks into every day.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from domain.log.writer_lock import open_private_file
from projections.engine.build import LARGE_CACHE, execute_each, transaction
from projections.engine.fact_history import HISTORY
from projections.projectors.tables import DERIVED, DERIVED_INDEXES, FACT_INDEXES, FACTS

TABLES_BY_DAY = ("taps", "roster", "corrections", "stale", "visits", "duties", "earned", "due", "digests")
"""Those whose keys begin with volunteer and day. Not `links`: it has few rows, which are asked for by volunteer."""
_KEY = re.compile(rf"(CREATE TABLE (?:{'|'.join(TABLES_BY_DAY)}) \([^;]*PRIMARY KEY \()volunteer, day")
_INDEX_OF_DAY = re.compile(r"CREATE INDEX (?:visits|duties)_of_day [^;]*;")
"""What such a key makes needless."""
ROWS_AT_ONCE = 250_000
"""Rows that are put in order at once, about: bounds the memory."""


def copy_views(source: Path, into: Path, *, by_day: bool) -> None:
    """Copy views of either order into a new file, in the order of days or else in that of volunteers.

    Raises: OSError, OperationalError.
    """
    tables, indexes = FACTS + HISTORY + DERIVED, FACT_INDEXES + DERIVED_INDEXES
    if by_day:
        tables, indexes = _KEY.sub(r"\1day, volunteer", tables), _INDEX_OF_DAY.sub("", indexes)
    os.close(open_private_file(into, os.O_RDWR | os.O_CREAT | os.O_EXCL))
    with closing(sqlite3.connect(into.absolute().as_uri(), isolation_level=None, uri=True)) as db:
        for pragma in ("trusted_schema=OFF", "temp_store=MEMORY", "journal_mode=OFF", "synchronous=OFF", LARGE_CACHE):
            db.execute(f"PRAGMA {pragma}")
        db.execute("ATTACH ? AS source", (f"{source.absolute().as_uri()}?mode=ro",))
        with transaction(db):
            execute_each(db, tables)
            for (name,) in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall():
                for rows in _list_parts(db, name, by_day=by_day) if name in TABLES_BY_DAY else ("",):
                    db.execute(f"INSERT INTO main.{name} SELECT * FROM source.{name} {rows}")
            execute_each(db, indexes)


def _list_parts(db: sqlite3.Connection, table: str, *, by_day: bool) -> Iterator[str]:
    """Clauses of SQL that choose the rows of a table in their new order, those of some days or volunteers at a time."""
    first, second = ("day", "volunteer") if by_day else ("volunteer", "day")
    known = [
        value
        for (value,) in db.execute("SELECT day FROM source.touched" if by_day else "SELECT key FROM source.people")
    ]
    (rows,) = db.execute(f"SELECT count(*) FROM source.{table}").fetchone()
    bounds = sorted(known)[:: max(len(known) * ROWS_AT_ONCE // max(rows, 1), 1)][1:]
    for begins, ends in zip((None, *bounds), (*bounds, None), strict=True):
        after = "TRUE" if begins is None else f"{first} >= {begins:d}"
        before = "TRUE" if ends is None else f"{first} < {ends:d}"
        yield f"WHERE {after} AND {before} ORDER BY {first}, {second}"
