"""Years of service: R-081, and what 連續 means."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain.calendar import add_months, add_years
from projections.evaluation.awards.dates import find_latest, find_next
from projections.evaluation.awards.facts import AttestedHours, AttestedSeniority, Credit
from tests.support.award_facts import day, evaluate, hours, lacking, volunteer


@pytest.mark.parametrize(("at", "is_met"), [("2026-11-19", False), ("2026-11-20", True), ("2026-11-21", True)])
def test_three_years_are_complete_on_the_anniversary(at: str, is_met: bool) -> None:
    """R-081: start 2023-11-20, met_on 2026-11-20."""
    result = evaluate("honor-card", volunteer("2023-11-20", hours(300, "2026-06-10")), at)
    assert (result.status == "met") is is_met
    assert result.met_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("years", "complete"),
    [(1, date(2025, 3, 1)), (3, date(2027, 3, 1)), (4, date(2028, 2, 29)), (0, date(2024, 2, 29))],
)
def test_a_leap_day_has_its_anniversary_on_1_march(years: int, complete: date) -> None:
    """R-081."""
    assert add_years(date(2024, 2, 29), years) == complete


@pytest.mark.parametrize(("at", "status"), [("2027-02-28", "short"), ("2027-03-01", "met")])
def test_years_since_a_leap_day_are_complete_on_1_march_and_not_before(at: str, status: str) -> None:
    """R-081."""
    assert evaluate("honor-card", volunteer("2024-02-29", hours(300, "2026-06-10")), at).status == status


def test_years_begin_with_the_later_of_both_trainings() -> None:
    """R-081: the completion date itself, in the earliest category."""
    facts = replace(
        volunteer("2023-01-10", hours(300, "2026-06-10")),
        special_on={"戶政": day("2023-11-20").toordinal(), "民政": day("2024-05-01").toordinal()},
    )
    assert evaluate("honor-card", facts, "2026-11-20").seniority_from == date(2023, 11, 20)


def test_for_a_category_its_own_special_training_decides() -> None:
    """R-081: the earliest category used for the award."""
    facts = volunteer("2020-01-10", hours(800, "2026-06-10", "戶政"), category="民政")
    facts.special_on = {**facts.special_on, "戶政": day("2025-01-10").toordinal()}
    assert evaluate("taipei-household", facts, "2026-11-20").seniority_from == date(2025, 1, 10)


def test_without_any_training_on_file_there_are_no_years() -> None:
    """R-081: and they are not zero years."""
    result = evaluate("honor-card", volunteer(None, hours(300, "2026-06-10")), "2026-11-20")
    assert lacking(result) == [("training",)]
    assert result.met_on is None


def test_where_the_policy_requires_no_training_years_begin_with_the_first_service() -> None:
    facts = volunteer(None, [*hours(1, "2023-11-20"), *hours(299, "2026-06-10")])
    assert evaluate("honor-card", facts, "2026-11-20", require_training=False).status == "met"


def test_an_attested_start_counts_before_the_training_on_file() -> None:
    """R-081: seniority before this system."""
    attested = AttestedSeniority(day("2010-05-01").toordinal(), day("2023-12-31").toordinal(), None, None)
    facts = volunteer("2024-01-10", hours(300, "2026-06-10"), attested_seniority=[attested])
    assert evaluate("honor-card", facts, "2026-11-20").seniority_from == date(2010, 5, 1)


def test_years_in_another_unit_do_not_count_for_the_certificate_of_this_one() -> None:
    """R-031, R-084."""
    elsewhere = AttestedSeniority(day("2010-05-01").toordinal(), day("2023-12-31").toordinal(), "圖書館", None)
    facts = volunteer("2026-01-10", hours(150, "2026-06-10"), attested_seniority=[elsewhere])
    assert evaluate("performance-certificate", facts, "2026-11-20").status == "short"
    assert evaluate("honor-card", facts, "2026-11-20").seniority_from == date(2010, 5, 1)


# --- 連續 ---


def served(*days: str) -> list[Credit]:
    return [Credit(day(one).toordinal(), "戶政", 60 * 300) for one in days]


EVERY_YEAR = ["2024-01-20", "2024-12-20", "2025-11-20"]


@pytest.mark.parametrize(
    ("following", "begin", "status"), [("2026-11-20", "2024-01-10", "attest"), ("2026-11-21", "2026-11-21", "short")]
)
def test_a_gap_of_more_months_than_allowed_ends_continuous_service(following: str, begin: str, status: str) -> None:
    """R-081: `max_gap_months` 12 after 2025-11-20 are over on 2026-11-20; years begin again after the gap."""
    facts = volunteer("2024-01-10", served(*EVERY_YEAR, following))
    result = evaluate("household-central", facts, "2026-12-01")
    assert result.status == status
    assert result.met_on == add_years(day(begin), 2)


def test_the_allowed_gap_is_a_parameter() -> None:
    """R-081."""
    facts = volunteer("2024-01-10", served(*EVERY_YEAR, "2026-11-20"))
    assert evaluate("household-central", facts, "2026-12-01", max_gap_months=6).status == "short"


@pytest.mark.parametrize(("at", "lacks"), [("2026-11-20", []), ("2026-11-21", [("continuity",)])])
def test_service_that_ended_long_ago_is_not_continuous(at: str, lacks: list[object]) -> None:
    """R-081: the last duty was on 2025-11-20."""
    facts = volunteer("2023-01-10", [*served("2023-02-01", "2023-12-01"), *served(*EVERY_YEAR)])
    assert lacking(evaluate("household-central", facts, at)) == lacks


def test_attested_service_fills_a_gap() -> None:
    """R-031, R-081."""
    first, last = day("2025-02-01").toordinal(), day("2026-10-31").toordinal()
    elsewhere = AttestedHours(first, last, 6_000, "他所", "戶政", None, "record_book")
    facts = volunteer("2024-01-10", served("2024-02-01", "2026-11-20"), attested_hours=[elsewhere])
    assert lacking(evaluate("household-central", facts, "2026-12-01")) == [("hours", 6_000)]
    facts.attested_hours = []
    assert ("seniority", date(2028, 11, 20)) in lacking(evaluate("household-central", facts, "2026-12-01"))


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [("2025-01-31", 1, "2025-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2025-12-15", 12, "2026-12-15")],
)
def test_months_are_counted_by_the_calendar(begin: str, months: int, end: str) -> None:
    assert add_months(day(begin), months) == day(end)


@pytest.mark.parametrize(
    ("at", "latest", "following"),
    [
        ("2026-12-30", "2025-12-31", "2026-12-31"),
        ("2026-12-31", "2026-12-31", "2026-12-31"),
        ("2027-01-01", "2026-12-31", "2027-12-31"),
    ],
)
def test_a_yearly_date_is_found_before_and_after_a_day(at: str, latest: str, following: str) -> None:
    assert (find_latest("12-31", day(at)), find_next("12-31", day(at))) == (day(latest), day(following))
    assert find_latest("02-29", date(2027, 3, 1)) == date(2027, 2, 28)
