"""Teams and families: R-087, R-088, R-092, R-098."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from projections.evaluation.awards.facts import AwardFacts, FamilyFacts, Grant, TeamFacts
from projections.evaluation.awards.groups import evaluate_family, evaluate_team
from projections.evaluation.awards.results import AwardResult
from tests.support.award_facts import ask, find_rule, hours, lacking, volunteer
from tests.support.people import ANN, BEN

TEAM = TeamFacts(members=19, established_on=date(2020, 1, 1), insured=19, with_record_book=16, seniors=10)


def judge_team(award: str, team: TeamFacts, at: str = "2026-06-30", **more: Any) -> AwardResult:
    return evaluate_team(find_rule(award), team, ask(at), **more)


def judge_family(award: str, *members: AwardFacts, at: str = "2026-06-30") -> AwardResult:
    return evaluate_family(find_rule(award), FamilyFacts("王家", members), ask(at))


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, []),
        ({"with_record_book": 15}, [("record_books", 1)]),
        ({"insured": 18}, [("insured", 1)]),
        ({"members": 15, "insured": 15, "with_record_book": 12}, []),
        ({"members": 14, "insured": 14, "with_record_book": 14}, [("members", 1)]),
        ({"established_on": date(2023, 6, 30)}, []),
        ({"established_on": date(2023, 7, 1)}, [("established", date(2026, 7, 1))]),
    ],
)
def test_a_team_of_19_with_16_books_meets_the_computable_part(changes: dict[str, Any], lacks: list[object]) -> None:
    """R-087: 16 of 19 are 84.2 %, 15 are 78.9 %; insured 100 %; established three years; 15 members."""
    result = judge_team("golden-diamond-team", replace(TEAM, **changes))
    assert (lacking(result), result.is_candidate) == (lacks, not lacks)
    assert set(result.attest) == {"organisation", "training", "performance"}


@pytest.mark.parametrize("unknown", ["insured", "with_record_book", "established_on"])
def test_a_figure_of_the_team_that_is_not_known_is_attested(unknown: str) -> None:
    """R-087: it is never 0."""
    result = judge_team("golden-diamond-team", replace(TEAM, **{unknown: None}))
    assert (result.status, len(result.attest)) == ("attest", 4)


@pytest.mark.parametrize(("seniors", "lacks"), [(10, []), (9, [("seniors", 1)])])
def test_half_of_a_team_of_seniors_is_65_or_older(seniors: int, lacks: list[object]) -> None:
    """R-092: 10 of 20 are 50.0 %, 9 are 45 %."""
    assert lacking(judge_team("health-senior-team", replace(TEAM, members=20, seniors=seniors))) == lacks


@pytest.mark.parametrize(
    ("award", "years", "members"),
    [
        ("health-team", 5, 20),
        ("health-senior-team", 3, 20),
        ("culture-team", 3, 30),
        ("education-team", 1, 10),
        ("education-unit", 3, 30),
        ("labour-team", 2, 30),
    ],
)
def test_each_team_award_has_its_years_and_people(award: str, years: int, members: int) -> None:
    """R-092, R-098: each limit as a pair."""
    team = TeamFacts(members, date(2026 - years, 6, 30), members, members, members)
    assert judge_team(award, team).is_candidate
    assert lacking(judge_team(award, team, "2026-06-29")) == [("established", date(2026, 6, 30))]
    assert lacking(judge_team(award, replace(team, members=members - 1))) == [("members", 1)]


def test_where_the_team_is_a_person_attests_if_it_is_not_known() -> None:
    result = evaluate_team(find_rule("health-team"), replace(TEAM, members=20), ask("2026-06-30", city=None))
    assert result.attest["city"] == "臺北市"


def test_an_award_that_the_team_received_once_is_not_given_again() -> None:
    rule = replace(find_rule("health-team"), once_per_life=True)
    grants = [Grant("health-team", date(2022, 1, 1))]
    assert evaluate_team(rule, replace(TEAM, members=20), ask("2026-06-30"), grants).blocked_by == "received"


# --- Families ---

HUSBAND = volunteer("2023-04-18", hours(620, "2026-06-01"))
WIFE = replace(volunteer("2023-06-30", hours(599, "2026-06-01")), volunteer=BEN)


def test_a_wife_who_is_an_hour_short_keeps_the_family_from_the_award() -> None:
    """R-088: husband 3.2 years and 620 h, wife 3.0 years and 599 h."""
    result = judge_family("golden-diamond-family", HUSBAND, WIFE)
    assert (result.status, lacking(result)) == ("short", [("hours", 60, BEN)])


def test_a_family_in_which_everybody_meets_it_is_a_candidate() -> None:
    """R-088: the deeds are attested."""
    result = judge_family("golden-diamond-family", HUSBAND, replace(WIFE, credits=hours(600, "2026-06-01")))
    assert (result.status, set(result.attest), result.met_on) == ("attest", {"deeds"}, date(2026, 6, 30))


@pytest.mark.parametrize("proof", ["has_badge", "has_record_book"])
def test_every_member_holds_badge_and_book(proof: str) -> None:
    """R-088."""
    wife = replace(WIFE, credits=hours(600, "2026-06-01"), **{proof: False})
    assert lacking(judge_family("golden-diamond-family", HUSBAND, wife)) == [(proof.removeprefix("has_"), BEN)]


def test_one_person_is_no_family() -> None:
    """R-088: two or more."""
    assert lacking(judge_family("golden-diamond-family", HUSBAND)) == [("members", 1)]


def test_a_family_of_which_one_does_not_serve_any_more_gets_none() -> None:
    """R-088."""
    wife = replace(WIFE, credits=hours(600, "2026-06-01"), is_in_service=False)
    assert judge_family("golden-diamond-family", HUSBAND, wife).blocked_by == "not_in_service"


@pytest.mark.parametrize(("total", "lacks"), [(200, []), (199, [("hours", 60, BEN)])])
def test_a_family_in_health_takes_two_years_and_200_hours_each(total: int, lacks: list[object]) -> None:
    """R-092."""
    members = [
        replace(volunteer("2024-06-30", hours(one, "2026-06-01", "衛生保健"), "衛生保健"), volunteer=who)
        for who, one in ((ANN, 200), (BEN, total))
    ]
    assert lacking(judge_family("health-family", *members)) == lacks


def test_of_a_family_of_seniors_only_hours_from_the_month_of_65_count() -> None:
    """R-092."""
    born = {"birth_date": date(1960, 7, 20)}
    old = volunteer("2020-01-10", hours(200, "2025-07-01", "衛生保健"), "衛生保健", **born)
    young = replace(old, volunteer=BEN, credits=hours(200, "2025-06-30", "衛生保健"))
    assert lacking(judge_family("health-senior-family", old, young)) == [("hours", 200 * 60, BEN)]
    assert judge_family("health-senior-family", old, replace(old, volunteer=BEN)).status == "met"
