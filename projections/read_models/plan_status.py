"""Read model: whether a filed service plan stands on a day (R-001, R-111).

Rule: the authority decides; this says what the facts show. A plan that has run out is deemed extended while the results
of each year since are handed in on time, which is what the policy says (`report_windows`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from domain.policy import Policies
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day
from projections.read_models.report_calendar import WINDOW, find_report

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


TWO_MONTHS = "/02-28"
"""What the handbook says of a unit that has no window for the end of a year (R-108)."""


def find_due_date(year: int, policies: Policies, day: date) -> date:
    """The last day on which the results of a year are in time: the last of the windows that are for its end (R-111).

    They are those of the policy in force two months after the year, or on `day` where that is earlier.
    """
    last, after = date(year, 12, 31), year + 1
    decided = find_report(TWO_MONTHS, after)[2]
    windows = policies.on(min(day, decided).toordinal()).report_windows
    found = [find_report(window, after) for window in windows if WINDOW.fullmatch(window)]
    return max((due for period, _, due in found if period.last == last), default=decided)


def find_plan_status(views: RowSource, policies: Policies, day: date) -> PlanStatus | None:
    """How the unit's plan stands on a day, from all that is on file; None where none was filed for it or before."""
    return _find_status_among(list_plans(views), list_results(views), policies, day)


def _find_status_among(
    plans: Sequence[FiledPlan], results: Sequence[ReportedResults], policies: Policies, day: date
) -> PlanStatus | None:
    started = [plan for plan in plans if plan.valid_from <= day]
    if not started:
        return None
    return rate_plan(max(started, key=lambda plan: (plan.valid_to, plan.valid_from)), results, policies, day)


def rate_plan(plan: FiledPlan, results: Sequence[ReportedResults], policies: Policies, day: date) -> PlanStatus:
    """How a plan that began by that day stands on it. Pure."""
    if plan.terminated and plan.terminated <= day:
        return PlanStatus(plan, "terminated")
    if day <= plan.valid_to:
        due = ((year, find_due_date(year, policies, day)) for year in range(plan.valid_from.year, day.year))
        overdue = next((year for year, until in due if until < day and not _is_reported(results, year, day)), None)
        return PlanStatus(plan, "active" if overdue is None else "at_risk", overdue)
    years = range(plan.valid_to.year, max(plan.valid_to.year + 1, day.year))
    due = ((year, find_due_date(year, policies, date.max)) for year in years)
    missed = next((year for year, until in due if not _is_reported(results, year, until)), None)
    return PlanStatus(plan, "active" if missed is None else "lapsed", missed)


def _is_reported(results: Sequence[ReportedResults], year: int, by: date) -> bool:
    """Whether the results up to the end of a year were handed in by a day."""
    return any(
        report.until >= date(year, 12, 31) and report.since.year <= year and report.on <= by for report in results
    )


def list_uncovered_days(views: RowSource, policies: Policies, days: Sequence[date]) -> list[date]:
    """The days on which no plan stands: a private unit issues no hours for them (R-001)."""
    plans, results = list_plans(views), list_results(views)
    statuses = ((day, _find_status_among(plans, results, policies, day)) for day in days)
    return [day for day, status in statuses if status is None or status.state in ("lapsed", "terminated")]


def list_plans(views: RowSource) -> list[FiledPlan]:
    """All plans, by their first day."""
    query = "SELECT plan, authority, valid_from, valid_to, terminated FROM plans ORDER BY valid_from, plan"
    return [
        FiledPlan(plan, authority, read_day(first), read_day(last), end and read_day(end))
        for plan, authority, first, last, end in views.rows(query)
    ]


def list_results(views: RowSource) -> list[ReportedResults]:
    """What was handed in, in the order in which it was written down."""
    query = "SELECT since, until, day, authority FROM result_reports ORDER BY position"
    return [
        ReportedResults(read_day(since), read_day(until), read_day(on), authority)
        for since, until, on, authority in views.rows(query)
    ]
