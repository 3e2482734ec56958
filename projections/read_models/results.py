"""Read model: the results of a period, as they are handed in to the authority (R-104 to R-109, R-113, R-114).

Rule: who serves is who serves on the last day of the period. What nobody recorded is None.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.policy import Policy
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.read_models.coverage import find_book_coverage, find_insurance_coverage
from projections.read_models.day_filter import DayFilter
from projections.read_models.demographics import Demographics, PersonFacts, count_groups, count_seniors
from projections.read_models.headcount import Growth, Share, compute_average_hours, measure_growth
from projections.read_models.hours import list_hours
from projections.read_models.served import list_served, sum_by_month
from projections.read_models.trainings import TrainingCount, count_trainings, list_training_sessions
from projections.read_models.volunteers import find_active


class ServiceResult(NamedTuple):
    """What was served in one category."""

    category: str | None
    duties: int
    minutes: int


class Rate(NamedTuple):
    """A share with its target; None where the unit has set none."""

    share: Share
    target: float | None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None without a target, or of nobody."""
        return None if self.target is None or not self.share.whole else self.share.meets(self.target)


class Results(NamedTuple):
    """All figures of a period."""

    growth: Growth
    """From the day before the period to its last day; its `end` are the volunteers."""
    seniors: int
    honor_cards: int
    """Volunteers with a card that is valid on the last day."""
    rates: Mapping[str, Rate]
    """`insurance`, `books`, `seniors`, `growth`."""
    people: Demographics
    service: list[ServiceResult]
    served: Mapping[tuple[str, str | None], int]
    """People served (R-104), by month, `2026-11`, and service type; what was not recorded has no entry."""
    trainings: list[TrainingCount]
    average_hours: float | None


def load_results(
    views: Views, unit: UnitInForce, period: tuple[date, date], people: Mapping[UUID, PersonFacts]
) -> Results:
    """The results of a period, both days included."""
    first, last = period
    policy, active = unit.policies.on(last.toordinal()), find_active(views, last.toordinal())
    growth = measure_growth(views, first - timedelta(days=1), last)
    seniors = count_seniors(active, people, last)
    service = _list_service(views, DayFilter(*period))
    return Results(
        growth,
        seniors,
        _count_honor_cards(views, last),
        _build_rates(views, unit, last, policy, growth, seniors),
        count_groups(active, people, last, policy.min_group_size_in_reports),
        service,
        sum_by_month(list_served(views, DayFilter(*period))),
        count_trainings(list_training_sessions(views, DayFilter(*period))),
        compute_average_hours(sum(one.minutes for one in service), len(active)),
    )


def _list_service(views: Views, days: DayFilter) -> list[ServiceResult]:
    sums: dict[str | None, tuple[int, int]] = {}
    for row in list_hours(views, days, by_category=True):
        duties, minutes = sums.get(row.category, (0, 0))
        sums[row.category] = duties + row.duties, minutes + row.minutes
    return [ServiceResult(category, *sums[category]) for category in sorted(sums, key=lambda name: name or "")]


def _build_rates(
    views: Views, unit: UnitInForce, last: date, policy: Policy, growth: Growth, seniors: int
) -> Mapping[str, Rate]:
    insured = find_insurance_coverage(views, unit, last.toordinal())
    books = find_book_coverage(views, unit, last.toordinal()).active
    return {
        "insurance": Rate(Share(insured.covered, insured.counted), insured.target),
        "books": Rate(Share(books.covered, books.counted), books.target),
        "seniors": Rate(Share(seniors, growth.end), policy.senior_target),
        "growth": Rate(Share(growth.end - growth.base, growth.base), policy.growth_target),
    }


def _count_honor_cards(views: Views, day: date) -> int:
    query = "SELECT count(DISTINCT volunteer) FROM honor_cards WHERE approved <= :day AND expires >= :day"
    return next(views.rows(query, {"day": day.toordinal()}))[0]
