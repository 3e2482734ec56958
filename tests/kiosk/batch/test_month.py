"""`close_month` and `enter_record_books` in a batch: stated, corrected, stated again, entered, or refused (R-028)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from projections.engine.as_of import views_at
from projections.read_models.book_entries import list_book_entries
from projections.read_models.month_lines import list_month_lines
from projections.read_models.month_statements import (
    MonthStatement,
    compare_month_lines,
    find_changed_volunteers,
    list_month_statements,
)
from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, BEN, COORDINATOR, SETUP_LINES, coordinator_line, shift, tap
from tests.support.kiosk_program import ProgramResult, line

NOVEMBER = date(2026, 11, 1)
FOUR_THURSDAYS = [
    said
    for day in ("11-05", "11-12", "11-19", "11-26")
    for said in (shift(f"S{day}", day, ANN), tap(ANN, f"{day} 08:58"), tap(ANN, f"{day} 12:01"))
]
"""R-028: four duties of 180 minutes."""


def close(at: str, month: str = "2026-11", **said: str) -> dict[str, Any]:
    return line("close_month", f"2026-{at.replace(' ', 'T')}", month=month, by=COORDINATOR, **said)


def enter(at: str, month: str = "2026-11") -> dict[str, Any]:
    return line("enter_record_books", f"2026-{at.replace(' ', 'T')}", month=month, by=COORDINATOR)


CORRECTION = coordinator_line("void_visit", "12-03 09:00", volunteer=ANN, check_in="2026-11-26T08:58")


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    assert apply(simulation, *SETUP_LINES, *FOUR_THURSDAYS).err == ""
    return simulation


def list_statements(folder: Path) -> list[MonthStatement]:
    with Home.open(folder) as home:
        home.views.catch_up()
        return list_month_statements(home.views)


def find_refusal(ended: ProgramResult) -> str:
    assert ended.status == 1
    return ended.first_error_line.partition("day.jsonl:")[2].partition(": ")[2]


def test_a_month_is_stated_with_its_figures_and_open_matters(home: Path, apply: Apply) -> None:
    """R-028 Ex: 12 h 0 min, and no night has reconciled its days since the unit was opened on the 19th."""
    ended = apply(home, close("12-01 09:00", "115-11"))
    assert ended.out.partition(": ")[2] == "2026-11 is closed: statement 1\n1 line carried out\n"
    (statement,) = list_statements(home)
    assert (statement.month, statement.number) == (NOVEMBER, 1)
    assert statement.totals == {"volunteers": 1, "duties": 4, "minutes": 720}
    assert statement.pending == {"unreconciled_day": 14}
    assert statement.stated_from == statement.position - 1


@pytest.mark.parametrize(("at", "status"), [("12-01 03:59:59", 1), ("12-01 04:00", 0)])
def test_a_month_is_closed_once_its_last_service_day_is_over(home: Path, apply: Apply, at: str, status: int) -> None:
    assert apply(home, close(at)).status == status


def test_a_month_that_is_not_over_says_when_it_is(home: Path, apply: Apply) -> None:
    said = "the last service day of 2026-12 ends at 2027-01-01 04:00: close the month after that"
    assert find_refusal(apply(home, close("12-01 09:00", "2026-12"))) == said


def test_a_month_is_closed_again_only_with_a_reason_and_a_difference(home: Path, apply: Apply) -> None:
    assert apply(home, close("12-01 09:00")).status == 0
    assert "to state it again, give a `reason`" in find_refusal(apply(home, close("12-02 09:00")))
    again = close("12-04 09:00", reason="a visit was void")
    assert "there is nothing to state again" in find_refusal(apply(home, again))
    assert apply(home, CORRECTION, again).status == 0
    assert [(one.number, one.totals["minutes"]) for one in list_statements(home)] == [(1, 720), (2, 540)]


def test_closed_months_follow_one_another(home: Path, apply: Apply) -> None:
    """The first may be any; the next is the one after the last, or the one before the first."""
    assert apply(home, close("12-01 09:00", "2026-10")).status == 0
    refused = find_refusal(apply(home, close("12-01 09:01", "2026-08")))
    assert refused == "2026-08 is out of order: next is 2026-11, or 2026-09 before all that are closed"
    assert apply(home, close("12-01 09:02", "2026-09"), close("12-01 09:03")).status == 0


def test_a_late_correction_is_a_difference_between_two_states_of_the_log(home: Path, apply: Apply) -> None:
    """R-126 Ex: both are printable, and the difference is listed line by line."""
    assert apply(home, close("12-01 09:00"), CORRECTION).status == 0
    with Home.open(home) as opened:
        opened.views.catch_up()
        (statement,) = list_month_statements(opened.views)
        now = list_month_lines(opened.views, NOVEMBER)
        with views_at(opened.log, statement.stated_from, statement.recorded) as past:
            stated = list_month_lines(past, NOVEMBER)
        (difference,) = compare_month_lines(stated, now)
        assert [line.minutes for line in (*stated, *now)] == [720, 540]
        assert (difference.minutes, difference.line.duties) == (-180, 3)
        assert find_changed_volunteers(statement, now) == [opened.people.find_id(ANN)]
        assert find_changed_volunteers(statement, stated) == []


def test_what_was_stated_is_entered_in_the_record_books(home: Path, apply: Apply) -> None:
    """R-029, R-032: a corrected month is stated again first, and its entry takes the place of the earlier one."""
    assert "is not closed" in find_refusal(apply(home, enter("12-01 09:00")))
    assert apply(home, close("12-01 09:01"), enter("12-01 09:02")).status == 0
    assert "nothing of 2026-11 (statement 1) is left" in find_refusal(apply(home, enter("12-01 09:03")))
    assert "the line of 1 volunteer differs" in find_refusal(apply(home, CORRECTION, enter("12-03 09:01")))
    assert apply(home, close("12-03 09:02", reason="void"), enter("12-03 09:03")).status == 0
    with Home.open(home) as opened:
        opened.views.catch_up()
        (entry,) = list_book_entries(opened.views, opened.people.find_id(ANN))
        assert (entry.statement, entry.line.minutes) == (2, 540)
        assert (entry.line.first, entry.line.last) == (date(2026, 11, 5), date(2026, 11, 19))
        assert list(list_book_entries(opened.views, opened.people.find_id(BEN))) == []
        assert list(list_book_entries(opened.views, None, NOVEMBER, NOVEMBER)) == [entry]
        assert list(list_book_entries(opened.views, None, date(2026, 11, 2), date(2026, 12, 1))) == []
        assert list(list_book_entries(opened.views, None, date(2026, 10, 1), date(2026, 10, 31))) == []


def test_a_private_unit_closes_no_month_without_a_filed_plan(simulation: Path, apply: Apply) -> None:
    """R-001 Ex: a plan of 2026 stands on 2026-11-19; without one the hours are held."""
    private = {**SETUP_LINES[0], "kind": "private"}
    assert apply(simulation, private, *SETUP_LINES[1:], *FOUR_THURSDAYS).status == 0
    assert find_refusal(apply(simulation, close("12-01 09:00"))) == (
        "2026-11 has hours of 4 days on which no filed plan stands, the first of them 2026-11-05: "
        "a private unit files one first (file_plan)"
    )
    span = {"valid_from": "2026-11-06", "valid_to": "2026-12-31"}
    plan = line("file_plan", "2026-12-01T09:10", plan="P1", authority="社會局", by=COORDINATOR, **span)
    assert "hours of 1 day" in find_refusal(apply(simulation, plan, close("12-01 09:11")))
    whole = line(
        "file_plan",
        "2026-12-01T09:20",
        plan="P2",
        authority="社會局",
        by=COORDINATOR,
        valid_from="2026-01-01",
        valid_to="2026-12-31",
    )
    assert apply(simulation, whole, close("12-01 09:21")).status == 0


@pytest.mark.parametrize(("role", "status"), [("leader", 1), ("auditor", 1), ("registrar", 0), ("coordinator", 0)])
def test_only_a_registrar_or_a_coordinator_closes_a_month(home: Path, apply: Apply, role: Any, status: int) -> None:
    """R-122 Ex: a team leader is refused, the registrar is not."""
    with Home.open(home) as opened:
        Accounts(opened).add(COORDINATOR, role, Password("correct horse 9"), opened.people.ensure_actor(SYSTEM_ACTOR))
    ended = apply(home, close("12-01 09:00"))
    assert ended.status == status
    assert (f"an account with the role {role} may not" in ended.err) == bool(status)


@pytest.mark.parametrize("month", ["2026-13", "2026-11-01", "26-11", "202611"])
def test_what_is_no_month_is_unusable(home: Path, apply: Apply, month: str) -> None:
    ended = apply(home, close("12-01 09:00", month))
    assert ended.status == 2
    assert "is no month" in ended.err
