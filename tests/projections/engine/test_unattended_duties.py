"""Duties of days without a presence are evaluated when the past is asked for them, and as by a rebuild (R-126)."""

from typing import Any

import pytest

from projections.engine import unattended_duties
from projections.engine.as_of import OverlaidViews, views_as_of
from projections.evaluation.facts import Assignment
from projections.evaluation.outcomes import DutyResult, evaluate_duty
from projections.read_models.duties import list_duties
from projections.read_models.hours import list_hours
from tests.projections.engine.test_as_of import stored
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, local_second

PLANNED_ON = "2026-11-10 18:00"


@pytest.fixture
def planned(office: Office) -> Office:
    """A roster of the week after, of which everything came otherwise."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN, BEN, CAT)
    office.schedule_shift("PM", "2026-11-19 14:00", "17:00", ANN)
    office.schedule_shift("NIGHT", "2026-11-19 22:00", "2026-11-20 06:00", BEN)
    office.request_leave("AM", BEN)
    office.cancel_shift("PM")
    office.suspend(CAT, "2026-11-15")
    office.tap(ANN, "2026-11-10 09:00")
    office.tap(ANN, "2026-11-10 12:00")
    office.at("2026-11-12 08:00").withdraw_leave("AM", BEN)
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00")
    office.at("2026-11-25 08:00")
    return office


@pytest.mark.parametrize("now", [PLANNED_ON, "2026-11-19 10:00", "2026-11-24 08:00"])
def test_planned_duties_are_as_they_stood(planned: Office, now: str) -> None:
    """As of the evening of the planning, evaluated as of then, of the day itself, of long after."""
    instant, at = local_second(PLANNED_ON), local_second(now)
    live = planned.current_views()
    with views_as_of(planned.log, instant, at) as built, views_as_of(planned.log, instant, at, live=live) as past:
        assert isinstance(past, OverlaidViews)
        assert stored(past) == stored(built)
        assert list(list_duties(past)) == list(list_duties(built))
        outcomes = {(duty.shift, duty.volunteer): duty.outcome for duty in list_duties(past)}
        assert outcomes["AM", ANN] == ("absent" if at > local_second("2026-11-19 12:00") else "upcoming")
        assert (outcomes["AM", BEN], outcomes["AM", CAT], outcomes["PM", ANN]) == ("leave", "cancelled", "cancelled")


def test_a_sum_of_credit_evaluates_no_planned_duty(planned: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are most of what another instant changes in a large unit, and earn nothing."""
    evaluated: list[Assignment] = []

    def record(assignment: Assignment, *rest: Any) -> DutyResult:
        evaluated.append(assignment)
        return evaluate_duty(assignment, *rest)

    monkeypatch.setattr(unattended_duties, "evaluate_duty", record)
    with views_as_of(planned.log, local_second(PLANNED_ON), live=planned.current_views()) as past:
        assert [row.minutes for row in list_hours(past)] == []
        assert evaluated == []
        assert {duty.outcome for duty in list_duties(past)} == {"upcoming", "leave", "cancelled"}
        assert {assignment.shift for assignment in evaluated} == {"AM", "PM"}


def test_taps_that_are_no_visit_now_are_none_then(office: Office) -> None:
    """A day may have taps and no result: one to leave alone, one that belongs to a visit of the day before."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-25 09:00", "12:00", ANN)
    office.tap(BEN, "2026-11-19 09:00", direction="out")
    office.tap(ANN, "2026-11-20 03:59:50")
    office.tap(ANN, "2026-11-20 04:00:10")
    office.tap(CAT, "2026-11-20 04:00:10", recorded="2026-11-20 04:00:10")
    office.tap(CAT, "2026-11-20 03:59:50", recorded="2026-11-22 09:00", door=office.side_door())
    office.at("2026-11-25 08:00")
    for instant in ("2026-11-19 10:00", "2026-11-20 03:59:59", "2026-11-20 05:00", "2026-11-22 10:00"):
        at, live = local_second(instant), office.current_views()
        with views_as_of(office.log, at) as built, views_as_of(office.log, at, live=live) as past:
            assert isinstance(past, OverlaidViews)
            assert stored(past) == stored(built)
