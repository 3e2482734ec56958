"""The awards of central authorities by their worked examples: R-089 to R-091, R-093 to R-099."""

from datetime import date

import pytest
from msgspec.structs import replace

from projections.evaluation.awards.facts import AttestedHours, Grant
from tests.support.award_facts import CERTIFIED, attest, day, evaluate, find_rule, hours, lacking, volunteer


@pytest.mark.parametrize(("total", "status"), [(3_000, "met"), (2_999.5, "short")])
def test_3000_hours_and_a_certificate(total: float, status: str) -> None:
    """R-096."""
    facts = volunteer("2015-01-10", hours(total, "2026-05-31"), **CERTIFIED)
    assert evaluate("national-bronze", facts, "2026-05-31").status == status


def test_hours_after_the_end_of_the_edition_do_not_count() -> None:
    """R-096: up to 31 May; the row of the next edition counts them."""
    facts = volunteer("2015-01-10", hours(3_000, "2026-06-01"), **CERTIFIED)
    assert evaluate("national-bronze", facts, "2026-06-30").minutes == 0
    assert evaluate("national-bronze", facts, "2027-05-31").status == "met"


def test_a_certificate_of_another_unit_counts_and_each_tier_is_received_once() -> None:
    """R-096."""
    span = (day("2005-01-01").toordinal(), day("2014-12-31").toordinal())
    elsewhere = AttestedHours(*span, 2_000 * 60, "圖書館", None, None, "certificate")
    facts = volunteer("2015-01-10", hours(3_000, "2026-05-01"), attested_hours=[elsewhere])
    assert evaluate("national-silver", facts, "2026-05-31").status == "met"
    facts.grants = [Grant("national-silver", date(2022, 12, 5))]
    assert evaluate("national-silver", facts, "2026-05-31").blocked_by == "received"
    assert evaluate("national-bronze", facts, "2026-05-31").status == "met"


@pytest.mark.parametrize(("tier", "total"), [("bronze", 3_000), ("silver", 5_000), ("gold", 8_000)])
def test_the_tiers_of_the_national_award(tier: str, total: int) -> None:
    """R-096, P21."""
    assert find_rule(f"national-{tier}").hours_min == total


def test_1520_hours_in_household_registration_are_a_bronze_badge() -> None:
    """R-097: a candidate for ROC 116, to apply by 2027-01-31."""
    facts = volunteer("2015-01-10", hours(1_520, "2026-11-01"), **CERTIFIED)
    result = evaluate("interior-bronze", facts, "2026-11-19")
    assert (result.status, result.apply_by) == ("met", date(2027, 1, 31))
    assert lacking(evaluate("interior-silver", facts, "2026-11-19")) == [("hours", 480 * 60)]


def test_the_welfare_award_counts_up_to_the_end_of_the_year_before() -> None:
    """R-097, P18: general, social and health service together."""
    credited = [
        *hours(1_000, "2025-12-30", "綜合"),
        *hours(500, "2025-12-31", "衛生保健"),
        *hours(500, "2026-01-01", "綜合"),
    ]
    facts = volunteer("2015-01-10", credited, "綜合")
    assert evaluate("welfare-bronze", facts, "2026-03-01").status == "met"
    assert lacking(evaluate("welfare-silver", facts, "2026-03-01")) == [("hours", 500 * 60)]
    assert evaluate("welfare-silver", facts, "2026-12-31").status == "met"


@pytest.mark.parametrize(
    ("award", "years", "total"),
    [
        ("education-bronze", 3, 1_000),
        ("education-silver", 5, 1_500),
        ("education-gold", 7, 2_000),
        ("education-diamond", 10, 3_000),
        ("education-youth", 2, 200),
    ],
)
def test_education_takes_continuous_years_and_hours(award: str, years: int, total: int) -> None:
    """R-098: 3 years and 1,000.0 h are bronze, 999 h are none; and so on through the table."""
    start, complete = date(2015, 6, 1), date(2015 + years, 6, 1)
    facts = volunteer(str(start), hours(total, str(complete), "教育", str(start)), "教育", certificates=[start])
    assert evaluate(award, replace(facts), f"{max(2018, complete.year)}-06-01").is_candidate
    facts.credits = hours(total - 1, str(complete), "教育", str(start))
    assert lacking(evaluate(award, facts, f"{max(2018, complete.year)}-06-01")) == [("hours", 60)]


