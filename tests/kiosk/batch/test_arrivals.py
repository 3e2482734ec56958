"""`add_visit` without `check_out`: a volunteer came without the card, and has not left yet (R-036)."""

import json
from pathlib import Path

from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, BEN, SETUP_LINES, shift, tap
from tests.support.kiosk_program import line, run_kiosk

MADE = {"by": "陳組長", "reason": "badge_forgotten"}
ARRIVED = line("add_visit", "2026-11-19T08:55", volunteer=ANN, check_in="2026-11-19T08:55", **MADE)


def read(home: Path, *words: str) -> list[dict[str, object]]:
    return json.loads(run_kiosk(*words, "--home", home, "--format", "json").out)


def test_a_forgotten_card_is_entered_explained_reported_and_ended_by_a_tap(simulation: Path, apply: Apply) -> None:
    assert apply(simulation, *SETUP_LINES, shift("S1", "11-19", ANN, BEN), ARRIVED).err == ""
    (visit,) = read(simulation, "visits")
    assert (visit["check_out"], visit["status"], visit["kiosk"], visit["corrected"]) == (None, "open", "desk", True)
    assert [row["volunteer"] for row in read(simulation, "presence")] == [ANN]

    ended = apply(simulation, line("add_visit", "2026-11-19T09:00", volunteer=ANN, check_in="2026-11-19T09:00", **MADE))
    assert (ended.status, len(read(simulation, "visits"))) == (1, 1)
    assert "would overlap the one from 2026-11-19 08:55" in ended.err

    assert apply(simulation, tap(ANN, "11-19 12:05"), tap(BEN, "11-20 09:00")).err == ""
    (visit, _) = read(simulation, "visits")
    assert (visit["status"], visit["credited_minutes"]) == ("closed", 180)

    explained = run_kiosk("explain", ANN, "2026-11-19", "--home", simulation).out
    assert "arrival of 08:55 added, by 陳組長, reason: badge_forgotten (came without the card)  (event " in explained
    assert run_kiosk("reconcile", "--home", simulation).status == 0
    chinese = (simulation / "reports" / "2026-11-19.zh-TW.txt").read_text(encoding="utf-8")
    assert f"  {ANN}  補登到班 08:55，登錄人 陳組長，理由：忘記帶卡（badge_forgotten）" in chinese
    assert run_kiosk("replay", "--home", simulation).status == 0
