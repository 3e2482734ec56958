"""The seal of a database file: what it proves, and when it proves nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from projections.engine.seal import Seal, is_open_here
from tests.support.file_locks import is_locked


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Closed, and sealed."""
    path = tmp_path / "views.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE rows (number INTEGER)")
    Seal(path).write()
    return path


def test_a_file_fits_its_seal_until_a_byte_of_it_changes(database: Path) -> None:
    assert Seal(database).fits() is True
    database.write_bytes(database.read_bytes() + b"0")
    assert Seal(database).fits() is False


def test_a_file_that_this_process_has_open_is_neither_compared_nor_sealed(database: Path) -> None:
    """Reading it in another way would drop SQLite's lock on it."""
    with closing(sqlite3.connect(database)) as db:
        db.execute("SELECT * FROM rows").fetchall()
        assert (Seal(database).fits(), is_locked(database)) == (None, True)
        Seal(database).remove()
        Seal(database).write()
        assert is_locked(database)
    assert Seal(database).fits() is None  # there is none


def test_a_file_is_open_here_from_its_first_descriptor_to_its_last(database: Path) -> None:
    assert not is_open_here(database)
    with database.open(), database.open():
        assert is_open_here(database)
    assert not is_open_here(database)