def test_culture_takes_three_continuous_years_and_1500_hours() -> None:
    """R-098."""
    facts = volunteer("2023-06-01", hours(1_500, "2026-06-01", "文化", "2023-06-01"), "文化")
    assert evaluate("culture", facts, "2026-06-01").status == "attest"
    facts.credits = [facts.credits[0], *hours(1_500, "2026-05-01", "文化")]
    assert evaluate("culture", facts, "2026-06-01").status == "short"


@pytest.mark.parametrize(("total", "status"), [(300, "attest"), (299, "short")])
def test_labour_takes_three_years_and_300_hours(total: int, status: str) -> None:
    """R-098."""
    assert (
        evaluate("labour", volunteer("2023-06-01", hours(total, "2026-05-01", "勞動"), "勞動"), "2026-06-01").status
        == status
    )


@pytest.mark.parametrize(
    ("trained", "total", "status"),
    [
        ("2016-06-01", 1_500, "attest"),
        ("2016-06-02", 1_500, "short"),
        ("2016-06-01", 1_499, "short"),
        ("2006-06-01", 1_500, "attest"),
        ("2006-06-01", 3_000, "attest"),
        ("2016-06-02", 3_000, "short"),
    ],
)
def test_long_service_in_labour_is_ten_years_or_twenty(trained: str, total: int, status: str) -> None:
    """R-098: 10 years and 1,500 h, or 20 years and 3,000 h; never received the same."""
    facts = volunteer(trained, hours(total, "2026-05-01", "勞動"), "勞動")
    assert evaluate("labour-senior", facts, "2026-06-01").status == status
    facts.grants = [Grant("labour-senior", date(2020, 1, 1))]
    assert evaluate("labour-senior", facts, "2026-06-01").status == "blocked"


@pytest.mark.parametrize(
    ("award", "category", "total"), [("consumer", "消費者保護", 300), ("overseas-teaching", "僑教", 1_500)]
)
def test_awards_of_hours_and_proof(award: str, category: str, total: int) -> None:
    """R-099."""
    facts = volunteer("2015-06-01", hours(total, "2026-05-01", category), category)
    assert evaluate(award, facts, "2026-06-01").status == "attest"
    facts.credits = hours(total - 1, "2026-05-01", category)
    assert evaluate(award, facts, "2026-06-01").status == "short"


@pytest.mark.parametrize(("award", "category"), [("probation", "觀護"), ("court-counter", "司法")])
def test_awards_without_a_number_are_left_to_a_person(award: str, category: str) -> None:
    """R-099."""
    facts = volunteer("2025-06-01", hours(1, "2026-05-01", category), category)
    assert evaluate(award, facts, "2026-06-01").status == "attest"
    if award == "probation":
        assert lacking(evaluate(award, replace(facts, has_record_book=False), "2026-06-01")) == [("record_book",)]


def test_a_phoenix_volunteer_has_five_years_and_1000_hours_or_a_special_contribution() -> None:
    """R-099: 5.0 years and 1,000 h on 2026-11-19 and an attested deed; 4.9 years only with a special contribution."""
    facts = volunteer("2021-11-19", hours(1_000, "2026-05-01", "消防"), "消防", **attest("phoenix", "deed"))
    found = evaluate("phoenix", facts, "2026-11-19")
    assert (found.status, set(found.attest)) == ("attest", {"no-serious-crime", "not-phoenix-model"})
    early = evaluate("phoenix", facts, "2026-10-19")
    assert (early.status, set(early.alternatives)) == ("short", {"special-contribution"})
    facts.conditions |= {("phoenix", "special-contribution")}
    assert evaluate("phoenix", facts, "2026-10-19").status == "attest"
    facts.conditions |= {("phoenix", "no-serious-crime"), ("phoenix", "not-phoenix-model")}
    assert evaluate("phoenix", facts, "2026-10-19").status == "met"
