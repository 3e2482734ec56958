"""What erasing has removed is put into the people store again by a hand: the comparison with the log finds it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.people.file import FORGOTTEN_COLUMNS, FORGOTTEN_TABLES
from tests.kiosk.conftest import Apply
from tests.kiosk.erasure.conftest import ANN, GOES_ON_AS, build_line_of_ann, erase
from tests.support.kiosk_program import line, run_kiosk

BACK = "it holds more of a volunteer who was erased than the pseudonym"


@pytest.fixture
def edit(home: Path) -> Callable[..., int]:
    """Runs a statement in the people store of a home in which Ann is erased, with her old store as `old`."""
    old = home.with_name("people-before.db")
    shutil.copyfile(home / "people.db", old)
    with closing(sqlite3.connect(old, isolation_level=None)) as store:
        profile = (str(ANN), "A123456789", None, None)
        store.execute("INSERT OR REPLACE INTO profiles VALUES (?,?,?,?)", profile)
        store.execute("INSERT INTO changes VALUES (?, '{}')", (str(ANN),))
    erase(home)

    def run(statement: str) -> int:
        with closing(sqlite3.connect(home / "people.db", isolation_level=None)) as store:
            store.execute("ATTACH ? AS old", (str(old),))
            return store.execute(statement).rowcount

    return run


def list_faults(home: Path) -> str:
    ended = run_kiosk("verify", "--home", home)
    assert (ended.status, "Traceback" in ended.err) == (1 if ended.err else 0, False)
    return ended.err


@pytest.mark.parametrize("column", FORGOTTEN_COLUMNS)
def test_any_word_of_the_person_is_found(home: Path, edit: Callable[..., int], column: str) -> None:
    assert list_faults(home) == ""
    assert edit(f"UPDATE volunteers SET {column} = 'x' WHERE id = '{ANN}'") == 1
    assert BACK in list_faults(home)


@pytest.mark.parametrize("table", FORGOTTEN_TABLES)
def test_any_row_of_the_person_is_found(home: Path, edit: Callable[..., int], table: str) -> None:
    """Also the salt: with it, and the site key, a name can be compared with the log."""
    assert edit(f"INSERT INTO main.{table} SELECT * FROM old.{table} WHERE id = '{ANN}'") == 1
    assert BACK in list_faults(home)


def test_the_whole_person_is_found(home: Path, edit: Callable[..., int]) -> None:
    """Though all that enrolment wrote is as its event says."""
    for table in ("volunteers", *FORGOTTEN_TABLES[:2], "salts"):
        assert edit(f"INSERT OR REPLACE INTO main.{table} SELECT * FROM old.{table} WHERE id = '{ANN}'") == 1
    assert BACK in list_faults(home)


def test_a_reason_that_was_erased_is_found(home: Path, edit: Callable[..., int]) -> None:
    """Though it is word for word as it was given."""
    given = "SELECT text, salt FROM old.notes WHERE id = n.id"
    assert edit(f"UPDATE notes AS n SET (text, salt) = ({given}) WHERE text = '' AND ordinal = 1") == 1
    assert BACK in list_faults(home)


def test_a_reason_that_was_given_since_is_none_of_it(home: Path, edit: Callable[..., int], apply: Apply) -> None:
    of_ann = {**build_line_of_ann("add_visit", "2026-12-03T18:00"), "volunteer": GOES_ON_AS, "reason": "by the paper"}
    ended = apply(home, {**of_ann, "check_in": "2026-11-23T09:00", "check_out": "2026-11-23T10:00", "by": "lin"})
    assert (ended.status, list_faults(home)) == (0, "")


def test_a_change_that_is_refused_leaves_nothing_to_be_found(home: Path, apply: Apply) -> None:
    erase(home)
    ended = apply(home, line("change_person", "2026-12-03T09:00", volunteer=GOES_ON_AS, name="王小明", by="lin"))
    assert (ended.status, list_faults(home)) == (1, "")


def test_every_table_of_the_store_is_erased_or_holds_nothing_of_volunteers(home: Path) -> None:
    with closing(sqlite3.connect(home / "people.db")) as store:
        tables = [name for (name,) in store.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        columns = [row[1] for row in store.execute("PRAGMA table_info(volunteers)")]
    assert columns == ["number", "id", *FORGOTTEN_COLUMNS]
    of_others = {"actors", "notes", "pins", "accounts"}  # the notes of an erased person are blanked one by one
    assert {*tables} - of_others == {"volunteers", *FORGOTTEN_TABLES}
