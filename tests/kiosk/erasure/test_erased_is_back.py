"""What erasing has removed stands in the people store again: a comparison finds it, and says how it goes."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.backups.folder import list_backups
from kiosk.errors import UserError
from kiosk.people.file import FORGOTTEN_COLUMNS, FORGOTTEN_TABLES
from tests.kiosk.conftest import Apply, list_topics
from tests.kiosk.erasure.conftest import (
    ANN,
    GOES_ON_AS,
    NUMBER,
    OF_THE_PERSON,
    build_line_of_ann,
    erase,
    list_texts_found,
    sentence,
)
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


# --- And is erased again ---

OLD_ROW = f"INSERT OR REPLACE INTO main.{{table}} SELECT * FROM old.{{table}} WHERE id = '{ANN}'"
BROUGHT_BACK = {
    "a name": [f"UPDATE volunteers SET name = '王小明' WHERE id = '{ANN}'"],
    "contacts": [OLD_ROW.format(table="contacts")],
    "a salt": [OLD_ROW.format(table="salts")],
    "the whole row": [OLD_ROW.format(table=table) for table in ("volunteers", *FORGOTTEN_TABLES)],
    "a reason": ["UPDATE notes AS n SET (text, salt) = (SELECT text, salt FROM old.notes WHERE id = n.id)"],
    "no row at all": [f"DELETE FROM volunteers WHERE id = '{ANN}'"],
}


@pytest.mark.parametrize("statements", BROUGHT_BACK.values(), ids=BROUGHT_BACK)
def test_whatever_came_back_goes_by_the_command_that_the_comparison_names(
    home: Path, edit: Callable[..., int], statements: list[str]
) -> None:
    """Under the pseudonym, whatever number stands there again. The log, which says it already, gets no second event."""
    events = list_topics(home)
    for statement in statements:
        assert edit(statement) > 0
    found = list_faults(home)
    assert (f"run `kiosk erase` for {GOES_ON_AS} again" in found, "restore a backup" in found) == (True, False)
    ended = erase(home, GOES_ON_AS)
    assert (ended.status, GOES_ON_AS in ended.out) == (0, True), ended.err
    assert (list_faults(home), list_texts_found(home, *OF_THE_PERSON), list_topics(home)) == ("", [], events)
    assert erase(home, GOES_ON_AS).status == 1, "nothing is left to erase"


def test_that_a_person_is_erased_again_is_said(home: Path, edit: Callable[..., int]) -> None:
    edit(BROUGHT_BACK["contacts"][0])
    assert erase(home, GOES_ON_AS).out == (
        f"volunteer {GOES_ON_AS} was erased before; what the home held of the person again is gone; "
        f"the record goes on as {GOES_ON_AS}\n"
    )


def test_a_person_whose_number_came_back_too_is_erased_again_by_it(home: Path, edit: Callable[..., int]) -> None:
    for statement in BROUGHT_BACK["the whole row"]:
        edit(statement)
    assert (erase(home, NUMBER).status, list_faults(home), list_texts_found(home, *OF_THE_PERSON)) == (0, "", [])


def test_that_the_person_is_erased_again_is_not_said_before_it_is_done(
    home: Path, edit: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(BROUGHT_BACK["contacts"][0])

    def fail(*_: object) -> None:
        raise UserError("make room, and run it again")

    monkeypatch.setattr("kiosk.erasure.erasure.append_to_ledger", fail)
    ended = erase(home, GOES_ON_AS)
    assert (ended.status, ended.out, sentence(ended)) == (2, "", "make room, and run it again")


def test_a_ledger_that_was_lost_gets_the_person_again(home: Path, edit: Callable[..., int]) -> None:
    """So that no backup brings them back; the store holds nothing of them."""
    (home / "erasures.jsonl").unlink()
    assert f"run `kiosk erase` for {GOES_ON_AS}" in list_faults(home)
    assert (erase(home, GOES_ON_AS).status, list_faults(home)) == (0, "")


def test_a_fault_that_takes_a_backup_sends_to_one_also_beside_such_a_one(home: Path, edit: Callable[..., int]) -> None:
    edit(BROUGHT_BACK["contacts"][0])
    edit("UPDATE volunteers SET name = 'x' WHERE number = 'VOLUNTEER-32'")
    assert "restore a backup" in list_faults(home)


def test_a_restore_erases_what_came_back_beside_the_pseudonym(
    home: Path, edit: Callable[..., int], tmp_path: Path
) -> None:
    """Though the log of the backup says already that the person is erased."""
    edit(BROUGHT_BACK["contacts"][0])
    assert run_kiosk("backup", tmp_path / "usb", "--home", home).status == 0
    (made,) = list_backups(tmp_path / "usb")
    ended = run_kiosk("restore", made, "--to", tmp_path / "new")
    assert (ended.status, "erased   1 again" in ended.out) == (0, True), ended.err
    assert list_texts_found(tmp_path / "new", *OF_THE_PERSON) == []
