"""What is open in a month: of its days that are over. Of days to come nothing can be missing."""

from collections.abc import Sequence
from datetime import date

import pytest

from projections.read_models.month_check import MonthCheck, check_month
from tests.support.office import Office
from tests.support.people import ANN

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def settled(office: Office) -> Office:
    """Every day up to the 18th of November is settled."""
    office.tap(ANN, "2026-11-18 09:00")
    office.at("2026-11-19 04:30").reconcile("2026-11-18")
    return office


def check_at(office: Office, at: str, month: date, asked: list[date] | None = None) -> MonthCheck:
    """The check of a month at an instant; `asked` takes the days for which missing kiosks are looked for."""

    def find_missing_kiosks(day: date) -> Sequence[str]:
        if asked is not None:
            asked.append(day)
        return ["north"]

    return check_month(office.at(at).current_views(), office.log, month, find_missing_kiosks)


@pytest.mark.parametrize(
    ("at", "unreconciled"),
    [
        ("2026-11-20 03:59:59", []),
        ("2026-11-20 04:00", [date(2026, 11, 19)]),
        ("2026-12-01 03:59:59", [date(2026, 11, day) for day in range(19, 30)]),
        ("2026-12-01 04:00", [date(2026, 11, day) for day in range(19, 31)]),
        ("2027-02-01 09:00", [date(2026, 11, day) for day in range(19, 31)]),
    ],
)
def test_a_day_waits_for_its_reconciliation_once_it_is_over(settled: Office, at: str, unreconciled: list[date]) -> None:
    found = check_at(settled, at, NOVEMBER)
    assert found.unreconciled == unreconciled
    assert found.count_open().get("unreconciled_day", 0) == len(unreconciled)


@pytest.mark.parametrize(
    ("at", "month", "asked"),
    [
        ("2026-11-20 09:00", NOVEMBER, [date(2026, 11, 19)]),
        ("2026-12-05 09:00", NOVEMBER, [date(2026, 11, 30)]),
        ("2026-12-02 03:59:59", DECEMBER, []),
        ("2026-12-02 04:00", DECEMBER, [date(2026, 12, 1)]),
        ("2026-11-20 09:00", DECEMBER, []),
    ],
)
def test_a_month_lacks_the_kiosks_that_its_last_day_that_is_over_lacks(
    settled: Office, at: str, month: date, asked: list[date]
) -> None:
    days: list[date] = []
    found = check_at(settled, at, month, days)
    assert (days, found.missing_kiosks) == (asked, ["north"] if asked else ())
    assert not asked or found.last_over == asked[0]
