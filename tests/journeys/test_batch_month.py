"""A month as a coordinator's scripts drive it: a batch a day, the nightly job, every question, every proof."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.support.builders import ANN, BEN, CAT, SETUP_LINES, BatchLine, shift, tap
from tests.support.kiosk_program import ProgramResult, line, run_kiosk, write_batch
from tests.support.tampering import open_unguarded

WORKING_DAYS = [day for n in range(30) if (day := date(2026, 11, 2) + timedelta(days=n)).isoweekday() < 6][:20]
"""Monday 2026-11-02 to Friday 2026-11-27."""
MISSED, ON_LEAVE = (3, 7, 9), 16
"""The working days, counted from 0: Ben's absences, and Ann's leave."""
FRIDAY = 5


def roster() -> Iterator[BatchLine]:
    """Ann serves on the even working days, Ben on the odd ones."""
    for n, day in enumerate(WORKING_DAYS):
        yield shift(f"D{n:02}", f"{day:%m-%d}", (ANN, BEN)[n % 2])
    away = WORKING_DAYS[ON_LEAVE] - timedelta(days=1)
    yield line("request_leave", f"{away}T18:00", volunteer=ANN, shift=f"D{ON_LEAVE:02}", recorded_at=f"{away}T18:00")


def taps(n: int, day: date) -> Iterator[BatchLine]:
    """Ann is punctual, Ben comes at 9:20, Cat on Fridays."""
    if n not in (*MISSED, ON_LEAVE):
        came, left = ("08:55", "12:01") if n % 2 == 0 else ("09:20", "12:00")
        yield tap((ANN, BEN)[n % 2], f"{day:%m-%d} {came}")
        yield tap((ANN, BEN)[n % 2], f"{day:%m-%d} {left}")
    if day.isoweekday() == FRIDAY:
        yield tap(CAT, f"{day:%m-%d} 13:00")
        yield tap(CAT, f"{day:%m-%d} 14:30:59")


def batches() -> Iterator[list[BatchLine]]:
    """The files of the month: the founding with the roster, one for every day with its night, the first of December."""
    yield [*SETUP_LINES, *roster()]
    for n, day in enumerate(WORKING_DAYS):
        night = line("reconcile", f"{day + timedelta(days=1)}T04:30", date=day.isoformat())
        yield [*sorted(taps(n, day), key=lambda said: said["at"]), night]
    yield [tap(ANN, "12-01 08:55")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulation after that month; nobody writes to it any more."""
    folder = tmp_path_factory.mktemp("month")
    assert run_kiosk("init", "--simulation", "--home", folder / "home").status == 0
    for n, lines in enumerate(batches()):
        ended = run_kiosk("apply", write_batch(folder / f"{n:02}.jsonl", *lines), "--home", folder / "home")
        assert (ended.status, ended.err) == (0, ""), f"{n}: {ended.err}"
    return folder / "home"


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    """The same, to be spoiled."""
    return Path(shutil.copytree(home, tmp_path / "copy"))


def asked(home: Path, *words: str) -> list[dict[str, Any]]:
    ended = run_kiosk(*words, "--format", "json", "--home", home)
    assert (ended.status, ended.err) == (0, "")
    return json.loads(ended.out)


# --- What the month has come to ---


def test_every_duty_has_the_outcome_of_its_day(home: Path) -> None:
    found = {
        row["shift"]: (row["outcome"], row["late_minutes"], row["credited_minutes"]) for row in asked(home, "duties")
    }
    came = {0: ("attended", 0, 180), 1: ("attended", 20, 160)}
    expected = {f"D{n:02}": came[n % 2] for n in range(20)}
    expected |= {f"D{n:02}": ("absent", 0, 0) for n in MISSED} | {f"D{ON_LEAVE:02}": ("leave", 0, 0)}
    assert found == expected


