"""The night's report says what was corrected, by whom and why, and forgets the reasons of a person who is erased."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, BEN, SETUP_LINES, coordinator_line, shift, tap
from tests.support.kiosk_program import line, run_kiosk

ADDED = line(
    "add_visit",
    "2026-11-17T09:00",
    volunteer=ANN,
    check_in="2026-11-16T09:00",
    check_out="2026-11-16T10:00:30",
    by="陳組長",
    reason="badge_forgotten",
)
"""Of the 16th, on the morning after, before that day is settled."""
EXCUSED = coordinator_line("excuse_absence", "11-18 10:00", volunteer=BEN, shift="S1")
"""Of the 16th, after it was settled."""


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    """The 16th is settled on the 17th, and the 17th and the 18th on the 19th."""
    assert apply(simulation, *SETUP_LINES, shift("S1", "11-16", BEN), ADDED, tap(BEN, "11-17 10:00")).err == ""
    assert run_kiosk("reconcile", "--home", simulation).status == 0
    assert apply(simulation, tap(BEN, "11-17 12:00"), EXCUSED, tap(BEN, "11-19 09:00")).err == ""
    assert run_kiosk("reconcile", "--home", simulation).status == 0
    return simulation


def load_corrections(home: Path, day: str) -> list[dict[str, Any]]:
    return json.loads((home / "reports" / f"2026-11-{day}.json").read_text(encoding="utf-8"))["corrections"]


def load_text(home: Path, day: str, language: str) -> str:
    return (home / "reports" / f"2026-11-{day}.{language}.txt").read_text(encoding="utf-8")


def test_a_correction_of_the_day_names_its_author_and_reason(home: Path) -> None:
    """R-036."""
    (added,) = load_corrections(home, "16")
    assert (added["volunteer"], added["kind"], added["by"], added["reason"]) == (
        ANN,
        "added",
        "陳組長",
        "badge_forgotten",
    )
    assert (added["start"], added["end"]) == ("2026-11-16T09:00:00+08:00", "2026-11-16T10:00:30+08:00")
    chinese, english = (load_text(home, "16", language) for language in ("zh-TW", "en"))
    expected = (
        f"  {ANN}  補登到班紀錄 09:00-10:00:30，登錄人 陳組長，理由：忘記帶卡（badge_forgotten）  #{added['event']}\n"
    )
    assert expected in chinese
    assert f"  {ANN}  visit 09:00-10:00:30 added, by 陳組長, reason: badge_forgotten (" in english


def test_a_correction_of_a_settled_day_is_in_the_next_report_and_in_one_only(home: Path) -> None:
    (excused,) = load_corrections(home, "17")
    assert (excused["volunteer"], excused["shift"], excused["kind"]) == (BEN, "S1", "excused")
    assert (excused["by"], excused["reason"]) == ("林主任", "on paper")
    assert load_corrections(home, "18") == []
    assert "S1 缺席改為請假，登錄人 林主任，理由：on paper" in load_text(home, "17", "zh-TW")
    assert "更正" not in load_text(home, "18", "zh-TW")


def test_the_reason_is_erased_with_the_person(home: Path, apply: Apply) -> None:
    ended = line("end_agreement", "2026-11-19T10:00", volunteer=BEN, on="2026-11-18", reason="moved away")
    assert apply(home, ended, tap(ANN, "11-20 09:00")).err == ""
    assert run_kiosk("erase", BEN, "--basis", "request", "--yes", "--home", home).status == 0
    (excused,) = load_corrections(home, "17")
    assert (excused["volunteer"][:7], excused["reason"], excused["reason_lost"]) == ("erased-", None, "erased")
    for language in ("zh-TW", "en"):
        assert "on paper" not in load_text(home, "17", language)
    assert load_corrections(home, "16")[0]["reason"] == "badge_forgotten"


def test_a_retraction_is_reported_with_its_own_author_and_reason(home: Path, apply: Apply) -> None:
    (excused,) = load_corrections(home, "17")
    taken_back = line("retract", "2026-11-19T11:00", event=excused["event"], by="陳組長", reason="wrong person")
    assert apply(home, taken_back, tap(ANN, "11-20 09:00")).err == ""
    assert run_kiosk("reconcile", "--home", home).status == 0
    (retracted,) = load_corrections(home, "19")
    assert (retracted["kind"], retracted["retracts"]) == ("excuse_retracted", excused["event"])
    assert (retracted["by"], retracted["reason"]) == ("陳組長", "wrong person")
    said = run_kiosk("explain", BEN, "2026-11-16", "--format", "json", "--home", home).out
    acts = [(act["event"], act.get("retracts")) for act in json.loads(said)["acts"]]
    assert acts == [(excused["event"], None), (retracted["event"], excused["event"])]
    span = ("--as-of", "2026-11-19T09:00", "--as-of", "2026-11-20T09:00")
    difference = run_kiosk("difference", *span, "--home", home).out
    sentence = f"excuse retracted (event {excused['event']}), by 陳組長, reason: wrong person"
    assert f"event {retracted['event']}, recorded 2026-11-19 11:00: shift: {sentence}" in difference
