"""Trainings by batch: what is needed comes from a table that the unit may replace (R-003, R-004)."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kiosk.trainings.requirements import load_requirements
from tests.kiosk.conftest import Apply, list_topics
from tests.support.builders import ANN, BEN, SETUP_LINES
from tests.support.kiosk_program import line, run_kiosk

TAIPEI = {
    "社會福利": 6,
    "社福": 6,
    "綜合": 3,
    "衛生": 4,
    "民政": 4,
    "戶政": 4,
    "勞動": 12,
    "教育": 2,
    "消防": 40,
    "農業": 32,
    "經濟": 3,
    "動保": 4,
    "義務動物保護員": 12,
    "地政": 12,
    "稅務": 6,
    "節水": 12,
    "環教": 32,
}
"""R-004: hours by category."""
OWN_ROW = '[[training]]\nkind = "special"\ncategories = ["戶政"]\nhours = 6\n'
NEW = line("enrol_volunteer", "2026-11-01T08:00", volunteer="V9", mode="rostered", agreement_from="2026-11-01")


def special(hours: float, on: str = "2026-11-03", **said: Any) -> dict[str, Any]:
    fields = {"volunteer": "V9", "kind": "special", "category": "戶政", "hours": hours, "on": on, **said}
    return line("complete_training", "2026-11-10T09:00", **fields)


@pytest.mark.parametrize(("category", "hours"), TAIPEI.items())
def test_the_table_of_taipei_has_the_hours_of_every_row(tmp_path: Path, category: str, hours: float) -> None:
    """R-004; what courses are listed with hours adds up to no more than is needed."""
    row = load_requirements(tmp_path).find_row("special", category)
    assert row is not None
    assert row.hours == hours
    assert sum(course.hours or 0 for course in row.courses) == hours
    assert load_requirements(tmp_path).find_row("special", f"{category}類") is row


def test_growth_and_leadership_take_18_hours_and_basic_three_modules(tmp_path: Path) -> None:
    """R-003, R-074, R-075."""
    table = load_requirements(tmp_path)
    assert [table.find_requirement(kind, None).hours for kind in ("growth", "leadership", "in_service")] == [
        18,
        18,
        None,
    ]
    assert table.find_requirement("basic", None).modules == {"ethics", "regulations", "experience"}


def test_a_training_is_complete_with_the_session_that_reaches_the_hours(simulation: Path, apply: Apply) -> None:
    """R-004: 3.5 hours of 4 are not complete, 4.0 are; the person at the terminal is told what is missing."""
    short = apply(simulation, *SETUP_LINES, NEW, special(3.5))
    assert (short.status, "4 hours" in short.out + short.err) == (0, True)
    assert list_topics(simulation)[-1] == "volunteer.training-attended"
    assert apply(simulation, special(0.5, "2026-11-05")).status == 0
    assert list_topics(simulation)[-2:] == ["volunteer.training-attended", "volunteer.training-completed"]


def test_the_units_own_rows_replace_those_of_their_categories(simulation: Path, apply: Apply) -> None:
    (simulation / "trainings.toml").write_text(OWN_ROW, encoding="utf-8")
    assert apply(simulation, *SETUP_LINES, NEW, special(4)).status == 0
    assert list_topics(simulation)[-1] == "volunteer.training-attended"
    assert load_requirements(simulation).find_requirement("special", "衛生").hours == 4


def test_another_table_changes_nothing_of_what_is_recorded(simulation: Path, apply: Apply) -> None:
    """The log says that a training is complete: credit is the same, whatever the table says today."""
    assert apply(simulation, *SETUP_LINES, NEW, special(4)).status == 0
    before = run_kiosk("volunteers", "--format", "json", "--home", simulation).out
    (simulation / "trainings.toml").write_text(OWN_ROW, encoding="utf-8")
    assert run_kiosk("volunteers", "--format", "json", "--home", simulation).out == before
    assert '"V9"' in before


@pytest.mark.parametrize(
    ("text", "number", "said"),
    [
        (OWN_ROW.replace("hours", "hour"), 4, "hour"),
        (OWN_ROW.replace('["戶政"]', '"戶政"'), 3, "categories"),
        (OWN_ROW.replace("hours = 6", 'hours = "six"'), 4, "hours"),
        (OWN_ROW.replace('"special"', '"specal"'), 2, "specal"),
        (OWN_ROW.replace("hours = 6", ""), 1, "hours"),
        (OWN_ROW + OWN_ROW, 7, "two rows"),
        ('[[training]]\nkind = "growth"\ncategories = ["戶政"]\nhours = 18\n', 3, "categories"),
        ('[[training]]\nkind = "basic"\nhours = 6\n', 1, "module"),
    ],
)
def test_a_typing_error_in_the_table_is_reported_with_its_line(
    simulation: Path, apply: Apply, text: str, number: int, said: str
) -> None:
    """File, line, what is wrong; the batch ends there and nothing of the training is recorded."""
    assert apply(simulation, *SETUP_LINES, NEW).status == 0
    (simulation / "trainings.toml").write_text(text, encoding="utf-8")
    refused = apply(simulation, special(4))
    assert refused.status != 0
    assert f"trainings.toml:{number}: " in refused.err
    assert said in refused.err
    assert list_topics(simulation)[-1] == "volunteer.enrolled"


@pytest.mark.parametrize("content", [b"[[training]\n", b"\xff\xfe"])
def test_a_table_that_is_no_toml_is_reported(simulation: Path, apply: Apply, content: bytes) -> None:
    assert apply(simulation, *SETUP_LINES, NEW).status == 0
    (simulation / "trainings.toml").write_bytes(content)
    refused = apply(simulation, special(4))
    assert (refused.status != 0, "trainings.toml" in refused.err, "Traceback" in refused.err) == (True, True, False)


def test_modules_are_of_basic_training_alone(simulation: Path, apply: Apply) -> None:
    """R-003: only basic training has modules, and none but its own."""
    of_special = special(4, modules=["ethics"])
    assert apply(simulation, *SETUP_LINES, NEW, of_special).status == 2
    unknown = line(
        "complete_training", "2026-11-10T09:00", volunteer="V9", kind="basic", on="2026-11-03", modules=["x"]
    )
    assert apply(simulation, unknown).status == 2
    done = unknown | {"modules": ["ethics", "regulations", "experience"]}
    assert apply(simulation, done).status == 0
    assert list_topics(simulation)[-1] == "volunteer.training-completed"


def test_the_table_that_is_shipped_is_whole() -> None:
    """It is part of the package, and every row names what it is for."""
    path = Path(__file__).parents[3] / "kiosk" / "trainings" / "data" / "taipei.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["training"]
    assert len([row for row in rows if row["kind"] == "special"]) == 15


# --- Sessions ---

TRAINING = line(
    "schedule_session",
    "2026-11-01T08:00",
    session="T1",
    kind="training",
    title="民政業務訓練",
    start="2026-11-19T09:00",
    end="2026-11-19T13:00",
    training="special",
    category="衛生",
    hours=4,
)


def tap(card: str, at: str) -> dict[str, Any]:
    return line("tap", f"2026-11-19T{at}", card=card)


def test_the_training_of_a_session_is_recorded_for_those_who_were_there(simulation: Path, apply: Apply) -> None:
    """R-073: in one go, once each; R-033: its hours are training, never service."""
    here = [tap("04000000000001", "08:55"), tap("04000000000001", "13:00")]
    record = line("complete_session_training", "2026-11-19T14:00", session="T1")
    assert apply(simulation, *SETUP_LINES, TRAINING, *here, record).status == 0
    assert list_topics(simulation)[-1] == "volunteer.training-completed"
    written = len(list_topics(simulation))
    again = apply(simulation, record | {"at": "2026-11-19T15:00"})
    assert (again.status, len(list_topics(simulation))) == (0, written)
    assert json.loads(run_kiosk("hours", "--format", "json", "--home", simulation).out) == []
    added = line(
        "add_session_attendance", "2026-11-19T16:00", session="T1", volunteer=BEN, reason="no card", by="林主任"
    )
    assert apply(simulation, added, record | {"at": "2026-11-19T16:01"}).status == 0
    assert len(list_topics(simulation)) == written + 2


def test_nobody_gets_a_training_who_was_not_there(simulation: Path, apply: Apply) -> None:
    record = line("complete_session_training", "2026-11-19T14:00", session="T1", volunteers=[ANN])
    refused = apply(simulation, *SETUP_LINES, TRAINING, record)
    assert (refused.status, f"{ANN} was not at session T1" in refused.err) == (1, True)


def test_a_session_says_which_training_it_is_or_that_it_is_none(simulation: Path, apply: Apply) -> None:
    without = {name: value for name, value in TRAINING.items() if name not in ("training", "category", "hours")}
    assert apply(simulation, *SETUP_LINES, without).status == 2
    assert apply(simulation, TRAINING | {"kind": "meeting"}).status == 2
    assert apply(simulation, without | {"kind": "liaison_meeting", "chair": "主任秘書"}).status == 0
    refused = apply(simulation, line("complete_session_training", "2026-11-19T14:00", session="T1"))
    assert (refused.status, "meeting" in refused.err) == (1, True)
