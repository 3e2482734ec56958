"""`views.db` is changed by a disk or a hand: no answer is wrong, and nothing of it is ever settled."""

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from kiosk.entrance.launch import HomeOwnDaySource
from kiosk.home import Home
from kiosk.roster.source import HomeRosterSource
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.support.builders import ANN, BEN, CARDS, FOUR_DAYS
from tests.support.kiosk_program import ProgramResult, line, run_kiosk, write_batch
from tests.support.tampering import flip_bit

FLIPS = 400 if LONG else 8
SEED = 20261127
QUESTIONS = (
    ("visits",),
    ("duties",),
    ("hours", "--by", "month,category"),
    ("absences",),
    ("exits",),
    ("pending",),
    ("presence",),
    ("explain", ANN, "2026-11-18"),
)
MORNING_AFTER = line("tap", "2026-11-21T09:00", card=CARDS[ANN])
REBUILT = "was not as it had been left"

EDITS = (
    "UPDATE duties SET outcome = 'attended', late = 0",
    "UPDATE duties SET seconds = seconds + 3600",
    "UPDATE visits SET credited = credited + 60",
    "DELETE FROM duties WHERE outcome = 'absent'",
    "INSERT INTO earned SELECT volunteer, day, 'event', 'E', NULL, 36000 FROM duties WHERE true ON CONFLICT DO NOTHING",
    "UPDATE people SET volunteer = zeroblob(16) WHERE key = 1",
    "UPDATE duties SET volunteer = 3 - volunteer WHERE shift = 'S3'",
    "UPDATE visits SET check_in = check_in - 3600, credited = 240 WHERE status = 'closed'",
)
"""What a person with the file may write into it."""


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulation after four days, closed, with the views of the last question; the last two days wait for a night."""
    home = tmp_path_factory.mktemp("views") / "home"
    Home.make(home, simulation=True).close()
    batch = write_batch(home.parent / "days", *FOUR_DAYS, MORNING_AFTER)
    assert run_kiosk("apply", batch, "--home", home).err == ""
    assert run_kiosk("visits", "--home", home).status == 0
    return home


def ask(home: Path) -> list[ProgramResult]:
    return [run_kiosk(*question, "--format", "json", "--home", home) for question in QUESTIONS]


def list_answers(results: list[ProgramResult]) -> list[str]:
    return [result.out for result in results]


def copy_home(left: Path, folder: Path) -> Iterator[Path]:
    """Copies of a home, one after the other."""
    while True:
        copy = Path(shutil.copytree(left, folder / "copy"))
        yield copy
        shutil.rmtree(copy)


def edit_views(home: Path, statement: str) -> int:
    """Change the file as a person with SQLite does; how many rows."""
    with closing(sqlite3.connect(home / "views.db", isolation_level=None)) as connection:
        return connection.execute(statement).rowcount


def settle(home: Path) -> ProgramResult:
    return run_kiosk("reconcile", "--format", "json", "--home", home)


def test_no_flipped_bit_of_the_read_models_makes_an_answer_wrong(left: Path, tmp_path: Path) -> None:
    truth, chance, found = list_answers(ask(left)), Random(SEED), Counter[str]()  # noqa: S311 - replayable
    for _, home in zip(range(FLIPS), copy_home(left, tmp_path), strict=False):
        file = home / "views.db"
        flip_bit(file, chance.randrange(file.stat().st_size), chance.randrange(8))
        results = ask(home)
        assert [result.status for result in results] == [0] * len(QUESTIONS), results
        found["wrong"] += list_answers(results) != truth
        found["seen"] += REBUILT in results[0].err
        assert "".join(result.err for result in results).count(REBUILT) <= 1, "it is rebuilt once"
    ATTACK_RESULTS.append(AttackResult("bit flip in views.db", FLIPS, found["seen"], found["wrong"]))
    assert found == Counter(seen=FLIPS)


@pytest.mark.parametrize("is_open", [False, True], ids=["at rest", "while a program has it open"])
def test_no_edited_row_is_read_or_settled(left: Path, tmp_path: Path, *, is_open: bool) -> None:
    """The answers are those of the log, and so is what the night writes into it."""
    truth, untouched = list_answers(ask(left)), Path(shutil.copytree(left, tmp_path / "untouched"))
    settled, found = settle(untouched), Counter[str]()
    assert [row["date"] for row in json.loads(settled.out)] == ["2026-11-20"]
    edits = EDITS if LONG else EDITS[is_open::2]  # each of them in one of the two ways
    for edit, home in zip(edits, copy_home(left, tmp_path), strict=False):
        found[edit] = _attack(home, edit, truth, settled.out, is_open=is_open)
    lied = sum(not seen for seen in found.values())
    where = "open" if is_open else "at rest"
    ATTACK_RESULTS.append(AttackResult(f"row edited in views.db, {where}", len(edits), len(edits) - lied, lied))


def _attack(home: Path, edit: str, truth: list[str], settled: str, *, is_open: bool) -> bool:
    """Whether the attack came to nothing."""
    with Home.open(home) as other:
        if is_open:
            other.views.catch_up()
        changed = edit_views(home, edit)
        results = ask(home)
        assert not changed or any(REBUILT in result.err for result in results), edit
        edit_views(home, edit)
        night = settle(home)
    assert list_answers(results) == truth, edit
    assert night.out == settled, edit
    return True


def test_no_missing_table_keeps_an_answer_back(left: Path, tmp_path: Path) -> None:
    """A table that another program drops is damage like any other, in a command and in `kiosk status`."""
    truth = list_answers(ask(left))
    tables = list_tables(left) if LONG else ["cases", "turns", "visits", "state", "digests"]
    for table, home in zip(tables, copy_home(left, tmp_path), strict=False):
        with Home.open(home) as other:
            other.views.catch_up()
            edit_views(home, f"DROP TABLE {table}")
            results = [*ask(home), run_kiosk("status", "--home", home)]
        assert list_answers(results[:-1]) == truth, table
        assert "cannot be looked at" not in results[-1].out, table


def test_no_missing_table_ends_a_screen(left: Path, tmp_path: Path) -> None:
    """The roster, a day in it and a volunteer's own day at the entrance, open while the table goes."""
    truth, tables = None, list_tables(left)
    for table, home in zip(["", *(tables if LONG else tables[::4])], copy_home(left, tmp_path), strict=False):
        with Home.open(home) as opened:
            opened.views.catch_up()
            if table:
                edit_views(home, f"DROP TABLE {table}")
            seen = look_at_screens(opened)
        truth = truth or seen
        assert seen == truth, table


