"""Assessments: grades, periods, what is known of each volunteer, and what follows (R-052, R-060 to R-063)."""

from datetime import date

import pytest

from domain.policy import Policies, Policy
from projections.read_models.assessments import (
    AssessmentPeriod,
    find_assessment_period,
    find_current_period,
    find_grade,
    list_assessment_sheets,
    list_due,
    propose_uses,
)
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT

YEAR = AssessmentPeriod(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        *((90, "excellent"), (89.99, "good"), (80, "good"), (79.5, "fair"), (70, "fair")),
        *((69.99, "pass"), (60, "pass"), (59.99, "fail")),
    ],
)
def test_a_grade_follows_the_score_as_it_is(score: float, grade: str) -> None:
    """R-060, V-08: 優 甲 甲 乙 乙 丙 丙 丁; never rounded."""
    assert find_grade(score) == grade


@pytest.mark.parametrize(
    ("score", "uses"),
    [(95, ["renew", "reward"]), (86, ["renew"]), (60, ["renew", "counsel"]), (59.9, ["exit_case"])],
)
def test_what_follows_from_a_result_is_proposed(score: float, uses: list[str]) -> None:
    """R-063 Ex: 甲 renew, 丙 renew with counselling, 丁 a case."""
    assert propose_uses(score, Policy()) == uses


def test_a_half_year_that_was_not_passed_is_a_warning() -> None:
    """R-052: the result of the year raises a case, one half does not."""
    assert propose_uses(59.9, Policy(assessment_period="half_year")) == ["warn"]


def test_a_period_is_a_year_or_a_half_year(office: Office) -> None:
    """R-062 Ex: half_year is due on 2026-06-30 and 2026-12-31."""
    halves = office.at("2026-01-02 09:00")
    halves.adopt_policy("2026-01-01", assessment_period="half_year")
    policies = office.current_views().load_unit().policies
    ends = [find_assessment_period(policies, day).last for day in (date(2026, 6, 30), date(2026, 7, 1))]
    assert ends == [date(2026, 6, 30), date(2026, 12, 31)]
    assert find_assessment_period(Policies(), date(2026, 6, 30)) == YEAR
    assert [find_current_period(Policies(), day).last.year for day in (date(2027, 1, 31), date(2027, 2, 1))] == [
        2026,
        2027,
    ]


def test_a_sheet_says_what_is_known_and_who_is_due(office: Office) -> None:
    """R-061: duties, hours, late, unexcused, leave; meetings and trainings are not known where none was held."""
    office.at("2026-03-01 09:00")
    for number, day in enumerate(("2026-03-04", "2026-03-05", "2026-03-06")):
        office.schedule_shift(f"S{number}", f"{day} 09:00", "12:00", ANN, BEN)
    office.at("2026-03-05 08:00").request_leave("S1", ANN)
    office.tap(ANN, "2026-03-04 09:20")
    office.tap(ANN, "2026-03-04 12:00")
    office.at("2026-12-20 09:00").assess(ANN, "2026-12-31", 86)
    sheets = {one.volunteer: one for one in list_assessment_sheets(office.current_views(), YEAR, date(2026, 12, 20))}
    ann, ben = sheets[ANN], sheets[BEN]
    assert (ann.duties, ann.minutes, ann.absent, ann.leave, ann.late, ann.score) == (1, 160, 1, 1, 1, 86)
    assert ann.meetings is ann.meetings_attended is ann.trainings is ann.trainings_attended is None
    assert (ben.duties, ben.absent, ben.score) == (0, 3, None)
    assert list_due([*sheets.values()]) == [BEN, CAT]


@pytest.mark.parametrize(("second", "raised"), [(69.9, True), (70, False)])
def test_the_mean_of_two_half_years_raises_a_case(office: Office, second: float, raised: bool) -> None:
    """R-052: 50 and 69.9 make 59.95, 50 and 70 make 60; the first half alone raises none."""
    office.at("2026-01-02 09:00").adopt_policy("2026-01-01", assessment_period="half_year")
    office.at("2026-07-01 09:00").assess(ANN, "2026-06-30", 50)
    office.at("2026-07-02 05:00").reconcile("2026-07-01")
    assert office.list_exits() == []
    office.at("2026-12-31 09:00").assess(ANN, "2026-12-31", second)
    office.at("2027-01-01 05:00").reconcile("2026-12-31")
    assert [(row.rule, list(row.evidence)) for row in office.list_exits()] == (
        [("R-052", ["2026-06-30", "2026-12-31"])] if raised else []
    )
