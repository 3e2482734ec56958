"""Rows put into a table fifty at a time are those that single statements would put in."""

import sqlite3

import pytest

from projections.projectors.bulk_insert import ROWS_PER_STATEMENT, bulk_insert

OVER = "ON CONFLICT DO UPDATE SET value = excluded.value"
"""What follows the values where a row stands."""
ROWS = [(number, 7, None) for number in range(ROWS_PER_STATEMENT * 2 + 3)]


@pytest.fixture
def db() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.execute("CREATE TABLE t (number INTEGER PRIMARY KEY, other INTEGER, value TEXT)")
    return made


@pytest.mark.parametrize("number", [0, ROWS_PER_STATEMENT - 1, ROWS_PER_STATEMENT, len(ROWS) - 1])
def test_a_row_that_stands_is_written_over_wherever_it_is_among_many(db: sqlite3.Connection, number: int) -> None:
    db.execute("INSERT INTO t VALUES (?, 7, 'before')", (number,))
    bulk_insert(db, "INSERT INTO t", ROWS, OVER)
    assert db.execute("SELECT * FROM t").fetchall() == ROWS


def test_of_two_rows_with_one_key_the_later_stays(db: sqlite3.Connection) -> None:
    many = ROWS[: ROWS_PER_STATEMENT - 1]
    bulk_insert(db, "INSERT INTO t", [*many, (7, 7, "later")], OVER)
    assert db.execute("SELECT * FROM t WHERE value <> ''").fetchall() == [(7, 7, "later")]


def test_without_a_clause_a_row_that_stands_is_refused(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO t VALUES (3, 7, 'before')")
    with pytest.raises(sqlite3.IntegrityError):
        bulk_insert(db, "INSERT INTO t", ROWS)


@pytest.mark.parametrize("other", [None, 8, 7])
@pytest.mark.parametrize("number", [1, ROWS_PER_STATEMENT - 1])
def test_a_row_keeps_its_own_value_where_the_others_of_its_statement_share_one(
    db: sqlite3.Connection, number: int, other: int | None
) -> None:
    rows = [(at, other if at == number else 7, "same") for at in range(ROWS_PER_STATEMENT)]
    bulk_insert(db, "INSERT INTO t", rows)
    assert db.execute("SELECT * FROM t").fetchall() == rows
