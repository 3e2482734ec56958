"""What SQLite raises: damage of a file is distinguished from what is in the way of it."""

import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from domain.log.errors import CannotRead, LogDamaged, NotALog
from domain.log.sqlite_errors import is_file_damage, is_page_not_read, translate_read_error

Deed = Callable[[Path], None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database of some pages."""
    with closing(sqlite3.connect(tmp_path / "file.db")) as tool:
        tool.execute("CREATE TABLE t (x)")
        tool.executemany("INSERT INTO t VALUES (?)", [(b"x" * 500,)] * 100)
        tool.commit()
    return tmp_path / "file.db"


def read(file: Path) -> None:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=0)) as reader:
        reader.execute("SELECT * FROM t").fetchall()


@contextmanager
def lock(file: Path) -> Generator[None]:
    """Another program writes to it."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def read_locked(file: Path) -> None:
    with lock(file):
        read(file)


def read_with_no_file_left(file: Path) -> None:
    taken: list[int] = []
    try:
        while True:
            taken.append(os.dup(0))
    except OSError:
        read(file)
    finally:
        for descriptor in taken:
            os.close(descriptor)


def read_absent(file: Path) -> None:
    read(file.with_name("gone.db"))


def read_interrupted(file: Path) -> None:
    with closing(sqlite3.connect(file)) as reader:
        reader.set_progress_handler(lambda: 1, 1)
        reader.execute("SELECT * FROM t").fetchall()


def read_closed(file: Path) -> None:
    reader = sqlite3.connect(file)
    reader.close()
    reader.execute("SELECT * FROM t")


def overwrite_a_page(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(2 * 4096)
        opened.write(b"\xff" * 4096)
    read(file)


def cut_off(file: Path) -> None:
    os.truncate(file, 3 * 4096)
    read(file)


def drop_the_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as tool:
        tool.execute("DROP TABLE t")
    read(file)


def store_text_that_is_none(file: Path) -> None:
    with closing(sqlite3.connect(file)) as tool:
        tool.execute("INSERT INTO t VALUES (CAST(x'ff' AS TEXT))")
        tool.commit()
    read(file)


def write_a_letter(file: Path) -> None:
    file.write_text("no database at all, however long " * 200)
    read(file)


@pytest.mark.parametrize(
    "deed",
    [read_locked, read_with_no_file_left, read_absent, read_interrupted, read_closed],
    ids=lambda deed: deed.__name__,
)
def test_what_is_in_the_way_of_a_file_is_no_damage_of_it(file: Path, deed: Deed) -> None:
    with pytest.raises(sqlite3.Error) as raised:
        deed(file)
    assert not is_file_damage(raised.value)
    assert type(translate_read_error(file, raised.value)) is CannotRead


@pytest.mark.parametrize("deed", [overwrite_a_page, cut_off, drop_the_table, store_text_that_is_none])
def test_what_stands_in_a_file_is_damage(file: Path, deed: Deed) -> None:
    with pytest.raises(sqlite3.Error) as raised:
        deed(file)
    assert is_file_damage(raised.value)
    assert type(translate_read_error(file, raised.value)) is LogDamaged


def test_a_file_that_is_no_database_any_more_is_not_a_log(file: Path) -> None:
    with pytest.raises(sqlite3.Error) as raised:
        write_a_letter(file)
    assert type(translate_read_error(file, raised.value)) is NotALog


@pytest.mark.parametrize(
    ("found", "was_not_read"),
    [
        ("On tree page 5 cell 3: unable to get the page. error code=266", True),  # SQLITE_IOERR_READ
        ("Page 7: unable to get the page. error code=7", True),  # SQLITE_NOMEM
        ("failed to get page 12", True),
        ("Page 7: unable to get the page. error code=11", False),  # SQLITE_CORRUPT
        ("Page 7: btreeInitPage() returns error code 11", False),
        ("wrong # of entries in index sqlite_autoindex_stored_events_1", False),
        ("ok", False),
    ],
)
def test_a_page_that_the_check_of_a_file_could_not_read_is_no_finding_about_it(found: str, was_not_read: bool) -> None:
    assert is_page_not_read(found) is was_not_read
