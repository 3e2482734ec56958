"""`kiosk difference`: what changed between two recorded instants, by whom and why, in words and as JSON."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, BEN, CAT, FOUR_DAYS, coordinator_line
from tests.support.kiosk_program import line, run_kiosk

BEFORE, AFTER = "2026-11-20T12:00", "2026-11-21T12:00"
BENS_VISIT = {"volunteer": BEN, "date": "2026-11-18", "check_in": "2026-11-18T08:55:00+08:00"}
PYTHON_VALUE = re.compile(r"\b(None|True|False|datetime|UUID)\b|[\[\]{}']")


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    """The visit of Ben on the 18th is closed on the 21st, and one of Ann added: she came without her card."""
    closed = coordinator_line(
        "close_visit", "11-21 09:00", volunteer=BEN, check_in="2026-11-18T08:55", check_out="2026-11-18T11:59:30"
    )
    hours = {"check_in": "2026-11-17T09:00", "check_out": "2026-11-17T10:00"}
    added = line("add_visit", "2026-11-21T09:05", volunteer=ANN, **hours, by="陳組長", reason="badge_forgotten")
    assert apply(simulation, *FOUR_DAYS, closed, added).err == ""
    return simulation


def compare(home: Path, *options: str, earlier: str = BEFORE, later: str = AFTER) -> str:
    ended = run_kiosk("difference", "--as-of", earlier, "--as-of", later, "--home", home, *options)
    assert ended.status == 0
    return ended.out


def compare_as_json(home: Path) -> list[dict[str, Any]]:
    return json.loads(compare(home, "--format", "json"))


def test_a_changed_row_names_the_author_and_the_reason_of_each_act_behind_it(home: Path) -> None:
    (visit,) = [row for row in compare_as_json(home) if row["view"] == "visits" and row["key"] == BENS_VISIT]
    (act,) = visit["acts"]
    assert (act["what"], act["by"], act["reason"]) == ("corrections.visit-closed", "林主任", "on paper")
    assert (act["recorded_at"], visit["events"]) == ("2026-11-21T09:00:00+08:00", [act["event"]])


def test_the_keys_are_those_of_the_contract_and_acts(home: Path) -> None:
    assert {tuple(row) for row in compare_as_json(home)} == {("view", "key", "before", "after", "events", "acts")}


def test_in_a_table_each_field_that_differs_stands_before_and_after(home: Path) -> None:
    blocks = re.split(r"\n(?=\S)", compare(home).rstrip())
    (visit,) = [block for block in blocks if block.startswith(f"visits {BEN} 2026-11-18")]
    assert visit.splitlines()[:5] == [
        f"visits {BEN} 2026-11-18 08:55",
        "  check out: - -> 2026-11-18 11:59:30",
        "  status: no check out -> closed",
        "  credited minutes: 0 -> 179",
        "  uncredited: 08:55- no check out -> 08:55-09:00 unscheduled",
    ]
    assert re.fullmatch(
        r"  event \d+, recorded 2026-11-21 09:00: corrections: visit closed, by 林主任, reason: on paper",
        visit.splitlines()[-1],
    )
    assert "  corrected: no -> yes" in visit


def test_a_stretch_has_its_seconds(home: Path, apply: Apply) -> None:
    span = {"check_in": "2026-11-17T13:00:15", "check_out": "2026-11-17T14:00:45"}
    added = line("add_visit", "2026-11-21T09:10", volunteer=BEN, **span, by="陳組長", reason="on paper")
    assert apply(home, added).err == ""
    assert "  uncredited: 13:00:15-14:00:45 unscheduled" in compare(home)


def test_a_new_row_says_all_of_it_and_what_a_word_of_the_rules_means(home: Path) -> None:
    """R-036."""
    said = compare(home)
    assert f"visits {ANN} 2026-11-17 09:00: is new\n  check out: 2026-11-17 10:00\n" in said
    assert "by 陳組長, reason: badge_forgotten (came without the card)" in said


@pytest.mark.parametrize(("earlier", "later"), [(BEFORE, AFTER), ("2026-11-18T12:00", AFTER)])
def test_no_value_is_printed_as_python_writes_it(home: Path, earlier: str, later: str) -> None:
    assert not PYTHON_VALUE.search(compare(home, earlier=earlier, later=later))
    assert not PYTHON_VALUE.search(run_kiosk("visits", "--home", home).out)


def test_taps_stand_by_their_numbers(home: Path) -> None:
    said = compare(home, earlier="2026-11-19T08:00", later="2026-11-19T12:00")
    assert re.search(rf"visits {CAT} 2026-11-19 09:00: is new\n(  .*\n)*  events \d+, \d+\n", said)
