"""The checks of what the unit has to renew."""

from pathlib import Path

import pytest

from kiosk.status.checked_home import CheckedHome
from kiosk.status.unit import check_leaders, check_plan
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
