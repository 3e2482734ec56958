"""What facts said before they were changed, and when which part of the log was written down.

Rule: triggers keep it, so that no handler can forget to. Facts are mostly added and then stand: a row with a position
says by itself since when it does. What is changed, deleted, or has no position is in `was`.
"""

import sqlite3
from collections.abc import Collection
from datetime import date
from functools import cache
from typing import NamedTuple

from domain.spans import Second
from projections.projectors.fact_writer import FactWriter

WIDEST = 14
"""Columns of the widest table of facts."""
PAGE_EVENTS = 1_000
"""Events of a row of `pages`, however many are filed at once; of the last row it may be fewer."""

HISTORY = f"""
CREATE TABLE was (
    ordinal INTEGER PRIMARY KEY, of TEXT NOT NULL, replaced INTEGER NOT NULL, existed INTEGER NOT NULL,
    {", ".join(f"c{number} ANY" for number in range(WIDEST))}
) STRICT;
CREATE INDEX was_of ON was (of, replaced);
CREATE TABLE pages (
    first INTEGER PRIMARY KEY, last INTEGER NOT NULL, earliest INTEGER NOT NULL, latest INTEGER NOT NULL,
    first_day INTEGER NOT NULL, last_day INTEGER NOT NULL
) STRICT;
"""
"""`was`: until the event at `replaced` a row of the table `of` was this, or, where it had not `existed`, there was none
of its key; `c0` and so on are its columns. `pages`: the earliest and latest instant of recording of some events, and
the first and last day that a fact of theirs is of, or has been of."""

UNTRACKED = frozenset({"state", "stale", "links", "boots", "was", "pages", "visits", "duties", "earned", "due"}) | {
    "policies",
    "unit",
    "digests",
    "touched",
}
"""Tables that are no facts, or of which more than was known then does no harm."""
NEVER_REPLACED = frozenset({"taps", "unsure", "refused", "shifts", "roster"}) | {
    "people",
    "turns",
    "trainings",
    "training_sessions",
    "cards",
    "correction_events",
}
"""Tables in which no row is replaced by inserting another of its key; of `roster` it is updated then."""


class Shape(NamedTuple):
    """The columns of a table, and those of its key."""

    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def has_position(self) -> bool:
        """Whether its rows say which event they are of."""
        return "position" in self.columns


