"""What views note of a unit is the unit, as the log has it: a day is evaluated from them without the log."""

import sqlite3
from contextlib import closing
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from projections.engine.noted_unit import load_noted_unit
from projections.evaluation.facts import UnitInForce
from tests.support.office import Office
from tests.support.people import ANN

HOURS = [{"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "17:00"}, {"days": [6], "from": "22:00", "to": "24:00"}]


def describe(unit: UnitInForce) -> list[Any]:
    """Everything that is in it."""
    return [
        *(unit.category, unit.opened_on, unit.opened_at, unit.events, unit.sessions, unit.eventful_days),
        *(unit.open_days.zone, unit.open_days.hours, unit.open_days.closed, unit.open_days.years),
        *(unit.days.zone, unit.days.were_moved, [unit.days.start(day) for day in range(739_500, 740_000)]),
        [unit.policies.on(day) for day in (1, *range(739_500, 740_000))],
        *(unit.policies.day_ends, unit.policies.longest_debounce, unit.policies.longest_early_window),
    ]


@pytest.mark.parametrize("is_new", [True, False], ids=["filed anew", "brought up to date"])
def test_the_unit_that_is_noted_is_that_of_the_log(tmp_path: Path, is_new: bool) -> None:
    office = Office(tmp_path, ANN, opens=HOURS)
    if not is_new:
        office.current_views()
    office.adopt_policy("2026-03-01", day_ends_at="05:00", debounce_seconds=30, report_windows=["/02-28"])
    office.adopt_policy("2026-03-01", grace_minutes_in=1)
    office.desk.import_calendar(2026, "office", [date(2026, 1, 1), date(2026, 2, 17)], office.act)
    office.at("2026-03-02 08:00").schedule_event("E1", "2026-03-05 09:00", "2026-03-05 12:00", ANN)
    office.schedule_session("M1", "2026-03-06 09:00", "2026-03-06 10:00")
    unit = office.current_views().load_unit()
    with closing(sqlite3.connect(tmp_path / "views.db")) as db:
        noted = load_noted_unit(db, ZoneInfo("Asia/Taipei"))
    office.close_down()
    assert describe(noted) == describe(unit)
    assert (noted.opened_on, noted.policies.on(740_000).day_ends_at) == (date(2024, 1, 2), time(5))
    assert noted.open_days.closed
    assert noted.events
    assert noted.sessions