def test_the_hours_are_those_of_the_duties_and_of_cats_fridays(home: Path) -> None:
    assert asked(home, "hours", "--by", "month,category") == [
        {"volunteer": ANN, "month": "2026-11", "category": "戶政", "minutes": 9 * 180, "duties": 9},
        {"volunteer": BEN, "month": "2026-11", "category": "戶政", "minutes": 7 * 160, "duties": 7},
        {"volunteer": CAT, "month": "2026-11", "category": "戶政", "minutes": 4 * 90, "duties": 4},
    ]


def test_the_third_absence_is_a_case_from_its_night_on(home: Path) -> None:
    """R-050."""
    missed = [WORKING_DAYS[n].isoformat() for n in MISSED]
    assert [row["date"] for row in asked(home, "absences", "--volunteer", BEN)] == missed
    (case,) = asked(home, "exits")
    assert (case["volunteer"], case["raised_on"], case["count"], case["evidence"]) == (BEN, missed[-1], 3, missed)


def test_a_week_of_one_volunteer_can_be_asked_for(home: Path) -> None:
    week = ("--from", "2026-11-09", "--to", "115-11-13", "--volunteer", ANN)
    assert [row["date"] for row in asked(home, "visits", *week)] == ["2026-11-10", "2026-11-12"]
    assert asked(home, "hours", *week) == [{"volunteer": ANN, "minutes": 360, "duties": 2}]
    assert [row["shift"] for row in asked(home, "duties", *week)] == ["D06", "D08"]
    assert asked(home, "absences", *week) == []


def test_who_is_in_can_be_asked_of_any_instant(home: Path) -> None:
    assert [(row["volunteer"], row["duty"]) for row in asked(home, "presence", "--at", "2026-11-27T09:30")] == [
        (BEN, "D19")
    ]
    assert [row["volunteer"] for row in asked(home, "presence", "--at", "2026-11-27T13:30")] == [CAT]
    assert asked(home, "presence", "--at", "2026-11-27T12:00") == []
    assert [row["volunteer"] for row in asked(home, "presence")] == [ANN]


# --- Views are disposable ---

QUESTIONS = (
    "visits",
    "duties --from 2026-11-09 --to 2026-11-13",
    f"visits --volunteer {CAT}",
    "hours",
    "hours --by month",
    "hours --by category --from 2026-11-16",
    "hours --by month,category",
    "absences",
    "exits",
    "presence",
    "presence --at 2026-11-27T09:30",
)


def answers(home: Path) -> dict[str, ProgramResult]:
    """Every question in every format."""
    asked = product(QUESTIONS, ("table", "json", "csv"))
    return {f"{q} {f}": run_kiosk(*q.split(), "--format", f, "--home", home) for q, f in asked}


def test_a_question_has_as_many_rows_in_every_format(home: Path) -> None:
    said = answers(home)
    assert {(ended.status, ended.err) for ended in said.values()} == {(0, "")}
    for question in QUESTIONS:
        rows = len(json.loads(said[f"{question} json"].out))
        lines = said[f"{question} table"].out.splitlines(), said[f"{question} csv"].out.splitlines()
        assert (rows > 0, len(lines[0]) > rows, len(lines[1])) == (True, True, rows + 1), (
            question
        )  # a cell may have lines


def views_of(home: Path) -> list[Path]:
    return list(home.glob("views.db*"))


def test_deleted_views_come_back_to_the_byte(copy: Path) -> None:
    before = answers(copy)
    assert views_of(copy)
    for path in views_of(copy):
        path.unlink()
    assert answers(copy) == before


# --- Proofs ---


def test_replay_finds_the_views_identical(home: Path) -> None:
    ended = run_kiosk("replay", "--home", home)
    assert (ended.status, ended.out.partition(":")[0], ended.err) == (0, "identical", "")
    facts = json.loads(run_kiosk("replay", "--format", "json", "--home", home).out)
    assert (facts["identical"], facts["differences"], facts["rows"] > 0) == (True, [], True)


