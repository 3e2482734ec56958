"""What days a night believes to be over: by how far its clock is ahead, and whether that follows a reference."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.clock import OK, UNSYNCHRONISED, MachineClock
from domain.errors import DayNotOver
from domain.ids import SYSTEM
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.nightly.reconcile import (
    build_night_act,
    reconcile_pending_days,
)
from tests.kiosk.conftest import Apply
from tests.support.fixed_clock import FixedClock
from tests.support.kiosk_program import ANNS_UNIT_LINES, OPEN_UNIT, line

TODAY = (MachineClock().now() + timedelta(hours=4)).date()
"""The service day in Taipei."""


@contextmanager
def open_home_with_duties(folder: Path, apply: Apply, *days_ago: int) -> Iterator[Home]:
    """A real home in which nothing was settled since Ann's duties, of so many days ago."""
    people = [one for one in ANNS_UNIT_LINES if one["do"] not in ("schedule_shift", "open_unit")]
    opened = {**OPEN_UNIT, "at": f"{TODAY - timedelta(days=max(days_ago)):%F}T08:00"}
    shifts = [
        line("schedule_shift", f"{TODAY - timedelta(days=ago + 1):%F}T09:00", shift=f"D{ago}", volunteers=["V001"])
        | {"start": f"{TODAY - timedelta(days=ago):%F}T09:00", "end": f"{TODAY - timedelta(days=ago):%F}T12:00"}
        for ago in days_ago
    ]
    assert apply(folder, opened, *people, *shifts).err == ""
    with Home.open(folder) as home:
        yield home


def list_reconciled(home: Home, trust: str, ahead: timedelta = timedelta(), upto: date | None = None) -> list[int]:
    """How many days before today the settled days were, when the clock is so far ahead."""
    home.use_clock(FixedClock(MachineClock().now() + ahead, trust))
    rows = reconcile_pending_days(home, upto, build_night_act(home, upto, SYSTEM))
    return [(TODAY - date.fromisoformat(row["date"])).days for row in rows]


@pytest.mark.parametrize(("trust", "days"), [(UNSYNCHRONISED, 31), (OK, 32)])
def test_any_clock_reconciles_a_month_and_a_synchronised_one_more(
    real_home: Path, apply: Apply, trust: str, days: int
) -> None:
    with open_home_with_duties(real_home, apply, days) as home:
        assert list_reconciled(home, trust) == list(range(days, 0, -1))


def test_an_unsynchronised_clock_does_not_reconcile_more_than_a_month(real_home: Path, apply: Apply) -> None:
    """A settled day stays settled, and a clock that has lost its battery may show any year."""
    with (
        open_home_with_duties(real_home, apply, 32) as home,
        pytest.raises(UserError, match="32 days wait, by a clock that follows no reference"),
    ):
        list_reconciled(home, UNSYNCHRONISED)


def test_a_shift_of_a_mistyped_year_is_one_day_more_by_any_clock(real_home: Path, apply: Apply) -> None:
    """1926 for 2026: the days that wait are counted, and not how long ago the first of them is."""
    early = {"start": "1926-11-16T09:00", "end": "1926-11-16T12:00"}
    with open_home_with_duties(real_home, apply, 2) as home:
        shift = line("schedule_shift", f"{TODAY:%F}T00:00", shift="Early", volunteers=["V001"], **early)
        del shift["at"]
        assert apply(real_home, shift).err == ""
        assert list_reconciled(home, UNSYNCHRONISED) == [(TODAY - date(1926, 11, 16)).days, 2, 1]


# --- A clock that is ahead ---


@pytest.mark.parametrize(
    ("trust", "ahead", "last"),
    [
        pytest.param(UNSYNCHRONISED, 3, -1, id="unsynchronised, three days: one day beyond the last record"),
        pytest.param(UNSYNCHRONISED, 5, 1, id="unsynchronised, five days: not believed"),
        pytest.param(OK, 13, -12, id="synchronised, thirteen days: the machine was off"),
        pytest.param(OK, 20, 1, id="synchronised, twenty days: not believed"),
        pytest.param(OK, 3_650, 1, id="synchronised, ten years: not believed"),
    ],
)
def test_no_night_settles_days_far_beyond_the_last_record(
    real_home: Path, apply: Apply, trust: str, ahead: int, last: int
) -> None:
    """Duties of days to come would be absent before they begin. It is the same the next night."""
    with open_home_with_duties(real_home, apply, 3) as home:
        assert list_reconciled(home, trust, timedelta(days=ahead)) == list(range(3, last - 1, -1))
        if ahead > 3:
            assert list_reconciled(home, trust, timedelta(days=ahead)) == []


def test_with_a_date_the_day_is_taken_as_over(real_home: Path, apply: Apply) -> None:
    """The clock has to show so all the same."""
    with open_home_with_duties(real_home, apply, 1) as home:
        ahead, tomorrow = timedelta(days=20), TODAY + timedelta(days=1)
        assert list_reconciled(home, UNSYNCHRONISED, ahead, tomorrow) == [1, 0, -1]
        with pytest.raises(DayNotOver):
            list_reconciled(home, UNSYNCHRONISED, ahead, TODAY + timedelta(days=20))