def read_shapes(db: sqlite3.Connection, schema: str = "main") -> dict[str, Shape]:
    """The tables of facts, by name."""
    names = [name for (name,) in db.execute(f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table'")]
    shapes: dict[str, Shape] = {}
    for name in sorted({*names} - UNTRACKED):
        columns = db.execute("SELECT name, pk FROM pragma_table_info(?, ?)", (name, schema)).fetchall()
        key = tuple(column for column, place in sorted(columns, key=lambda one: one[1]) if place)
        shapes[name] = Shape(tuple(column for column, _ in columns), key)
    return shapes


def keep_history(writer: FactWriter) -> None:
    """From now on what the writer changes is kept. It costs more than to file a tap: for when there is one to file."""
    if not writer.keeps_history:
        writer.keeps_history = True
        writer.db.create_function("current_position", 0, lambda: writer.position)  # prepares all statements anew
    if writer.db.execute("SELECT 1 FROM temp.sqlite_schema WHERE name = 'was_people_update'").fetchone():
        return
    for name, shape in read_shapes(writer.db).items():
        for statement in _list_triggers(name, shape):
            writer.db.execute(statement)


@cache
def _list_triggers(table: str, shape: Shape) -> list[str]:
    def note(row: str, existed: int, replaced: str = "current_position()", columns: tuple[str, ...] = ()) -> str:
        named = [f"c{number}" for number, column in enumerate(shape.columns) if column in (columns or shape.columns)]
        values = [f"{row}.{column}" for column in shape.columns if column in (columns or shape.columns)]
        return (
            f"INSERT INTO was (of, replaced, existed, {', '.join(named)})"
            f" SELECT '{table}', {replaced}, {existed}, {', '.join(values)}"
        )

    def build(kind: str, when: str, body: str) -> str:
        return f"CREATE TEMP TRIGGER was_{table}_{kind} {when} ON main.{table} BEGIN {body}; END"

    by = "iif(NEW.position <> OLD.position, NEW.position, current_position())"
    triggers = [
        build("update", "BEFORE UPDATE", note("OLD", 1, by if shape.has_position else "current_position()")),
        build("delete", "BEFORE DELETE", note("OLD", 1)),
    ]
    same = " AND ".join(f"b.{column} = NEW.{column}" for column in shape.key)
    if table not in NEVER_REPLACED:
        replaced = "NEW.position" if shape.has_position else "current_position()"
        triggers.append(build("replace", "BEFORE INSERT", f"{note('b', 1, replaced)} FROM {table} b WHERE {same}"))
    if not shape.has_position:
        triggers.append(build("insert", "AFTER INSERT", note("NEW", 0, columns=shape.key)))
    return triggers


NO_DAYS = (date.max.toordinal(), 0)
"""The first and last day of a page without facts of a day."""


def count_room_in_page(position: int) -> int:
    """How many events behind a position belong to one page."""
    return PAGE_EVENTS - position % PAGE_EVENTS


def write_page(
    db: sqlite3.Connection, positions: tuple[int, int], recorded: tuple[Second, Second], days: Collection[int]
) -> None:
    """When some events of one page, which follow those of the last, were written down, and the days of their facts."""
    (first, last), (earliest, latest) = positions, recorded
    first_day, last_day = min(days, default=NO_DAYS[0]), max(days, default=NO_DAYS[1])
    row = db.execute(
        "SELECT first, earliest, latest, first_day, last_day FROM pages ORDER BY 1 DESC LIMIT 1"
    ).fetchone()
    if row and last - row[0] < PAGE_EVENTS:
        first, earliest, latest = row[0], min(row[1], earliest), max(row[2], latest)
        first_day, last_day = min(row[3], first_day), max(row[4], last_day)
    db.execute(
        "INSERT OR REPLACE INTO pages VALUES (?,?,?,?,?,?)", (first, last, earliest, latest, first_day, last_day)
    )


# --- As they were ---


def show_facts(db: sqlite3.Connection, position: int) -> None:
    """Show, under the names of the tables, the facts of `live` as they were when the log ended at a position.

    Of `links` and `boots` more than there was then does no harm: days that are evaluated together without need.
    """
    for name, shape in read_shapes(db, "live").items():
        db.execute(_build_view(db, name, shape, position))
    for name in ("links", "boots"):
        db.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM live.{name}")
    (duty_work,) = db.execute("SELECT sql FROM live.sqlite_schema WHERE name = 'duty_work'").fetchone()
    db.execute(duty_work.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))


def _build_view(db: sqlite3.Connection, name: str, shape: Shape, position: int) -> str:
    view = f"CREATE TEMP VIEW {name} AS SELECT {', '.join(shape.columns)} FROM live.{name} AS f"
    known = f"position <= {position:d}" if shape.has_position else "true"
    changed = f"WHERE of = '{name}' AND replaced > {position:d}"
    if db.execute(f"SELECT 1 FROM live.was {changed} LIMIT 1").fetchone() is None:
        return f"{view} WHERE {known}"
    numbers = {column: f"c{number}" for number, column in enumerate(shape.columns)}
    key = ", ".join(numbers[column] for column in shape.key)
    earliest = f"SELECT min(ordinal) FROM live.was {changed} GROUP BY {key}"
    db.execute(f"CREATE TABLE main.was_{name} AS SELECT * FROM live.was WHERE ordinal IN ({earliest})")
    db.execute(f"CREATE INDEX main.was_of_{name} ON was_{name} ({key})")
    same = " AND ".join(f"w.{numbers[column]} = f.{column}" for column in shape.key)
    before = f"w.{numbers['position']} <= {position:d}" if shape.has_position else "true"
    columns = ", ".join(f"w.{number} AS {column}" for column, number in numbers.items())
    return (
        f"{view} WHERE {known} AND NOT EXISTS (SELECT 1 FROM main.was_{name} w WHERE {same})"
        f" UNION ALL SELECT {columns} FROM main.was_{name} w WHERE existed AND {before}"
    )
