"""Rows put into a table, many at once.

One statement for many rows takes two thirds of the time of one for each: SQLite is entered once, not each time.
"""

import sqlite3
from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import Any

ROWS_PER_STATEMENT = 100
"""Rows of one statement. Measured: fifty more save nothing."""


def bulk_insert(db: sqlite3.Connection, into: str, rows: Sequence[tuple[Any, ...]], rest: str = "") -> None:
    """Put rows in, in their order. `into` is the statement up to its values, `INSERT INTO t`.

    `rest` follows them where a row has the key of one that stands, which is rare. Measured: with such a clause a row
    takes half as long again, for its place is searched twice.

    A value that all rows of a statement have in a column is bound once. Measured: to bind a text takes as long as to
    bind three numbers, and a None longer, for `sqlite3` looks for an adapter of it.
    """
    whole = len(rows) - len(rows) % ROWS_PER_STATEMENT
    for first in range(0, whole, ROWS_PER_STATEMENT):
        columns = list(zip(*rows[first : first + ROWS_PER_STATEMENT], strict=True))
        repeated = tuple([values[0] == values[-1] and values.count(values[0]) == len(values) for values in columns])
        bound: list[Any] = []
        for values, same in zip(columns, repeated, strict=True):
            bound += values[:1] if same else values
        _insert(db, _build_statement(into, repeated), bound, rest)
    if whole < len(rows):
        db.executemany(f"{into} VALUES ({','.join('?' * len(rows[0]))}) {rest}", rows[whole:])


def _insert(db: sqlite3.Connection, statement: str, bound: list[Any], rest: str) -> None:
    try:
        db.execute(statement, bound)
    except sqlite3.IntegrityError:
        if not rest:
            raise
        db.execute(f"{statement} {rest}", bound)


@cache
def _build_statement(into: str, repeated: tuple[bool, ...]) -> str:
    """A statement for many rows, whose values are bound column by column: one, where a column repeats it."""
    numbers = count(1)
    columns = [[next(numbers) for _ in range(1 if same else ROWS_PER_STATEMENT)] for same in repeated]
    rows = zip(*(column * (ROWS_PER_STATEMENT // len(column)) for column in columns), strict=True)
    return f"{into} VALUES {','.join('(' + ','.join(f'?{number}' for number in row) + ')' for row in rows)}"
