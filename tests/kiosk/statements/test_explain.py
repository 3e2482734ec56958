"""`kiosk explain` tells a day in full, also what the desk did and why; its JSON is the contract's."""

import json
from pathlib import Path

import pytest

from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, BEN, CAT, FOUR_DAYS, coordinator_line, line, shift, tap
from tests.support.kiosk_program import run_kiosk

STORY = (
    *FOUR_DAYS,
    shift("S6", "11-21", ANN),
    line("swap", "2026-11-20T10:00", shift="S6", **{"from": ANN, "to": BEN}, by="林主任", reason="wedding"),
    shift("S7", "11-22", BEN),
    coordinator_line("excuse_absence", "11-23 08:00", volunteer=BEN, shift="S7"),
    tap(BEN, "11-23 08:30"),
)


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    assert apply(simulation, *STORY).err == ""
    return simulation


def explain_day(home: Path, who: str, day: str, *options: str) -> str:
    ended = run_kiosk("explain", who, f"2026-11-{day}", "--home", home, *options)
    assert (ended.status, ended.err) == (0, "")
    return ended.out


def test_a_correction_is_shown_with_author_time_and_reason(home: Path) -> None:
    said = explain_day(home, CAT, "19")
    assert "visit of 14:00 closed at 14:30, by 林主任, reason: on paper  (event " in said
    assert "visit of 14:00 voided, by 林主任, reason: on paper" in said
    assert "R-121 The visit was voided at the desk; the record of it is kept." in said


def test_leaves_and_swaps_are_shown_on_both_days(home: Path) -> None:
    assert "leave from S3, by system" in explain_day(home, ANN, "19")
    assert f"S6 handed over to {BEN}, by 林主任, reason: wedding" in explain_day(home, ANN, "21")
    assert f"S6 taken over from {ANN}, by 林主任, reason: wedding" in explain_day(home, BEN, "21")
    assert "11-23 08:00  absence from S7 excused, by 林主任" in explain_day(home, BEN, "22")


def test_the_total_shows_its_parts(home: Path) -> None:
    assert "total                90 min credited = 90 + 0\n" in explain_day(home, CAT, "19")


def test_as_of_an_earlier_instant_later_events_are_not_shown(home: Path) -> None:
    assert "voided" not in explain_day(home, CAT, "19", "--as-of", "2026-11-19T15:00")


def test_an_empty_day_says_so(home: Path) -> None:
    assert explain_day(home, CAT, "01") == f"{CAT} on 2026-11-01: 0 minutes credited\n  nothing was recorded\n"


def test_json_has_the_keys_of_the_contract_and_no_others(home: Path) -> None:
    said = json.loads(explain_day(home, CAT, "19", "--format", "json"))
    assert list(said) == ["volunteer", "date", "credited_minutes", "stretches"]
    assert {tuple(stretch) for stretch in said["stretches"]} == {
        ("from", "to", "credited", "reason", "rule", "duty", "events")
    }
