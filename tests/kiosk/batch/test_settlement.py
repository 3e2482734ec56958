"""`acknowledge` and `retract` in a batch: by the row that `kiosk pending` shows, or refused in a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.conftest import Apply, read_refusal
from tests.support.builders import ANN, BEN, SETUP_LINES, coordinator_line, shift, tap
from tests.support.kiosk_program import line, run_kiosk

STRANGERS_CARD = "04FFFFFF000001"


def list_pending(home: Path) -> list[dict[str, Any]]:
    return json.loads(run_kiosk("pending", "--format", "json", "--home", home).out)


def build_line(row: dict[str, Any], at: str, **changed: Any) -> dict[str, Any]:
    """The line that acknowledges a row."""
    return coordinator_line(
        "acknowledge", at, **{name: row[name] for name in ("kind", "volunteer", "events")} | changed
    )


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    """On the 19th Ben was absent, Ann came without a duty, and a card was tapped that nobody has."""
    strange = line("tap", "2026-11-19T10:00", card=STRANGERS_CARD)
    taps = (tap(ANN, "11-19 09:00"), tap(ANN, "11-19 11:00"), strange, tap(ANN, "11-20 08:00"), tap(ANN, "11-20 09:00"))
    apply(simulation, *SETUP_LINES, shift("S1", "11-19", BEN), shift("S2", "11-20", ANN, hours="08:00-09:00"), *taps)
    return simulation


def test_what_is_acknowledged_leaves_the_list_and_comes_back(home: Path, apply: Apply) -> None:
    before = list_pending(home)
    assert [row["kind"] for row in before] == ["absent", "unscheduled", "unknown_card"]
    ended = apply(home, *(build_line(row, f"11-20 10:0{number}") for number, row in enumerate(before)))
    assert (ended.out, ended.err, list_pending(home)) == ("3 lines carried out\n", "", [])
    explained = run_kiosk("explain", ANN, "2026-11-19", "--format", "json", "--home", home).out
    (act,) = json.loads(explained)["acts"]
    assert (act["what"], act["by"], act["reason"]) == ("acknowledgements.acknowledged", "林主任", "on paper")
    said = run_kiosk("explain", ANN, "2026-11-19", "--home", home).out
    assert "presence outside the roster acknowledged: right as it is" in said
    assert apply(home, coordinator_line("retract", "11-20 11:00", event=act["event"])).err == ""
    assert list_pending(home) == [before[1]]


def test_the_night_reports_who_acknowledged_what(home: Path, apply: Apply) -> None:
    assert run_kiosk("reconcile", "--home", home).status == 0
    apply(home, *(build_line(row, f"11-20 10:0{number}") for number, row in enumerate(list_pending(home))))
    assert apply(home, tap(ANN, "11-21 09:00")).err == ""
    assert run_kiosk("reconcile", "--home", home).status == 0
    report = home / "reports" / "2026-11-20.json"
    rows = [row for row in json.loads(report.read_text("utf-8"))["corrections"] if row["kind"] == "acknowledged"]
    assert [(row["volunteer"], row["matter"]) for row in rows] == [
        (BEN, "absent"),
        (ANN, "unscheduled"),
        (None, "unknown_card"),
    ]
    assert "已確認「查無此卡」，維持原紀錄，登錄人 林主任，理由：on paper" in report.with_suffix(
        ".zh-TW.txt"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("number", "changed", "status", "sentence"),
    [
        (
            0,
            {"volunteer": ANN},
            1,
            "no absent with exactly these events needs a person: it is settled",
        ),
        (0, {"events": [1]}, 1, "no absent with exactly these events needs a person"),
        (2, {"volunteer": BEN}, 1, "no unknown_card with exactly these events needs a person"),
        (0, {"kind": "case"}, 1, "a case cannot be acknowledged: settle it with decide_exit"),
        (0, {"kind": "clock"}, 1, "a clock cannot be acknowledged: settle it with correct_clock"),
        (0, {"kind": "late"}, 2, "acknowledge: `kind`"),
        (0, {"events": []}, 2, "acknowledge: `events`"),
        (0, {"events": [0]}, 2, "acknowledge: `events"),
        (0, {"volunteer": "V999"}, 1, "there is no volunteer V999"),
    ],
)
def test_what_cannot_be_acknowledged_is_refused_in_a_sentence(
    home: Path, apply: Apply, number: int, changed: dict[str, Any], status: int, sentence: str
) -> None:
    before = list_pending(home)
    ended = apply(home, build_line(before[number], "11-20 10:00", **changed))
    assert (ended.status, read_refusal(ended, 1)[: len(sentence)]) == (status, sentence)
    assert list_pending(home) == before


def test_the_second_to_acknowledge_is_told_which_event_did(home: Path, apply: Apply) -> None:
    row = list_pending(home)[0]
    ended = apply(home, build_line(row, "11-20 10:00"), build_line(row, "11-20 10:01"))
    assert ended.status == 1
    assert read_refusal(ended, 2).startswith("this absent was acknowledged already (event ")


def test_a_dry_run_acknowledges_nothing(home: Path, apply: Apply) -> None:
    before = list_pending(home)
    assert apply(home, build_line(before[0], "11-20 10:00"), options=("--check",)).status == 0
    assert list_pending(home) == before
