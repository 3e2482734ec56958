"""Read model: whether a filed service plan stands on a day (R-001, R-111).

Rule: the authority decides; this says what the facts show. A plan that has run out is deemed extended while the results
of each year since are handed in on time.
"""

from calendar import isleap
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from projections.engine.views import Views

PlanState = Literal["active", "at_risk", "lapsed", "terminated"]


class FiledPlan(NamedTuple):
    """A plan as it was filed last."""

    plan: str
    authority: str
    valid_from: date
    valid_to: date
    terminated: date | None
    """The first day on which it does not hold any more."""


class ReportedResults(NamedTuple):
    """The results of a period that were handed in."""

    since: date
    until: date
    on: date
    authority: str


class PlanStatus(NamedTuple):
    """How the latest plan stands on a day."""

    plan: FiledPlan
    state: PlanState
    overdue: int | None = None
    """The first year whose results are or were not handed in in time."""


def find_due_date(year: int) -> date:
    """The last day on which the results of a year are in time: the end of the next February (R-111)."""
    return date(year + 1, 2, 29 if isleap(year + 1) else 28)


def find_plan_status(views: Views, day: date) -> PlanStatus | None:
    """How the unit's plan stands on a day, from all that is on file; None where none was filed for it or before."""
    return _find_status_among(list_plans(views), list_results(views), day)


def _find_status_among(plans: Sequence[FiledPlan], results: Sequence[ReportedResults], day: date) -> PlanStatus | None:
    started = [plan for plan in plans if plan.valid_from <= day]
    if not started:
        return None
    return rate_plan(max(started, key=lambda plan: (plan.valid_to, plan.valid_from)), results, day)


def rate_plan(plan: FiledPlan, results: Sequence[ReportedResults], day: date) -> PlanStatus:
    """How a plan that began by that day stands on it. Pure."""
    if plan.terminated and plan.terminated <= day:
        return PlanStatus(plan, "terminated")
    if day <= plan.valid_to:
        years = range(plan.valid_from.year, day.year)
        overdue = next(
            (year for year in years if find_due_date(year) < day and not _is_reported(results, year, day)), None
        )
        return PlanStatus(plan, "active" if overdue is None else "at_risk", overdue)
    years = range(plan.valid_to.year, max(plan.valid_to.year + 1, day.year))
    missed = next((year for year in years if not _is_reported(results, year, find_due_date(year))), None)
    return PlanStatus(plan, "active" if missed is None else "lapsed", missed)


def _is_reported(results: Sequence[ReportedResults], year: int, by: date) -> bool:
    """Whether the results up to the end of a year were handed in by a day."""
    return any(
        report.until >= date(year, 12, 31) and report.since.year <= year and report.on <= by for report in results
    )


def list_uncovered_days(views: Views, days: Sequence[date]) -> list[date]:
    """The days on which no plan stands: a private unit issues no hours for them (R-001)."""
    plans, results = list_plans(views), list_results(views)
    statuses = ((day, _find_status_among(plans, results, day)) for day in days)
    return [day for day, status in statuses if status is None or status.state in ("lapsed", "terminated")]


def list_plans(views: Views) -> list[FiledPlan]:
    """All plans, by their first day."""
    query = "SELECT plan, authority, valid_from, valid_to, terminated FROM plans ORDER BY valid_from, plan"
    return [
        FiledPlan(plan, authority, date.fromordinal(first), date.fromordinal(last), end and date.fromordinal(end))
        for plan, authority, first, last, end in views.rows(query)
    ]


def list_results(views: Views) -> list[ReportedResults]:
    """What was handed in, in the order in which it was written down."""
    query = "SELECT since, until, day, authority FROM result_reports ORDER BY position"
    return [
        ReportedResults(date.fromordinal(since), date.fromordinal(until), date.fromordinal(on), authority)
        for since, until, on, authority in views.rows(query)
    ]
