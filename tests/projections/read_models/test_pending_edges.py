"""The edges of pending work: from when on something needs a person, and what it does not."""

from datetime import date

import pytest

from domain.policy import Policies
from projections.engine.as_of import views_as_of
from projections.read_models.day_filter import DayFilter
from projections.read_models.pending_queries import UNMATCHED
from projections.read_models.pending_work import (
    _QUERIES,
    KINDS,
    count_pending,
    list_pending,
)
from tests.projections.read_models.pending_cases import (
    CASES,
    DAY,
    FOUND_CARD,
    ask_late_for_leave,
    decide_absence,
    forget_check_out,
    list_of,
    look_next_day,
    miss_duty,
    roster,
    tap_revoked_card,
)
from tests.support.office import Office
from tests.support.people import ANN, BEN, local_second


def test_every_kind_has_a_case_here() -> None:
    assert {*CASES, "clock", "unreadable"} == set(KINDS)


@pytest.mark.parametrize(("forgotten", "listed"), [("2026-11-18", True), (DAY, False)])
def test_a_check_out_that_was_forgotten_the_day_before_covers_no_refused_tap(
    office: Office, forgotten: str, listed: bool
) -> None:
    office.tap(ANN, f"{forgotten} 08:00")
    office.at(f"{DAY} 08:30").revoke(ANN)
    office.tap(ANN, f"{DAY} 09:00")
    assert ("refused" in count_pending(look_next_day(office))) == listed


@pytest.mark.parametrize(("at", "listed"), [("2026-11-20 03:59:59", False), ("2026-11-20 04:00:00", True)])
def test_a_check_out_is_forgotten_when_the_service_day_is_over(office: Office, at: str, listed: bool) -> None:
    forget_check_out(office)
    assert ("no_check_out" in count_pending(list_of(office.at(at)))) == listed


@pytest.mark.parametrize(("recorded", "listed"), [("08:59:59", False), ("09:00:00", True)])
def test_leave_is_late_from_the_start_of_the_duty_on(office: Office, recorded: str, listed: bool) -> None:
    """R-044, by when it reached the log."""
    roster(office).at(f"{DAY} 08:00", f"{DAY} {recorded}").request_leave("AM", ANN)
    assert ("late_leave" in count_pending(look_next_day(office))) == listed


@pytest.mark.parametrize(("again", "listed"), [("2026-11-25 08:59:59", False), ("2026-11-25 09:00:00", True)])
def test_the_last_request_says_whether_leave_is_late(office: Office, again: str, listed: bool) -> None:
    """R-044: an earlier one was late; it was withdrawn, and the duty moved."""
    ask_late_for_leave(office)
    office.withdraw_leave("AM", ANN)
    office.change_shift("AM", "2026-11-25 09:00", "2026-11-25 12:00")
    office.at("2026-11-25 08:00", again).request_leave("AM", ANN)
    assert ("late_leave" in count_pending(list_of(office.at("2026-11-26 08:00")))) == listed


@pytest.mark.parametrize(("came", "listed"), [("09:10:00", False), ("09:10:01", True)])
def test_who_comes_in_with_another_card_was_not_refused_for_good(office: Office, came: str, listed: bool) -> None:
    tap_revoked_card(office)
    office.at(f"{DAY} 09:01").issue(ANN, FOUND_CARD)
    office.tap(FOUND_CARD, f"{DAY} {came}")
    assert ("refused" in count_pending(look_next_day(office))) == listed


def test_a_decided_case_settles_the_absences_that_it_counted_and_no_other_of_that_day(office: Office) -> None:
    roster(office)
    decide_absence(office)
    office.schedule_shift("PM", f"{DAY} 14:00", "16:00", ANN)
    assert [(row.kind, row.shift) for row in list_of(office)] == [("absent", "PM")]


@pytest.mark.parametrize(("evidence", "listed"), [(DAY, False), ("2026-11-18", True)])
def test_a_case_of_version_0_1_settles_the_absences_of_its_dates(office: Office, evidence: str, listed: bool) -> None:
    """It does not say of which duties they were."""
    miss_duty(office)
    decide_absence(office)
    views = office.current_views()
    list(views.rows("UPDATE cases SET shifts = NULL, evidence = json_array(?)", (evidence,)))
    assert ("absent" in count_pending(list_pending(views, office.log, Policies()))) == listed


