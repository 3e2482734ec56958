"""Honor cards, certificates and the unit's own rewards: R-031, R-032, R-034, R-082, R-083, R-084."""

from datetime import date

import msgspec
import pytest

from domain.policy import RewardStandard
from projections.evaluation.awards.facts import AttestedHours, Credit, HonorCard
from projections.evaluation.awards.individual import IndividualEvaluation
from projections.evaluation.awards.windows import find_expiry
from tests.support.award_facts import ask, day, evaluate, find_rule, hours, lacking, volunteer

# --- Honor card ---


@pytest.mark.parametrize(("at", "status"), [("2026-11-19", "short"), ("2026-11-20", "met")])
def test_a_first_card_takes_three_years_and_300_hours(at: str, status: str) -> None:
    """V-10, R-083: 300.0 h and seniority from 2023-11-20."""
    assert evaluate("honor-card", volunteer("2023-11-20", hours(300, "2026-06-10")), at).status == status


def test_half_an_hour_too_few_is_not_enough() -> None:
    """R-083: 299.5 h are short by 0.5."""
    result = evaluate("honor-card", volunteer("2023-11-20", hours(299.5, "2026-06-10")), "2026-11-20")
    assert (result.status, lacking(result), result.met_on) == ("short", [("hours", 30)], None)


@pytest.mark.parametrize(("minutes", "status"), [(300 * 60 - 1, "short"), (300 * 60, "met")])
def test_hours_are_compared_to_the_minute(minutes: int, status: str) -> None:
    """R-034: nothing is rounded before it is compared."""
    facts = volunteer("2023-11-20", [Credit(day("2026-06-10").toordinal(), "戶政", minutes)])
    assert evaluate("honor-card", facts, "2026-11-20").status == status


def test_who_does_not_serve_any_more_gets_no_card() -> None:
    """R-083: 申請時仍持續服務中."""
    facts = volunteer("2023-11-20", hours(300, "2026-06-10"), is_in_service=False)
    result = evaluate("honor-card", facts, "2026-11-20")
    assert (result.status, result.blocked_by) == ("blocked", "not_in_service")


CARD = HonorCard(date(2026, 11, 20), date(2029, 11, 20), date(2026, 11, 20))


@pytest.mark.parametrize(("at", "status"), [("2029-11-19", "short"), ("2029-11-20", "short"), ("2029-11-21", "met")])
def test_a_renewal_counts_years_and_hours_anew(at: str, status: str) -> None:
    """R-083: counted through 2026-11-20, 320 h since: eligible from 2029-11-21."""
    facts = volunteer("2023-11-20", [*hours(400, "2026-11-20"), *hours(320, "2029-10-01")], honor_cards=[CARD])
    result = evaluate("honor-card", facts, at)
    assert (result.status, result.minutes, result.met_on) == (status, 320 * 60, date(2029, 11, 21))


@pytest.mark.parametrize(("served_on", "minutes"), [("2026-11-20", 0), ("2026-11-21", 18_000)])
def test_what_was_counted_once_is_not_counted_again(served_on: str, minutes: int) -> None:
    """R-083: 不得重複採計."""
    facts = volunteer("2023-11-20", hours(300, served_on), honor_cards=[CARD])
    assert evaluate("honor-card", facts, "2030-01-01").minutes == minutes


def test_a_card_that_is_approved_later_is_not_known_yet() -> None:
    facts = volunteer("2023-11-20", hours(300, "2026-06-10"), honor_cards=[CARD])
    assert evaluate("honor-card", facts, "2026-11-19").seniority_from == date(2023, 11, 20)


HUALIEN = HonorCard(date(2023, 12, 13), date(2026, 12, 13), date(2023, 10, 31))


@pytest.mark.parametrize(("at", "status"), [("2026-12-13", "short"), ("2026-12-14", "met")])
def test_in_hualien_counting_begins_the_day_after_the_approval(at: str, status: str) -> None:
    """R-083, P8: approved 112-12-13, the next window from 112-12-14."""
    counted = [*hours(900, "2023-12-13"), *hours(300, "2026-06-10")]
    facts = volunteer("2020-01-10", counted, honor_cards=[HUALIEN])
    result = evaluate("honor-card", facts, at, honor_card_policy="hualien_system")
    assert (result.status, result.counted_from, result.minutes) == (status, date(2023, 12, 14), 18_000)


