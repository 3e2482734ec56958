"""The ministry's file of duties about midnight at the end of a month: each allowance and count stands in one file."""

from pathlib import Path

import pytest
from python_calamine import load_workbook

from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, SETUP_LINES, BatchLine, tap
from tests.support.kiosk_program import line, run_kiosk

Figures = tuple[object, ...]
"""Hours, minutes, people served, NT$ for the way and for meals."""


def serve_night(start: str, end: str) -> list[BatchLine]:
    """A shift of Ann's from one instant to another, by its side whom she served."""
    plan = {"start": start, "end": end, "item": "0130", "content": "0028"}
    return [
        line("schedule_shift", "2026-11-01T08:00", shift="N1", volunteers=[ANN], **plan),
        tap(ANN, start.removeprefix("2026-").replace("T", " ")),
        tap(ANN, end.removeprefix("2026-").replace("T", " ")),
        line("record_served_count", "2026-12-01T10:00", shift="N1", count=12, by="lin"),
        line("record_drill", "2027-01-01T08:00", accounted=[ANN], by="lin"),
    ]


def read_figures(home: Path, month: str) -> list[Figures]:
    """Those of the rows in the file of a month."""
    path = home.parent / f"{month}.xlsx"
    assert run_kiosk("ministry", month, "--output", path, "--home", home).status == 0
    _, *rows = load_workbook(path).get_sheet_by_name("服務時數記錄").to_python()
    return [tuple(row[6:11]) for row in rows]


@pytest.mark.parametrize(
    ("start", "end", "november", "december"),
    [
        ("2026-11-30T20:00", "2026-11-30T23:59", [(3, 59, 12, 20, 80)], []),
        ("2026-11-30T22:00", "2026-12-01T02:00", [(2, 0, 12, 20, 80)], [(2, 0, "", "", "")]),
        ("2026-12-01T00:00", "2026-12-01T03:45", [], [(3, 45, 12, 20, 80)]),
        ("2026-12-01T04:00", "2026-12-01T07:45", [], [(3, 45, 12, 20, 80)]),
    ],
)
def test_an_allowance_and_people_served_are_of_the_month_in_which_the_duty_begins(
    simulation: Path, apply: Apply, start: str, end: str, november: list[Figures], december: list[Figures]
) -> None:
    """R-028, R-070, R-104: also behind midnight, where the service day is the last one of the month before."""
    amounts = {"meal_allowance": 80, "transport_allowance": 20}
    policy = line("adopt_policy", "2026-11-01T08:00", effective_from="2026-11-01", **amounts)
    known = line("change_person", "2026-11-01T08:00", volunteer=ANN, name="王小明", national_id="A123456789", by="lin")
    assert apply(simulation, *SETUP_LINES, policy, known, *serve_night(start, end)).err == ""
    assert (read_figures(simulation, "2026-11"), read_figures(simulation, "2026-12")) == (november, december)
