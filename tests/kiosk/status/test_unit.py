"""The checks of what the unit has to renew."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.status.checked_home import CheckedHome
from kiosk.status.unit import check_calendar, check_leaders, check_plan
from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import ANNS_UNIT_LINES, OPEN_UNIT, line

PRIVATE = {**OPEN_UNIT, "kind": "private"}
PLAN = line(
    "file_plan",
    "2026-01-02T09:00",
    plan="P1",
    authority="民政局",
    valid_from="2026-01-01",
    valid_to="2026-12-31",
    by="lin",
)


WITH_HOURS = {"opens": [{"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "17:00"}]}


def read_calendar_check(home: Path) -> tuple[bool, str]:
    with CheckedHome(home) as checked:
        return check_calendar(checked)[1:]


@pytest.mark.parametrize(
    ("opened", "ok"),
    [(OPEN_UNIT, False), (PRIVATE, True), (PRIVATE | WITH_HOURS, False), (OPEN_UNIT | WITH_HOURS, False)],
)
def test_a_unit_that_is_public_or_has_opening_hours_needs_an_office_calendar(
    simulation: Path, apply: Apply, opened: dict[str, Any], ok: bool
) -> None:
    """R-048."""
    assert read_calendar_check(simulation)[0], "not open yet"
    assert apply(simulation, opened).err == ""
    assert read_calendar_check(simulation)[0] is ok


@pytest.mark.parametrize(
    ("at", "ok", "detail"),
    [
        ("2026-11-30T12:00", True, "imported: 2026"),
        ("2026-12-01T03:59", True, "imported: 2026"),
        ("2026-12-01T04:00", False, "missing: 2027;"),
        ("2027-01-01T12:00", False, "missing: 2027;"),
        ("2027-12-01T12:00", False, "missing: 2027, 2028;"),
    ],
)
def test_the_calendar_of_the_next_year_is_asked_for_from_december_on(
    simulation: Path, apply: Apply, at: str, ok: bool, detail: str
) -> None:
    """The service day begins at four."""
    imported = line("import_calendar", "2026-11-02T09:00", year=2026)
    assert apply(simulation, *ANNS_UNIT_LINES, imported, line("tap", at, card="04000000000001")).err == ""
    found = read_calendar_check(simulation)
    assert (found[0], found[1].startswith(detail)) == (ok, True), found[1]
    assert apply(simulation, line("import_calendar", at, year=2027), line("import_calendar", at, year=2028)).err == ""
    assert read_calendar_check(simulation)[0]


@pytest.mark.parametrize(("opened", "ok"), [(OPEN_UNIT, True), (PRIVATE, False)])
def test_a_private_unit_needs_a_plan(simulation: Path, apply: Apply, opened: dict[str, str], ok: bool) -> None:
    """R-001."""
    assert apply(simulation, opened).err == ""
    with CheckedHome(simulation) as checked:
        assert check_plan(checked).ok is ok


@pytest.mark.parametrize(("at", "ok"), [("2026-12-31T12:00", True), ("2027-01-01T12:00", False)])
def test_a_plan_that_ran_out_is_reported(simulation: Path, apply: Apply, at: str, ok: bool) -> None:
    """R-111: the last day, and the day after."""
    assert apply(simulation, *ANNS_UNIT_LINES, PLAN, line("tap", at, card="04000000000001")).err == ""
    with CheckedHome(simulation) as checked:
        assert check_plan(checked).ok is ok
        assert "2026-12-31" in check_plan(checked).detail


@pytest.mark.parametrize(("at", "ok"), [("2026-02-28T12:00", True), ("2026-03-01T12:00", False)])
def test_a_term_that_is_over_is_reported(simulation: Path, apply: Apply, at: str, ok: bool) -> None:
    """R-046: elected on 2024-03-01, the term ends on 2026-02-28."""
    elected = line("elect_leader", "2024-03-01T09:00", volunteer="V001", role="leader", from_="2024-03-01", by="lin")
    lines = (*ANNS_UNIT_LINES[1:3], elected, line("tap", at, card="04000000000001"))
    assert apply(simulation, {**OPEN_UNIT, "at": "2024-01-01T08:00"}, *lines).err == ""
    with CheckedHome(simulation) as checked:
        found = check_leaders(checked)
        assert (found.ok, "2026-02-28" in found.detail) == (ok, not ok)


def test_a_third_term_in_a_row_is_reported(simulation: Path, apply: Apply) -> None:
    """R-046."""
    elected = [
        line("elect_leader", f"{year}-03-01T09:00", volunteer="V001", role="leader", from_=f"{year}-03-01", by="lin")
        for year in (2024, 2026, 2028)
    ]
    opened = {**OPEN_UNIT, "at": "2024-01-01T08:00"}
    assert apply(simulation, opened, *ANNS_UNIT_LINES[1:3], *elected).err == ""
    with CheckedHome(simulation) as checked:
        assert "term 3 in a row" in check_leaders(checked).detail