def look_at_screens(home: Home) -> tuple[object, ...]:
    roster, volunteer = HomeRosterSource(home), home.people.find_id(ANN)
    assert volunteer is not None
    return (
        roster.poll(),
        [str(duty) for duty in roster.load_day(volunteer, date(2026, 11, 18)).explanation.duties],
        HomeOwnDaySource(home).load(volunteer, home.now_second()),
    )


def list_tables(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "views.db")) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]


def test_the_night_begins_at_the_first_event_where_its_own_file_was_changed(left: Path, tmp_path: Path) -> None:
    """A file whose digest is not the one in the log counts for nothing."""
    home = next(copy_home(left, tmp_path))
    untouched = Path(shutil.copytree(left, tmp_path / "untouched"))
    assert settle(home).out == settle(untouched).out
    more = write_batch(tmp_path / "more", line("tap", "2026-11-23T09:00", card=CARDS[BEN]))
    for one in (home, untouched):
        assert run_kiosk("apply", more, "--home", one).err == ""
    with closing(sqlite3.connect(home / "night.db", isolation_level=None)) as connection:
        assert connection.execute("UPDATE duties SET outcome = 'attended'").rowcount > 0
    first, second = settle(untouched), settle(home)
    assert (first.status, second.out) == (0, first.out)
    assert len(json.loads(first.out)) == 2
    ATTACK_RESULTS.append(AttackResult("row edited in night.db", 1, 1, 0))
