"""A value of the people store that this program never wrote: one sentence that names the file, no fault of the program.

Beside the entrance, which opens without names, whatever reads the value says so; `verify` and the night find the row.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import EXIT_USAGE, UserError
from kiosk.home import Home
from kiosk.people.people import People
from tests.support.builders import ANN, COORDINATOR, FOUR_DAYS
from tests.support.kiosk_program import run_kiosk, write_batch

ALTERED = "holds what this program never wrote"
OTHER_ACTOR = "UPDATE actors SET id = 'zz' WHERE name != 'system'"
EDITS = {  # `zz` is no id, no date, no JSON
    "the id of a volunteer": "UPDATE volunteers SET id = 'zz' WHERE number = 'V001'",
    "a birth date": "UPDATE volunteers SET birth_date = 'zz'",
    "a language": "UPDATE volunteers SET language = 'zz'",
    "the id of an actor": OTHER_ACTOR,
    "the actor of a PIN": f"{OTHER_ACTOR}; INSERT INTO pins VALUES ('zz', 'x')",
    "the actor of a password": f"{OTHER_ACTOR}; INSERT INTO accounts VALUES ('zz', 'x')",
    "the id of a note": "UPDATE notes SET id = 'zz' WHERE ordinal = 1",
    "the volunteer of a change": "INSERT INTO changes VALUES ('zz', '{}')",
    "the values of a change": "INSERT INTO changes SELECT id, 'zz' FROM volunteers WHERE number = 'V001'",
}
QUESTIONS = (
    ["verify"],
    ["reconcile"],
    ["status"],
    ["visits"],
    ["hours", "--names", "--reason", "care", "--by", COORDINATOR],
    ["exits"],
    ["pending"],
    ["volunteers"],
    ["awards", "--short"],
    ["presence"],
    ["explain", ANN, "2026-11-18"],
    ["coordinator"],
    ["account", "list"],
)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four days; to be copied."""
    home = tmp_path_factory.mktemp("lived") / "home"
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    assert run_kiosk("apply", write_batch(home.with_name("b"), *FOUR_DAYS), "--home", home).err == ""
    return home


@pytest.fixture
def home(lived: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(lived, tmp_path / "home"))


def alter(home: Path, edit: str) -> None:
    with closing(sqlite3.connect(home / "people.db", isolation_level=None)) as tool:
        tool.executescript(edit)
        assert tool.total_changes


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_no_command_ends_with_a_fault_of_the_program(home: Path, edit: str) -> None:
    alter(home, edit)
    for question in QUESTIONS:
        found = run_kiosk(*question, "--home", home)
        assert found.status in (0, 1, EXIT_USAGE), (question, found.err)
        assert "Error" not in found.out, question
        assert str(home / "people.db") in found.err or ALTERED not in found.err


@pytest.mark.parametrize(
    ("edit", "question"),
    [
        ("the id of a volunteer", ["visits"]),
        ("the id of a volunteer", ["reconcile"]),
        ("a birth date", ["awards", "--short"]),
        ("the volunteer of a change", ["visits"]),
        ("the values of a change", ["visits"]),
    ],
)
def test_a_command_that_needs_the_value_names_the_file(home: Path, edit: str, question: list[str]) -> None:
    alter(home, EDITS[edit])
    found = run_kiosk(*question, "--home", home)
    assert (found.status, ALTERED in found.err) == (EXIT_USAGE, True)


def compute_change_of_ann(people: People) -> str | None:
    found = people.find_id(ANN)
    assert found
    return people.compute_changed_digest(found)


READERS: dict[str, tuple[str, Callable[[People], object]]] = {
    "find_id": ("the id of a volunteer", lambda people: people.find_id(ANN)),
    "load_numbers": ("the id of a volunteer", lambda people: people.load_numbers()),
    "load_greetings": ("the id of a volunteer", lambda people: people.load_greetings()),
    "load_all_details": ("the id of a volunteer", lambda people: people.load_all_details()),
    "load_birth_dates": ("a birth date", lambda people: people.load_birth_dates()),
    "find_actor": ("the id of an actor", lambda people: people.find_actor(COORDINATOR)),
    "list_notes": ("the id of a note", lambda people: people.list_notes()),
    "list_changes": ("the volunteer of a change", lambda people: people.list_changes()),
    "compute_changed_digest": ("the values of a change", compute_change_of_ann),
    "list_coordinators": ("the actor of a PIN", lambda people: people.list_coordinators()),
    "list_account_names": ("the actor of a password", lambda people: people.list_account_names()),
}


@pytest.fixture
def people(home: Path) -> Iterator[People]:
    with Home.open(home) as opened:
        yield opened.people


@pytest.mark.parametrize(("edit", "read"), READERS.values(), ids=READERS)
def test_whatever_reads_a_value_says_which_file_holds_it(
    home: Path, people: People, edit: str, read: Callable[[People], object]
) -> None:
    alter(home, "UPDATE volunteers SET name = '王小明'")
    alter(home, EDITS[edit])
    with pytest.raises(UserError, match=ALTERED):
        read(people)
