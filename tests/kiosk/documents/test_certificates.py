"""A certificate agrees with the record book where each month does that its period touches (R-032)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.home import Home
from projections.read_models.certificates import BookMismatch, CertificateSheet, build_certificate_sheet
from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, COORDINATOR, SETUP_LINES, shift, tap
from tests.support.kiosk_program import line

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def enter_month(month: str, at: str) -> list[dict[str, Any]]:
    """Close a month and enter it in the record books."""
    said = {"month": month, "by": COORDINATOR}
    return [line("close_month", f"{at}:00", **said), line("enter_record_books", f"{at}:10", **said)]


def serve(day: str, start: str = "09:00") -> list[dict[str, Any]]:
    """Ann serves until noon."""
    return [shift(f"S{day}", day, ANN, hours=f"{start}-12:00"), tap(ANN, f"{day} {start}"), tap(ANN, f"{day} 12:00")]


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    """Ann served 2 hours on 20 October, and 3 on the 5th and on the 20th of November."""
    assert apply(simulation, *SETUP_LINES, *serve("10-20", "10:00"), *serve("11-05"), *serve("11-20")).err == ""
    return simulation


def build(folder: Path, first: date, last: date) -> CertificateSheet:
    with Home.open(folder) as home:
        home.views.catch_up()
        ann = home.people.find_id(ANN)
        assert ann is not None
        return build_certificate_sheet(home.views, ann, first, last)


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        (NOVEMBER, date(2026, 11, 30), 360),
        (NOVEMBER, date(2026, 11, 20), 360),
        (NOVEMBER, date(2026, 11, 19), 180),
        (date(2026, 11, 6), date(2026, 11, 19), 0),
        (date(2026, 10, 21), date(2026, 11, 19), 180),
        (date(2026, 10, 20), date(2026, 11, 19), 300),
    ],
)
def test_a_period_may_begin_and_end_within_a_month_that_is_entered(
    home: Path, apply: Apply, first: date, last: date, minutes: int
) -> None:
    """R-032 Ex: a period that ends on a 19th. What is certified is of the period; the book is compared by months."""
    entered = (*enter_month("2026-10", "2026-12-02T08"), *enter_month("2026-11", "2026-12-02T09"))
    assert apply(home, *entered).err == ""
    sheet = build(home, first, last)
    assert (sheet.minutes, sheet.mismatches) == (minutes, [])


def test_a_month_that_is_not_entered_differs_where_the_period_touches_it(home: Path, apply: Apply) -> None:
    """With its whole minutes, also of days outside the period; a period that ends before it agrees."""
    assert apply(home, *enter_month("2026-10", "2026-12-02T08")).err == ""
    assert build(home, OCTOBER, date(2026, 11, 19)).mismatches == [BookMismatch(NOVEMBER, 0, 360)]
    assert build(home, OCTOBER, date(2026, 10, 31)).mismatches == []


def test_a_correction_behind_the_period_differs_in_its_month(home: Path, apply: Apply) -> None:
    """The entry of that month has to be corrected, whatever day of it changed."""
    voided = {"volunteer": ANN, "check_in": "2026-11-20T09:00", "reason": "x", "by": COORDINATOR}
    entered = (*enter_month("2026-10", "2026-12-02T08"), *enter_month("2026-11", "2026-12-02T09"))
    assert apply(home, *entered, line("void_visit", "2026-12-03T09:00", **voided)).err == ""
    assert build(home, NOVEMBER, date(2026, 11, 19)).mismatches == [BookMismatch(NOVEMBER, 360, 180)]
    assert build(home, OCTOBER, date(2026, 10, 31)).mismatches == []
