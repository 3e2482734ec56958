"""A value of the read models that no program of ours wrote: they are built anew, and the question is answered.

`views.db` here has no seal, as after a program that was killed, or while one is open.
"""

import ast
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

import projections
from domain.spans import second
from kiosk.home import Home
from kiosk.standing_home import STAMP_FILE
from kiosk.views_repair import run_repaired
from projections.engine.stored_values import read_day, read_id, read_numbers
from projections.playback.initial_state import load_initial_state
from projections.read_models.award_entries import list_group_entries
from projections.read_models.award_facts import list_families
from projections.read_models.day_findings import load_known_cases
from projections.read_models.day_totals import list_reconciled_days
from projections.read_models.event_turnout import list_event_turnout
from projections.read_models.exits import list_exits
from projections.read_models.month_statements import list_month_statements
from projections.read_models.sessions import list_sessions
from projections.read_models.spot_checks import list_spot_checks
from projections.read_models.trainings import list_training_sessions
from projections.read_models.visits import list_visits
from tests.support.builders import ANN, BEN, COORDINATOR, FOUR_DAYS, shift
from tests.support.kiosk_program import line, run_kiosk, write_batch

BY = {"by": COORDINATOR, "reason": "on paper"}
A_MONTH_OF_ALL = (
    *FOUR_DAYS,
    shift("S6", "11-21", BEN),
    line(
        "schedule_event",
        "2026-11-20T12:00",
        event="E",
        start="2026-11-22T09:00",
        end="2026-11-22T12:00",
        volunteers=[ANN],
    ),
    line(
        "schedule_session",
        "2026-11-20T12:01",
        session="M",
        kind="meeting",
        title="志工會議",
        start="2026-11-23T10:00",
        end="2026-11-23T12:00",
        volunteers=[ANN],
    ),
    line(
        "complete_training",
        "2026-11-20T12:02",
        volunteer=ANN,
        kind="basic",
        on="2026-11-20",
        hours=4,
        modules=["ethics"],
    ),
    line(
        "attest_family",
        "2026-11-20T12:03",
        family="F1",
        members=[ANN, BEN],
        document="戶口名簿",
        by=COORDINATOR,
    ),
    line("apply_for_record_book", "2026-11-20T12:04", volunteer=ANN),
    line("register_record_book", "2026-11-20T12:05", volunteer=ANN, number="A1"),
    line("draw_spot_check", "2026-11-20T12:06", seed=1, by=COORDINATOR),
    line("reconcile", "2026-11-24T04:30", date="2026-11-23"),
    line("close_month", "2026-12-03T10:00", month="2026-11", **BY),
)
"""Something in each column that holds JSON."""
RULES = {"policies.policy", "unit.open_days"}
"""Columns that nothing but an explanation of a home that stands reads; an opened one goes by the log."""
ANOTHER_SHAPE = '{"a":["b"]}'
"""JSON, and of none of these columns."""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which a month was closed; to be copied."""
    home = tmp_path_factory.mktemp("lived") / "home"
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    assert run_kiosk("apply", write_batch(home.with_name("b"), *A_MONTH_OF_ALL), "--home", home).err == ""
    assert run_kiosk("exits", "--home", home).status == 0
    return home


@pytest.fixture
def home(lived: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(lived, tmp_path / "home"))


def edit(home: Path, change: str, *values: object) -> None:
    """As another program would, that knows nothing of a seal."""
    (home / "views.db-seal").unlink(missing_ok=True)
    with closing(sqlite3.connect(home / "views.db", isolation_level=None)) as tool:
        assert tool.execute(change, values).rowcount


# --- What read models decode ---


def find_json_columns(views: Path) -> set[str]:
    """The columns of text in which nothing but lists and objects stand."""
    with closing(sqlite3.connect(views)) as db:
        columns = db.execute(
            "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_info(t.name) c"
            " WHERE t.type = 'table' AND c.type = 'TEXT' AND t.schema = 'main'"
        ).fetchall()
        held = "SELECT count({column}), coalesce(sum(json_valid({column}) AND {column} GLOB '[[{{]*'), 0) FROM {table}"
        counts = {
            f"{table}.{column}": db.execute(held.format(table=table, column=column)).fetchone()
            for table, column in columns
        }
    return {name for name, (filled, are_json) in counts.items() if filled and filled == are_json}


def ask_all(home: Home) -> list[object]:
    """Whatever read models decode from JSON."""
    views, day = home.views, date(2026, 11, 22)
    since = second(datetime(2026, 11, 22, 4, tzinfo=home.zone))
    return [
        list(list_exits(views)),
        load_known_cases(views),
        list(list_visits(views)),
        list_month_statements(views),
        list_families(views),
        list_group_entries(views),
        list(list_spot_checks(views)),
        list(list_training_sessions(views)),
        list_reconciled_days(views, 9),
        list(list_event_turnout(views)),
        list_sessions(views),
        load_initial_state(views, day.toordinal(), since, []),
    ]


def test_every_column_of_json_that_cannot_be_read_is_built_anew(home: Path) -> None:
    columns = sorted(find_json_columns(home / "views.db") - RULES)
    assert len(columns) == JSON_COLUMNS  # one more is one more that `ask_all` has to ask
    with Home.open(home) as opened:
        opened.views.catch_up(None)
        right = ask_all(opened)
        for column in columns:
            for damaged in ("{", ANOTHER_SHAPE):
                table, _, name = column.partition(".")
                opened.rebuilt_views = False
                edit(home, f"UPDATE {table} SET {name} = ? WHERE {name} IS NOT NULL", damaged)
                assert run_repaired(opened, lambda: ask_all(opened)) == right, column
                assert opened.rebuilt_views, column


JSON_COLUMNS = 12
"""Without those of the rules."""


@pytest.mark.parametrize(
    ("question", "change", "value"),
    [
        (["exits"], "UPDATE cases SET evidence = ?", "{"),
        (["exits"], "UPDATE cases SET raised_on = ?", "soon"),
        (["pending"], "UPDATE cases SET evidence = ?", "{"),
        (["month", "list"], "UPDATE month_statements SET totals = ?", "{"),
        (["month", "check", "2026-11"], "UPDATE month_statements SET lines = ?", '{"nobody":"0"}'),
        (["awards", "--short"], "UPDATE families SET members = ?", '["nobody"]'),
        (["visits"], "UPDATE people SET volunteer = ? WHERE key = 1", b"\0"),
        (["volunteers"], "UPDATE people SET volunteer = ? WHERE key = 1", b"\0"),
        (["month", "list"], "UPDATE month_statements SET month = ?", 1 << 40),
        (["explain", ANN, "2026-11-18"], "UPDATE policies SET policy = ?", "{"),
        (["explain", ANN, "2026-11-18"], "UPDATE events SET listed = ?", "{"),
    ],
    ids=str,
)
@pytest.mark.parametrize("is_opened", [False, True], ids=["standing", "opened"])
def test_a_question_is_answered_as_if_nothing_were_damaged(
    home: Path, question: list[str], change: str, value: object, *, is_opened: bool
) -> None:
    asked = [*question, "--format", "json", "--home", str(home)]
    right = run_kiosk(*asked)
    assert right.status == 0
    edit(home, change, value)
    if is_opened:
        (home / STAMP_FILE).unlink()
    found = run_kiosk(*asked)
    assert (found.status, found.out) == (0, right.out)
    assert "Traceback" not in found.err


def test_the_checks_answer_as_well(home: Path) -> None:
    edit(home, "UPDATE settled SET totals = ?", "{")
    assert "Traceback" not in (found := run_kiosk("status", "--home", home)).err
    assert "Error" not in found.out


# --- What is a fault of the program ---


@pytest.mark.parametrize(
    ("read", "value", "fault"),
    [(read_id, b"\0", ValueError), (read_day, 1 << 40, OverflowError), (read_numbers, "{", msgspec.DecodeError)],
)
def test_what_cannot_be_read_in_new_read_models_either_is_a_fault_of_the_program(
    home: Path, read: Callable[[Any], object], value: object, fault: type[Exception]
) -> None:
    with Home.open(home) as opened:
        opened.views.catch_up(None)
        with pytest.raises(fault):
            run_repaired(opened, lambda: read(value))
        assert opened.rebuilt_views


def test_what_the_program_gets_wrong_elsewhere_builds_nothing_anew(home: Path) -> None:
    with Home.open(home) as opened:
        opened.views.catch_up(None)
        with pytest.raises(ValueError, match="invalid literal"):
            run_repaired(opened, lambda: int("x"))
        assert not opened.rebuilt_views


DECODING = {"msgspec.json.decode", "json.loads", "UUID"}


@pytest.mark.parametrize("folder", ["read_models", "playback"])
def test_read_models_read_values_through_one_module(folder: str) -> None:
    """Elsewhere an error would end the command, each time that it is asked."""
    sources = [path for root in projections.__path__ for path in Path(root, folder).glob("*.py")]
    found = [
        (path.name, call.lineno)
        for path in sources
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in DECODING
        if not any(keyword.arg == "int" for keyword in call.keywords)
    ]
    assert sources
    assert found == []
