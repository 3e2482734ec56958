"""Every row of the catalogue by its worked example: R-080, R-085, R-086, R-089 to R-091, R-093 to R-099."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.awards.catalogue import load_catalogue
from projections.evaluation.awards.facts import AttestedHours, Grant
from projections.evaluation.awards.individual import IndividualEvaluation
from tests.support.award_facts import CERTIFIED, ask, attest, day, evaluate, find_rule, hours, lacking, volunteer

# --- Versions by year ---


@pytest.mark.parametrize(("year", "is_once"), [(2018, True), (2019, False), (2026, False)])
def test_the_row_of_the_application_year_decides(year: int, is_once: bool) -> None:
    """R-080, R-086: in 107 nobody received the golden diamond twice (P49); otherwise three years must pass."""
    assert find_rule("golden-diamond", year).once_per_life is is_once


def test_a_list_of_an_earlier_year_still_uses_the_row_of_that_year() -> None:
    """R-080."""
    facts = volunteer("2010-01-10", hours(612, "2014-06-10"), grants=[Grant("golden-diamond", date(2014, 8, 1))])
    assert evaluate("golden-diamond", facts, "2018-12-31").blocked_by == "received"
    assert evaluate("golden-diamond", facts, "2019-01-01").status == "attest"


def test_no_year_has_two_rows_of_one_award() -> None:
    for year in (2018, 2019, 2026):
        ids = [rule.id for rule in load_catalogue().list_rules(year)]
        assert len(ids) == len(set(ids)) > 50
    assert load_catalogue().list_rules(2017) == []


@pytest.mark.parametrize("rule", load_catalogue().built_in, ids=lambda rule: f"{rule.id}-{rule.effective_from}")
def test_every_row_names_its_source(rule: Any) -> None:
    assert rule.source.startswith("R-0")
    assert any(tag in rule.source for tag in ("S2", "S3", "S4", "P49"))


# --- Taipei ---


@pytest.mark.parametrize(
    ("total", "held", "lacks"),
    [(600, CERTIFIED, []), (599.5, CERTIFIED, [("hours", 30)]), (600, {}, [("certificate",)])],
)
def test_the_contribution_award_takes_600_hours_and_a_certificate(
    total: float, held: dict[str, Any], lacks: list[object]
) -> None:
    """R-085."""
    result = evaluate("taipei-contribution", volunteer("2020-01-10", hours(total, "2026-01-05"), **held), "2026-06-30")
    assert (lacking(result), result.is_candidate) == (lacks, not lacks)


def test_the_contribution_award_is_received_once() -> None:
    """R-085: already received in 2024."""
    facts = volunteer("2020-01-10", hours(900, "2026-01-05"), **CERTIFIED)
    facts.grants = [Grant("taipei-contribution", date(2024, 12, 5))]
    assert evaluate("taipei-contribution", facts, "2026-06-30").blocked_by == "received"


@pytest.mark.parametrize(("city", "minutes"), [("臺北市", 36_000), ("新北市", 30_000), (None, 30_000)])
def test_hours_of_the_city_are_those_of_this_unit_and_of_others_in_it(city: str | None, minutes: int) -> None:
    """R-085: hours in Taipei."""
    span = (day("2025-01-01").toordinal(), day("2025-06-30").toordinal())
    elsewhere = AttestedHours(*span, 6_000, "圖書館", None, city, "record_book")
    facts = volunteer("2020-01-10", hours(500, "2026-01-05"), attested_hours=[elsewhere], **CERTIFIED)
    assert evaluate("taipei-contribution", facts, "2026-06-30").minutes == minutes


def test_where_the_unit_is_a_person_attests_if_it_is_not_known() -> None:
    """R-085: the hours of this unit are hours in Taipei if it is there."""
    facts = volunteer("2020-01-10", hours(600, "2026-01-05"), **CERTIFIED)
    result = IndividualEvaluation(facts, ask("2026-06-30", city=None)).evaluate(find_rule("taipei-contribution"))
    assert (result.status, dict(result.attest)) == ("attest", {"city": "臺北市"})


@pytest.mark.parametrize(
    ("received", "at", "until"),
    [
        ("2023-05-20", "2026-06-30", None),
        ("2023-08-01", "2026-07-31", date(2026, 8, 1)),
        ("2023-08-01", "2026-08-01", None),
    ],
)
def test_the_golden_diamond_is_received_again_after_three_years(received: str, at: str, until: date | None) -> None:
    """R-086: 3.0 years on 2026-06-30, 612 h; what no figure shows is left to a person."""
    facts = volunteer("2023-06-30", hours(612, "2026-01-05"), grants=[Grant("golden-diamond", day(received))])
    result = evaluate("golden-diamond", facts, at)
    assert (result.status, result.blocked_until) == ("blocked" if until else "attest", until)
    assert set(result.attest) == {"no-criminal-record", "innovation"}


def test_what_was_attested_is_not_asked_again() -> None:
    """R-086."""
    facts = volunteer("2023-06-30", hours(612, "2026-01-05"), **attest("golden-diamond", "innovation"))
    assert set(evaluate("golden-diamond", facts, "2026-06-30").attest) == {"no-criminal-record"}
    facts.conditions |= {("golden-diamond", "no-criminal-record")}
    assert evaluate("golden-diamond", facts, "2026-06-30").status == "met"


def test_of_the_evergreen_awards_two_years_and_125_hours_earn_the_first() -> None:
    """R-089: born 1960-07-04, start 2024-01-01, 125 h by 2025-12-31."""
    credited = hours(125, "2025-12-31", since="2024-01-02")
    facts = volunteer("2024-01-01", credited, birth_date=date(1960, 7, 4))
    assert evaluate("senior-pine-youth", facts, "2026-01-01").status == "met"
    lacks = lacking(evaluate("senior-pine-cypress", facts, "2026-01-01"))
    assert lacks == [("hours", 235 * 60), ("seniority", date(2027, 1, 1)), ("certificate",)]
    facts.certificates = [date(2026, 1, 1)]
    assert ("certificate",) not in lacking(evaluate("senior-pine-cypress", facts, "2026-01-01"))


@pytest.mark.parametrize(
    ("award", "years", "total"),
    [("senior-pine-youth", 1, 120), ("senior-pine-cypress", 3, 360), ("senior-pine-crane", 5, 600)],
)
def test_each_evergreen_award_has_its_years_and_hours(award: str, years: int, total: int) -> None:
    """R-089: the table, each limit as a pair."""
    start, complete = date(2020, 1, 1), date(2020 + years, 1, 1)
    credited = hours(total, str(complete), since="2020-01-02")
    facts = volunteer(str(start), credited, birth_date=date(1940, 7, 4), certificates=[date(2020, 6, 1)])
    assert evaluate(award, facts, str(complete)).status == "met"
    facts.credits = [credited[0]._replace(minutes=credited[0].minutes - 1), *credited[1:]]
    assert lacking(evaluate(award, facts, str(complete))) == [("hours", 1)]
    facts.credits = [credited[0]._replace(minutes=6_000 * 60)]
    assert evaluate(award, facts, f"{2019 + years}-12-31").status == "short"


@pytest.mark.parametrize(("at", "lacks"), [("2025-07-03", [("age", date(2025, 7, 4))]), ("2025-07-04", [])])
def test_65_is_reached_on_the_birthday(at: str, lacks: list[object]) -> None:
    """R-089: born 1960-07-04."""
    facts = volunteer("2024-01-01", hours(125, "2025-06-30", since="2024-01-02"), birth_date=date(1960, 7, 4))
    result = evaluate("senior-pine-youth", facts, at)
    assert (lacking(result), result.met_on) == (lacks, date(2025, 7, 4))


def test_an_age_that_is_not_known_is_attested_and_never_assumed() -> None:
    facts = volunteer("2024-01-01", hours(125, "2025-06-30", since="2024-01-02"))
    result = evaluate("senior-pine-youth", facts, "2025-12-01")
    assert (result.status, set(result.attest)) == ("attest", {"birth_date"})


@pytest.mark.parametrize(("held", "status"), [(True, "met"), (False, "short"), (None, "attest")])
def test_a_badge_that_is_not_on_file_is_attest(held: bool | None, status: str) -> None:
    """R-089: holding their badge."""
    facts = volunteer("2024-01-01", hours(125, "2025-06-30", since="2024-01-02"), birth_date=date(1950, 7, 4))
    assert evaluate("senior-pine-youth", replace(facts, has_badge=held), "2025-12-01").status == status


@pytest.mark.parametrize(
    ("total", "met"),
    [
        (1_199.5, ["bronze"]),
        (1_200, ["bronze", "silver"]),
        (599.5, []),
        (2_000, ["bronze", "silver"]),
    ],
)
def test_of_six_years_and_1199_and_a_half_hours_comes_bronze_only(total: float, met: list[str]) -> None:
    """R-090: gold takes ten years."""
    facts = volunteer("2020-06-30", hours(total, "2026-01-05", "衛生保健"), "衛生保健")
    tiers = ("bronze", "silver", "gold")
    assert [t for t in tiers if evaluate(f"health-model-{t}", facts, "2026-06-30").is_candidate] == met


def test_hours_of_other_categories_do_not_count_for_a_category() -> None:
    """R-090."""
    facts = volunteer(
        "2020-06-30", [*hours(590, "2026-01-05", "衛生保健"), *hours(90, "2026-01-06", "戶政")], "衛生保健"
    )
    assert lacking(evaluate("health-model-bronze", facts, "2026-06-30")) == [("hours", 600)]


def test_seniors_of_the_health_department_count_from_the_month_of_their_birthday() -> None:
    """R-091: born 1961-07-20, window from 2026-07-01; 90 h since then are too few, whatever was before."""
    credited = [*hours(500, "2026-06-30", "衛生保健"), *hours(90, "2026-07-01", "衛生保健")]
    facts = volunteer("2020-01-10", credited, "衛生保健", birth_date=date(1961, 7, 20))
    result = evaluate("health-senior", facts, "2027-07-01")
    assert (result.counted_from, result.seniority_from) == (date(2026, 7, 1), date(2026, 7, 1))
    assert lacking(result) == [("hours", 30 * 60)]
    facts.credits = [*credited, *hours(30, "2026-09-01", "衛生保健")]
    assert evaluate("health-senior", facts, "2027-07-01").status == "met"
    assert lacking(evaluate("health-senior", facts, "2027-06-30")) == [("seniority", date(2027, 7, 1))]


@pytest.mark.parametrize(("total", "status"), [(99.5, "short"), (100, "attest")])
def test_new_immigrants_take_a_year_and_100_hours(total: float, status: str) -> None:
    """R-091: the residence is attested."""
    facts = volunteer("2025-01-10", hours(total, "2026-01-05", "衛生保健"), "衛生保健")
    result = evaluate("health-immigrant", facts, "2026-06-30")
    assert (result.status, set(result.attest)) == (status, {"immigrant"})


def test_special_care_has_no_threshold_and_only_volunteers_of_health_are_asked_about() -> None:
    """R-091."""
    facts = volunteer("2026-01-10", hours(1, "2026-01-15", "衛生保健"), "衛生保健")
    assert evaluate("health-special-care", facts, "2026-06-30").status == "attest"
    facts.credits = hours(1, "2026-01-15", "戶政")
    assert lacking(evaluate("health-special-care", facts, "2026-06-30")) == [("service",)]


def test_the_half_year_list_shows_the_score_and_leaves_the_decision_to_the_head() -> None:
    """R-093: first half of 2026, top of the list 96, handed over on 2026-07-05."""
    facts = volunteer("2025-01-10", [], scores=[(date(2025, 12, 31), 70.0), (date(2026, 6, 30), 96.0)])
    result = evaluate("civil-courtesy", facts, "2026-07-05")
    assert (result.status, result.score, set(result.attest)) == ("attest", 96.0, {"excellent"})
    assert lacking(evaluate("civil-courtesy", replace(facts, scores=[]), "2026-07-05")) == [("assessment",)]
    assert evaluate("civil-courtesy", replace(facts, scores=facts.scores[:1]), "2026-07-05").status == "short"


@pytest.mark.parametrize("award", ["taipei-household", "household-central"])
def test_800_hours_and_two_years_in_household_registration(award: str) -> None:
    """R-094: both meet the computable part."""
    facts = volunteer("2024-06-30", hours(800, "2026-06-01", since="2024-07-01"))
    assert evaluate(award, facts, "2026-06-30").status == "attest"
    assert evaluate(award, facts, "2026-06-29").status == "short"
    facts.credits = hours(799.5, "2026-06-01", since="2024-07-01")
    assert lacking(evaluate(award, facts, "2026-06-30")) == [("hours", 30)]
    facts.grants = [Grant(award, date(2023, 7, 1))]
    assert evaluate(award, facts, "2026-06-30").blocked_until == date(2026, 7, 1)


@pytest.mark.parametrize(("total", "status"), [(300, "met"), (299.5, "short")])
def test_land_administration_honours_300_hours_to_date(total: float, status: str) -> None:
    """R-095: meeting 2026-12-04, the total to date and not of the year."""
    facts = volunteer("2020-01-10", hours(total, "2021-06-01", "地政"), "地政")
    assert evaluate("land-300", facts, "2026-12-04").status == status