def test_replay_shows_the_row_that_was_changed(copy: Path) -> None:
    with closing(sqlite3.connect(copy / "views.db", isolation_level=None)) as tool:
        tool.execute(ONE_HOUR_TOO_MUCH)
    ended = run_kiosk("replay", "--home", copy)
    assert (ended.status, ended.out.splitlines()[0]) == (1, "the views differ from the events; the first differences:")
    facts = json.loads(run_kiosk("replay", "--format", "json", "--home", copy).out)
    (difference,) = facts["differences"]
    changed = [pair for pair in zip(difference["before"], difference["after"], strict=True) if pair[0] != pair[1]]
    assert (facts["identical"], difference["view"], changed) == (False, "visits", [(240, 180)])


ONE_HOUR_TOO_MUCH = """
UPDATE visits SET credited = credited + 60 WHERE (volunteer, check_in) IN (
    SELECT volunteer, check_in FROM visits WHERE credited = 180 ORDER BY check_in LIMIT 1)
"""


def edited(tool: sqlite3.Connection) -> int:
    """A person gives Ben's first check-in another time."""
    ((position,),) = tool.execute(BENS_FIRST_ARRIVAL)
    change = "UPDATE stored_events SET state = CAST(replace(state, 'T01:20:00Z', 'T00:55:00Z') AS BLOB)"
    tool.execute(f"{change} WHERE position = ?", (position,))
    return position


BENS_FIRST_ARRIVAL = """
SELECT min(position) FROM stored_events
WHERE topic = 'attendance.checked-in' AND instr(CAST(state AS TEXT), 'T01:20:00Z')
"""


def deleted(tool: sqlite3.Connection) -> int:
    """A person takes the leave away."""
    ((position,),) = tool.execute("SELECT position FROM stored_events WHERE topic = 'shift.leave-requested'")
    tool.execute("DELETE FROM stored_events WHERE position = ?", (position,))
    return position


@pytest.mark.parametrize("tampered", [edited, deleted])
def test_verify_names_the_event_that_was_changed(copy: Path, tampered: Callable[[sqlite3.Connection], int]) -> None:
    with open_unguarded(copy / "log.db") as tool:
        position = tampered(tool)
    ended = run_kiosk("verify", "--home", copy)
    assert (ended.status, ended.first_error_line.startswith(f"kiosk: event {position} ")) == (1, True), ended.err
    facts = json.loads(run_kiosk("verify", "--format", "json", "--home", copy).out)
    assert (facts["ok"], facts["first_bad"], facts["events"]) == (False, position, position - 1)


def test_nothing_is_settled_on_a_log_that_was_changed(copy: Path) -> None:
    with open_unguarded(copy / "log.db") as tool:
        position = edited(tool)
    ended = run_kiosk("reconcile", "--home", copy)
    assert (ended.status, ended.out) == (1, "")
    assert ended.first_error_line.startswith(f"kiosk: nothing was settled: event {position} ")


# --- The night ---


def head(home: Path) -> tuple[int, str]:
    facts = json.loads(run_kiosk("verify", "--format", "json", "--home", home).out)
    return facts["events"], facts["head"]


def test_the_nightly_job_settles_what_is_left_and_the_second_time_nothing(copy: Path) -> None:
    rows = asked(copy, "reconcile")
    assert [row["date"] for row in rows] == ["2026-11-28", "2026-11-29", "2026-11-30"]
    assert [row["duties"] for row in rows] == [0, 0, 0]
    after = head(copy)
    assert [asked(copy, "reconcile"), asked(copy, "reconcile", "--date", "2026-11-30")] == [[], []]
    assert head(copy) == after


def test_a_day_that_is_not_over_is_refused_and_changes_nothing(copy: Path) -> None:
    before = head(copy)
    ended = run_kiosk("reconcile", "--date", "2026-12-01", "--format", "json", "--home", copy)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == "kiosk: the service day 2026-12-01 ends at 2026-12-02 04:00: reconcile it after that\n"
    assert head(copy) == before