def test_what_is_retracted_comes_back(office: Office) -> None:
    forget_check_out(office)
    office.at("2026-11-20 10:00").close_visit(ANN, f"{DAY} 09:00", "12:00")
    assert "no_check_out" not in count_pending(list_of(office))
    office.retract(office.log.head().position)
    assert "no_check_out" in count_pending(list_of(office))


@pytest.mark.parametrize(("first", "last", "found"), [(19, 19, 1), (20, 20, 0), (18, 18, 0), (1, 30, 1)])
def test_days_and_volunteers_narrow_it(office: Office, first: int, last: int, found: int) -> None:
    miss_duty(office)
    office.at("2026-11-20 10:00")
    key = {who: office.current_views().find_key(who) for who in (ANN, BEN)}
    for who, expected in ((None, found), (ANN, found), (BEN, 0)):
        day_filter = DayFilter(date(2026, 11, first), date(2026, 11, last), who and key[who])
        assert len(list_of(office, day_filter)) == expected


def test_it_is_read_as_of_a_recorded_instant(office: Office) -> None:
    forget_check_out(office)
    office.at("2026-11-20 10:00").close_visit(ANN, f"{DAY} 09:00", "12:00")
    for as_of, kinds in (("2026-11-20 09:59:59", {"no_check_out": 1}), ("2026-11-20 10:00:00", {"unscheduled": 1})):
        with views_as_of(office.log, local_second(as_of), local_second(as_of)) as past:
            assert count_pending(list_of(office, views=past)) == kinds


def test_no_query_reads_all_days(office: Office) -> None:
    """The few rows are found by an index of their own, and what belongs to each by its key."""
    steps: list[str] = []
    for query in [*_QUERIES.values(), UNMATCHED]:
        plan = office.current_views().rows(
            "EXPLAIN QUERY PLAN " + query.format(where=DayFilter().where), DayFilter().values
        )
        steps += [row[3] for row in plan]
    scans = [step for step in steps if step.startswith("SCAN") and not step.split()[1].startswith(SMALL)]
    assert scans == [step for step in steps if "s_of_day (day>" in step] == []
    assert sum("duties_absent" in step or "visits_without_check_out" in step for step in steps) == 2


SMALL = ("l", "one", "corrections", "(subquery")
"""Leaves that came late, the evidence of a case, what the desk corrected, and what a subquery has already found."""


# --- Insurance ---


def test_an_uninsured_volunteer_checks_in_all_the_same(office: Office) -> None:
    """R-071 Amb: the evidence is kept, and a person is told as soon as the volunteer is there."""
    office.at(f"{DAY} 08:00").insure(BEN, since=DAY)
    assert office.tap(ANN, f"{DAY} 09:00").outcome == "checked_in"
    assert office.tap(BEN, f"{DAY} 09:01").outcome == "checked_in"
    (row,) = [one for one in list_of(office) if one.kind == "uninsured"]
    assert (row.volunteer, row.events) == (ANN, [office.log.head().position - 1])


def test_a_unit_without_any_insurance_on_file_is_not_reminded_of_it(office: Office) -> None:
    """R-071; nor of the days before its first cover."""
    for day in ("2026-11-18", DAY):
        office.tap(ANN, f"{day} 09:00")
    assert "uninsured" not in count_pending(list_of(office))
    office.at(f"{DAY} 10:00").insure(BEN, since=DAY)
    assert [str(row.day) for row in list_of(office) if row.kind == "uninsured"] == [DAY]


def test_the_days_between_two_covers_are_not_insured(office: Office) -> None:
    """R-071: each boundary a pair."""
    office.at("2026-11-01 08:00").insure(ANN, since="2026-11-02", until="2026-11-04")
    office.insure(ANN, since="2026-11-07")
    for day in range(2, 9):
        office.tap(ANN, f"2026-11-0{day} 09:00")
    assert [row.day and row.day.day for row in list_of(office) if row.kind == "uninsured"] == [5, 6]
    only = DayFilter(date(2026, 11, 6), date(2026, 11, 30))
    assert [row.day and row.day.day for row in list_of(office, only) if row.kind == "uninsured"] == [6]
