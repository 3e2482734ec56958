"""Rebuild every view from the events into a scratch file, and compare it with the live one, row by row.

Rule: rows are met by their keys, so that one row too many is one difference, and not one for every row behind it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from domain.log.event_log import EventLog
from projections.engine.day_digests import TABLES
from projections.engine.new_views import build
from projections.engine.views import Views

MOST_DIFFERENCES = 10
"""Differences that are listed before the comparison stops."""

NOT_COMPARED = frozenset({"digests"})
"""The tables that a rebuild need not reproduce; every other one is compared. Each digest follows from rows that are
compared, and where one does not fit, the views are built anew."""
COLUMNS_NOT_COMPARED = frozenset({("was", "ordinal"), ("touched", "position")})
"""The same of single columns. `was`: rows that wait to be written together are noted in another order. `touched`: a
rebuild evaluates every day at its end."""
ROWS_COMPARED = {"touched": "WHERE day IN (SELECT day FROM duties UNION SELECT day FROM visits)"}
"""Of other days a rebuild has those that are reconciled, live views those that had facts once."""

StoredRow = tuple[Any, ...]
"""A row as it is stored."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that one side has and the other does not, or has otherwise."""

    table: str
    columns: tuple[str, ...]
    """What the cells are called in the table."""
    key: tuple[str, ...]
    """Those of the columns that name the row."""
    live: StoredRow | None
    rebuilt: StoredRow | None
    volunteer: UUID | None
    """The volunteer whose row it is; None for a row of no volunteer."""

    def cell(self, column: str) -> Any:
        """What stands there, in the rebuilt row if there is one; None where the table has no such column."""
        row = self.rebuilt or self.live
        return row[self.columns.index(column)] if row and column in self.columns else None


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """What came of it."""

    events: int
    rows: int
    differences: list[Difference]
    """The first of them; none when the views are identical."""


def replay(log: EventLog, views: Views) -> ReplayResult:
    """Rebuild to where the live views are, and compare. `views` are caught up; taps may go on meanwhile."""
    with views.hold_snapshot(), log.hold_views_folder() as folder:
        scratch = folder / "views.db"
        build(log, scratch, views.evaluated_at, upto=views.position)
        with closing(sqlite3.connect(f"file:{scratch}?mode=ro", uri=True)) as rebuilt:
            comparison = _Comparison(views, rebuilt)
            differences = list(islice(comparison.find_differences(), MOST_DIFFERENCES))
        return ReplayResult(views.position, comparison.rows, differences)


class _Shape(NamedTuple):
    """What is compared of a table: its columns, and those that are its key.

    All of them where the key is not compared, and none where a table of one row has no key.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]

    def build_sort_key(self, row: StoredRow) -> list[tuple[int, Any]]:
        """What a row is met by: comparable, whatever damage has put into the cells."""
        return [_build_sort_value(row[self.columns.index(name)]) for name in self.key]


class _Comparison:
    """Two sets of views side by side."""

    def __init__(self, live: Views, rebuilt: sqlite3.Connection) -> None:
        self._live = live
        self._rebuilt = rebuilt
        self.rows = 0
        """Pairs that were compared so far."""

    def find_differences(self) -> Iterator[Difference]:
        """All of them, table by table."""
        for table in list_compared(self._rebuilt):
            shape = _read_shape(self._rebuilt, table)
            query = _build_query(table, shape)
            for live, rebuilt in _pair_by_key(shape, self._live.rows(query), self._rebuilt.execute(query)):
                self.rows += 1
                if live != rebuilt:
                    yield Difference(
                        table, shape.columns, shape.key, live, rebuilt, self._find_volunteer(shape, live, rebuilt)
                    )

    def _find_volunteer(self, shape: _Shape, live: StoredRow | None, rebuilt: StoredRow | None) -> UUID | None:
        row, query = rebuilt or live or (), "SELECT volunteer FROM people WHERE key = ?"
        if "volunteer" not in shape.columns:
            return None
        value = row[shape.columns.index("volunteer")]
        if isinstance(value, bytes):
            return _parse_id(value)
        values = (value,)
        people = self._rebuilt.execute(query, values) if rebuilt else self._live.rows(query, values)
        return next((_parse_id(who) for (who,) in people), None)


def _parse_id(stored: bytes) -> UUID | None:
    """The volunteer whom these bytes name; None when they were altered."""
    return UUID(bytes=stored) if len(stored) == 16 else None


def list_compared(db: sqlite3.Connection) -> list[str]:
    """The tables of some views that a rebuild must reproduce: first what follows from the facts."""
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return [*TABLES, *(name for name in names if name not in NOT_COMPARED and name not in TABLES)]


def _read_shape(db: sqlite3.Connection, table: str) -> _Shape:
    found = db.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
    columns = {name: place for name, place in found if (table, name) not in COLUMNS_NOT_COMPARED}
    of_key = sorted((place, name) for name, place in columns.items() if place)
    has_key = any(place for _, place in found)
    return _Shape(tuple(columns), tuple(name for _, name in of_key) or (tuple(columns) if has_key else ()))


def _build_query(table: str, shape: _Shape) -> str:
    rows = f"SELECT {', '.join(shape.columns)} FROM {table} {ROWS_COMPARED.get(table, '')}"
    return f"{rows} ORDER BY {', '.join(shape.key or shape.columns)}"


def _pair_by_key(
    shape: _Shape, live: Iterator[StoredRow], rebuilt: Iterator[StoredRow]
) -> Iterator[tuple[StoredRow | None, StoredRow | None]]:
    """Rows of one key together, those of one side alone; both sides come in the order of their keys."""
    ours, theirs = next(live, None), next(rebuilt, None)
    while ours is not None or theirs is not None:
        if ours == theirs:  # nearly always: keys are compared only where rows differ
            yield ours, theirs
            ours, theirs = next(live, None), next(rebuilt, None)
        elif theirs is None or (ours is not None and shape.build_sort_key(ours) < shape.build_sort_key(theirs)):
            yield ours, None
            ours = next(live, None)
        elif ours is None or shape.build_sort_key(theirs) < shape.build_sort_key(ours):
            yield None, theirs
            theirs = next(rebuilt, None)
        else:
            yield ours, theirs
            ours, theirs = next(live, None), next(rebuilt, None)


def _build_sort_value(value: Any) -> tuple[int, Any]:
    """A value with its storage class before it, in SQLite's order of both."""
    match value:
        case None:
            return 0, 0
        case int() | float():
            return 1, value
        case str():
            return 2, value
        case _:
            return 3, value
