"""Opening hours as `open_unit` gives them: none said, never open, and over midnight (R-026)."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.home import Home
from tests.support.kiosk_program import line, run_kiosk, write_batch

NIGHT = [{"days": [4], "from": "22:00", "to": "06:00"}]
"""Thursdays."""


@pytest.mark.parametrize(
    ("said", "minutes", "reasons"),
    [
        ({}, 600, []),
        ({"opens": None}, 600, []),
        ({"opens": []}, 0, ["closed_hours"]),
        ({"opens": NIGHT}, 480, ["closed_hours", "closed_hours"]),
    ],
    ids=["nothing said", "null", "never", "over midnight"],
)
def test_a_flexible_volunteer_is_credited_while_the_unit_is_open(
    tmp_path: Path, said: dict[str, Any], minutes: int, reasons: list[str]
) -> None:
    """From 21:00 to 07:00, over midnight and over the turn of the service day."""
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    stay = {"check_in": "2026-11-19T21:00", "check_out": "2026-11-20T07:00", "reason": "no card", "by": "lin"}
    lines = [
        line("open_unit", "2026-11-18T08:00", name="U", kind="public", category="戶政", **said),
        line("enrol_volunteer", "2026-11-18T09:00", volunteer="V1", mode="flexible", agreement_from="2026-11-18"),
        line("complete_training", "2026-11-18T09:00", volunteer="V1", kind="basic", on="2026-11-17"),
        line("complete_training", "2026-11-18T09:00", volunteer="V1", kind="special", category="戶政", on="2026-11-17"),
        line("add_visit", "2026-11-20T12:00", volunteer="V1", **stay),
    ]
    assert run_kiosk("apply", write_batch(tmp_path / "batch", *lines), "--home", home).err == ""
    (visit,) = json.loads(run_kiosk("visits", "--format", "json", "--home", home).out)
    assert (visit["credited_minutes"], [gap["reason"] for gap in visit["uncredited"]]) == (minutes, reasons)
