"""Absences: leave that was asked for late (R-044)."""

import pytest

from projections.projectors.unit_rules import read_unit
from projections.read_models.absences import is_short_notice
from tests.support.office import Office
from tests.support.people import ANN


@pytest.mark.parametrize(
    ("asked", "days", "is_short"),
    [
        ("2026-11-18 20:00", 0, False),
        ("2026-11-18 20:00", 1, False),
        ("2026-11-19 08:59", 1, True),
        ("2026-11-18 20:00", 3, True),
        ("2026-11-16 23:59", 3, False),
        ("2026-11-17 00:00", 3, True),
    ],
)
def test_leave_is_asked_for_some_days_before(office: Office, asked: str, days: int, is_short: bool) -> None:
    """R-044: asked on Wednesday evening for Thursday, it is leave; with three days of notice a late one."""
    office.at("2026-11-01 09:00").adopt_policy("2026-11-01", leave_notice_days=days)
    office.schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    office.at(asked).request_leave("S1", ANN)
    office.at("2026-11-20 09:00")
    unit = read_unit(office.log, None)
    assert [(row.kind, is_short_notice(row, unit)) for row in office.list_absences()] == [("leave", is_short)]


def test_an_absence_that_was_excused_is_no_late_leave(office: Office) -> None:
    office.at("2026-11-01 09:00").adopt_policy("2026-11-01", leave_notice_days=3)
    office.schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    office.at("2026-11-20 09:00").excuse_absence("S1", ANN)
    unit = read_unit(office.log, None)
    assert [(row.kind, is_short_notice(row, unit)) for row in office.list_absences()] == [("leave", False)]