@pytest.mark.parametrize(
    ("policy", "at", "expires"),
    [
        ("hualien_system", "2026-12-01", date(2029, 12, 13)),
        ("hualien_system", "2027-02-01", date(2030, 2, 1)),
        ("day_after_counted_through", "2026-12-01", date(2029, 12, 1)),
    ],
)
def test_a_card_is_valid_for_three_years(policy: str, at: str, expires: date) -> None:
    """R-083, P8: in Hualien from the later of approval and previous expiry."""
    facts = volunteer("2020-01-10", [], honor_cards=[HUALIEN])
    assert find_expiry(find_rule("honor-card"), facts, ask(at, honor_card_policy=policy)) == expires


def test_the_first_card_of_hualien_is_valid_to_115_12_13() -> None:
    """R-083, P8."""
    question = ask("2023-12-13", honor_card_policy="hualien_system")
    assert find_expiry(find_rule("honor-card"), volunteer("2020-01-10", []), question) == date(2026, 12, 13)


@pytest.mark.parametrize(
    ("served_on", "minutes"), [("2026-11-20", 0), ("2026-11-21", 18_000), ("2029-10-31", 18_000), ("2029-11-01", 0)]
)
def test_in_new_taipei_the_three_years_before_the_expiry_count(served_on: str, minutes: int) -> None:
    """R-083, P9: from the expiry back three years, up to the end of the month before the application."""
    facts = volunteer("2020-01-10", hours(300, served_on), honor_cards=[CARD])
    assert evaluate("honor-card", facts, "2029-11-20", honor_card_policy="ntpc_rolling").minutes == minutes


def test_in_new_taipei_a_late_application_still_counts_up_to_the_expiry() -> None:
    """R-083, P9."""
    facts = volunteer("2020-01-10", [*hours(100, "2029-11-20"), *hours(200, "2029-11-21")], honor_cards=[CARD])
    result = evaluate("honor-card", facts, "2030-06-01", honor_card_policy="ntpc_rolling")
    assert (result.minutes, result.counted_until) == (6_000, date(2029, 11, 20))


# --- Performance certificate ---


@pytest.mark.parametrize(("at", "status"), [("2026-11-18", "short"), ("2026-11-19", "met")])
def test_a_certificate_takes_a_year_and_150_hours(at: str, status: str) -> None:
    """V-11, R-084: start 2025-11-19, 150.0 h by 2026-11-10."""
    result = evaluate("performance-certificate", volunteer("2025-11-19", hours(150, "2026-11-10")), at)
    assert (result.status, result.met_on) == (status, date(2026, 11, 19))


def test_149_and_a_half_hours_are_not_enough_for_a_certificate() -> None:
    """R-084."""
    result = evaluate("performance-certificate", volunteer("2025-11-19", hours(149.5, "2026-11-10")), "2026-11-19")
    assert lacking(result) == [("hours", 30)]


def test_who_has_left_may_still_ask_for_a_certificate() -> None:
    """R-084: for school, work or other reasons."""
    facts = volunteer("2025-11-19", hours(150, "2026-11-10"), is_in_service=False)
    assert evaluate("performance-certificate", facts, "2026-11-19").status == "met"


def test_hours_of_other_units_count_for_the_card_and_not_for_the_certificate() -> None:
    """R-031: 120 h here and 60 h elsewhere."""
    elsewhere = AttestedHours(
        day("2025-01-01").toordinal(), day("2025-06-30").toordinal(), 3_600, "圖書館", None, None, ""
    )
    facts = volunteer("2020-01-10", hours(120, "2026-11-10"), attested_hours=[elsewhere])
    certificate = evaluate("performance-certificate", facts, "2026-11-19")
    assert (certificate.minutes, lacking(certificate)) == (120 * 60, [("hours", 30 * 60)])
    assert evaluate("honor-card", facts, "2026-11-19").minutes == 180 * 60


def test_hours_of_this_unit_before_the_system_count_for_its_certificate() -> None:
    """R-031: attested by a document of the unit itself."""
    before = AttestedHours(day("2019-01-01").toordinal(), day("2019-12-31").toordinal(), 3_600, None, None, None, "")
    facts = volunteer("2018-01-10", hours(90, "2026-11-10"), attested_hours=[before])
    assert evaluate("performance-certificate", facts, "2026-11-19").status == "met"


@pytest.mark.parametrize(("counted_through", "minutes"), [("2024-12-31", 3_600), ("2025-01-01", 0), ("2025-03-31", 0)])
def test_attested_hours_count_only_where_all_of_their_period_does(counted_through: str, minutes: int) -> None:
    """R-031: which part of a period has how many hours, no document says."""
    elsewhere = AttestedHours(
        day("2025-01-01").toordinal(), day("2025-06-30").toordinal(), 3_600, "圖書館", None, None, ""
    )
    card = HonorCard(date(2025, 1, 5), date(2028, 1, 5), day(counted_through))
    facts = volunteer("2020-01-10", [], attested_hours=[elsewhere], honor_cards=[card])
    assert evaluate("honor-card", facts, "2026-11-19").minutes == minutes


