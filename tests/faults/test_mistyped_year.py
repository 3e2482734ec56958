"""A mistyped year in the roster: it is refused, and one that stands in an old log stops no settlement."""

import json
from pathlib import Path

from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, AttackResult
from tests.support.kiosk_program import ANNS_UNIT_LINES, OPEN_UNIT, line, run_kiosk, write_batch

ENDLESS = {"start": "2026-11-16T09:00", "end": "2126-11-16T12:00"}
OPENED = {**OPEN_UNIT, "at": "2026-11-16T08:00"}
EARLY = {"start": "1926-11-16T09:00", "end": "1926-11-16T12:00"}


def test_one_shift_with_a_mistyped_year_stops_no_settlement(tmp_path: Path) -> None:
    """Refused as it is; and where its length is confirmed, as in the log of an older program, the nights go on."""
    row = AttackResult("a mistyped year in a shift or an event", 3, 0, 1, "confirmed, as an older program took it")
    ATTACK_RESULTS.append(row)
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "unit", OPENED, *ANNS_UNIT_LINES[1:]), "--home", home).err == ""
    shift = line("schedule_shift", "2026-11-01T09:00", shift="Endless", volunteers=["V001"], **ENDLESS)
    for attempt in (
        shift,
        line("schedule_event", "2026-11-01T09:00", event="Fair", **ENDLESS),
        line("change_shift", "2026-11-01T09:00", shift="S1", **ENDLESS),
    ):
        ended = run_kiosk("apply", write_batch(tmp_path / "typed", attempt), "--home", home)
        row.seen += ended.status == 1 and "longer than" in ended.err
    early = line("schedule_shift", "2026-11-01T09:00", shift="Early", volunteers=["V001"], **EARLY)
    later = line("import_calendar", "2026-11-23T09:00", year=2026)
    confirmed = write_batch(tmp_path / "confirmed", shift | {"long": True}, early, later)
    assert run_kiosk("apply", confirmed, "--home", home).err == ""
    settled = json.loads(run_kiosk("reconcile", "--home", home, "--format", "json").out)
    row.lost = 8 - len(settled)
    assert [one["date"] for one in settled] == ["1926-11-16", *(f"2026-11-{day}" for day in range(16, 23))]
    assert row.seen == row.tried
