"""What a kiosk recorded and its hub does not have is listed, so that a person can enter it."""

import json
from pathlib import Path
from shutil import copytree
from typing import Any

from kiosk.home import Home
from tests.support.joined_kiosk import ANN, BEN, STRANGER, take, tap
from tests.support.kiosk_program import run_kiosk


def list_not_held(unit: Home, kiosk: Path) -> list[dict[str, Any]]:
    ended = run_kiosk("kiosks", "--not-held", kiosk, "--format", "json", "--home", unit.path)
    assert ended.status == 0, ended.err
    return json.loads(ended.out)


def test_where_the_log_of_a_kiosk_forked_the_taps_of_its_other_line_are_listed(unit: Home, side: Path) -> None:
    """Ann's second tap has the same stream and number in both lines."""
    with Home.open(side) as kiosk:
        tap(kiosk, ANN, "2026-11-19 09:00")
        take(unit, kiosk)
    old = Path(copytree(side, side.with_name("put back")))
    with Home.open(side) as kiosk:
        tap(kiosk, ANN, "2026-11-19 11:00")
        take(unit, kiosk)
    with Home.open(old) as kiosk:
        tap(kiosk, ANN, "2026-11-19 12:00")
        tap(kiosk, BEN, "2026-11-19 12:30")
        tap(kiosk, STRANGER, "2026-11-19 12:40")

    assert list_not_held(unit, side) == []
    assert [(row["at"][11:16], row["volunteer"], row["name"], row["event"]) for row in list_not_held(unit, old)] == [
        ("12:00", "V001", "王〇明", "attendance.checked-out"),
        ("12:30", "V002", "M. S.", "attendance.checked-in"),
        ("12:40", None, None, "refused-taps.tap-refused"),
    ]


def test_a_folder_that_is_no_kiosk_of_a_hub_is_refused(unit: Home, tmp_path: Path) -> None:
    for folder in (unit.path, tmp_path / "nothing"):
        ended = run_kiosk("kiosks", "--not-held", folder, "--home", unit.path)
        assert (ended.status, "is no home of a kiosk with a hub" in ended.err) == (1, True)


def test_a_kiosk_of_another_unit_is_refused(side: Path, tmp_path: Path) -> None:
    Home.make(tmp_path / "other", simulation=True).close()
    ended = run_kiosk("kiosks", "--not-held", side, "--home", tmp_path / "other")
    assert (ended.status, ended.out) == (1, "")
    assert "is the home of a kiosk of another unit" in ended.err