# --- The reward standard of the unit ---


def monthly(total: float) -> list[Credit]:
    """33 duties in eleven months, with so many hours altogether."""
    days = [date(2026, month, number) for month in range(1, 12) for number in (5, 15, 25)]
    last = round(total * 60) - 180 * 32
    return [Credit(one.toordinal(), "戶政", last if one == days[-1] else 180) for one in days]


@pytest.mark.parametrize(("total", "status", "lacks"), [(98.5, "short", [("hours", 30)]), (99.0, "met", [])])
def test_the_standard_is_three_duties_of_three_hours_a_month(total: float, status: str, lacks: list[object]) -> None:
    """V-12, R-082: meeting on 2026-12-18, eleven months, 99 h; duties are for information."""
    result = evaluate("unit-reward-standard", volunteer("2024-01-10", monthly(total)), "2026-12-18")
    assert (result.status, lacking(result), result.duties) == (status, lacks, 33)
    assert (result.counted_from, result.counted_until) == (date(2026, 1, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("credited", "duties"),
    [
        ([("2026-11-19", 180, "E1"), ("2026-11-20", 180, "E1")], 1),
        ([("2026-11-19", 180, "E1"), ("2026-11-20", 180, "E2")], 2),
        ([("2026-11-19", 180, "E1"), ("2026-11-19", 180, None), ("2026-11-20", 0, None)], 3),
        ([("2026-11-30", 180, "E1"), ("2026-12-01", 180, "E1")], 1),
        ([("2026-12-01", 180, "E1"), ("2026-12-02", 180, None)], 0),
    ],
)
def test_an_event_of_several_days_is_one_of_the_duties_of_the_standard(
    credited: list[tuple[str, int, str | None]], duties: int
) -> None:
    """R-082: counted as in `kiosk hours`; any second of a duty counts. The window ends on 30 November."""
    credits_of = [Credit(day(on).toordinal(), "戶政", minutes, event) for on, minutes, event in credited]
    result = evaluate("unit-reward-standard", volunteer("2024-01-10", credits_of), "2026-12-18")
    assert result.duties == duties


@pytest.mark.parametrize(("served_on", "minutes"), [("2026-11-30", 6_000), ("2026-12-01", 0), ("2025-12-31", 0)])
def test_only_the_months_before_the_meeting_count(served_on: str, minutes: int) -> None:
    """R-082, R-115: who is commended at a meeting is settled at the end of the month before."""
    assert (
        evaluate("unit-reward-standard", volunteer("2024-01-10", hours(100, served_on)), "2026-12-18").minutes
        == minutes
    )


def test_a_meeting_in_january_is_about_the_year_before() -> None:
    """R-082."""
    result = evaluate("unit-reward-standard", volunteer("2024-01-10", hours(108, "2026-12-31")), "2027-01-15")
    assert (result.status, result.counted_from) == ("met", date(2026, 1, 1))


def test_the_standard_is_a_parameter() -> None:
    """R-082."""
    policy = {"reward_standard": RewardStandard(duties=2, minutes=120)}
    facts = volunteer("2024-01-10", hours(44, "2026-11-30"))
    assert evaluate("unit-reward-standard", facts, "2026-12-18", **policy).status == "met"


@pytest.mark.parametrize(("total", "status"), [(119.5, "short"), (120, "met")])
def test_the_required_hours_of_a_year_are_a_parameter(total: float, status: str) -> None:
    """R-082: the number is the unit's own."""
    facts = volunteer("2024-01-10", [*hours(500, "2025-12-31"), *hours(total, "2026-01-01")])
    assert evaluate("annual-required-hours", facts, "2026-12-31", annual_required_hours=120).status == status


def test_rounding_is_applied_once_to_the_total_and_only_where_a_row_says_so() -> None:
    """R-034: 2:34 and 2:47 are 321 minutes, 5.0 h in steps of half an hour, not 2.5 and 2.5."""
    days = [day("2026-01-05").toordinal(), day("2026-01-06").toordinal()]
    facts = volunteer("2020-01-10", [Credit(days[0], "戶政", 154), Credit(days[1], "戶政", 167)])
    rule = find_rule("honor-card")
    rounded = msgspec.structs.replace(rule, round_total="floor_to_half_hour")
    evaluation = IndividualEvaluation(facts, ask("2026-11-20"))
    assert [evaluation.evaluate(one).minutes for one in (rule, rounded)] == [321, 300]
