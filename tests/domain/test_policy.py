"""Thresholds and switches, dated: the defaults of the product's decisions, and what a policy of a unit changes."""

from datetime import date, time
from itertools import permutations
from typing import Any

import msgspec
import pytest

from domain.errors import UnknownParameter, UnusableParameter
from domain.policy import PARAMETERS, Adoption, Policies, Policy, RewardStandard, check_changes

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def adopted(effective_from: date, **changes: Any) -> Adoption:
    return Adoption(effective_from, check_changes(changes))


def on(policies: Policies, day: date) -> Policy:
    return policies.on(day.toordinal())


DEFAULTS: dict[str, Any] = {
    # Decisions 1 and 3
    "cap_to_shift": True,
    "credit_from_scheduled_start_within_grace": False,
    "missing_checkout_credit": "none",
    "require_training": True,
    "training_day_counts": False,
    "day_ends_at": time(4),
    "debounce_seconds": 60,
    "flexible_requires_notice": False,
    "rounding": "none",
    # Decisions 5 to 7
    "grace_minutes_in": 10,
    "grace_minutes_out": 0,
    "checkin_window_before_start_min": 30,
    "absence_window": "agreement",
    "absence_threshold": 3,
    "leave_window": "rolling_12m",
    "leave_threshold": 12,
    "leave_notice_days": 0,
    "suspension_trigger_days": None,
    "correction_window_days": 3,
    # and the reports
    "assessment_period": "year",
    "assessment_pass": 60,
    "reward_standard": RewardStandard(3, 180),
    "annual_required_hours": None,
    "weekly_target_minutes": 180,
    "allowance_min_minutes": 180,
    "allowance_per_day_max": 1,
    "allowance_uses_status": False,
    "meal_allowance": None,
    "transport_allowance": None,
    "honor_card_policy": "day_after_counted_through",
    "insurance_target": 1.0,
    "insurance_age_limit": 80,
    "book_target": 1.0,
    "show_own_hours": False,
    "senior_target": 0.21,
    "growth_target": None,
    "leader_term_years": 2,
    "leader_terms_max": 2,
    "by_election_term": "remaining",
    "report_windows": ["01-01/01-10", "07-01/07-10", "/02-28"],
    "max_gap_months": 12,
    "min_group_size_in_reports": 5,
}


def test_a_unit_that_adopts_nothing_has_the_decided_defaults() -> None:
    """Every parameter, so that none can change unseen."""
    assert msgspec.structs.asdict(on(Policies(), MARCH)) == DEFAULTS


def test_a_policy_changes_what_it_names_and_the_rest_stays() -> None:
    policies = Policies([adopted(MARCH, debounce_seconds=30), adopted(JUNE, absence_threshold=5)])
    assert on(policies, JUNE) == Policy(debounce_seconds=30, absence_threshold=5)


def test_a_policy_is_in_force_from_its_day_on() -> None:
    policies = Policies([adopted(MARCH, debounce_seconds=30)])
    assert on(policies, date(2026, 2, 28)).debounce_seconds == 60
    assert on(policies, MARCH).debounce_seconds == 30


@pytest.mark.parametrize("order", list(permutations([(MARCH, 3), (JUNE, 6), (date(2026, 9, 1), 9)])))
def test_the_later_effective_date_wins_whatever_was_adopted_first(order: tuple[tuple[date, int], ...]) -> None:
    policies = Policies([adopted(day, grace_minutes_in=minutes) for day, minutes in order])
    in_force = [on(policies, date(2026, month, 15)).grace_minutes_in for month in (2, 3, 6, 9)]
    assert in_force == [10, 3, 6, 9]


def test_of_two_policies_for_one_day_the_one_adopted_later_wins() -> None:
    policies = Policies([adopted(MARCH, debounce_seconds=30), adopted(MARCH, debounce_seconds=90)])
    assert on(policies, MARCH).debounce_seconds == 90


def test_the_ends_of_the_day_are_listed_only_where_they_change() -> None:
    policies = Policies([adopted(JUNE, day_ends_at="05:00"), adopted(MARCH, absence_threshold=5)])
    assert policies.day_ends == [(date.min, time(4)), (JUNE, time(5))]


def test_a_tap_reaches_as_far_as_under_any_policy() -> None:
    assert Policies().longest_debounce == 60
    assert Policies([adopted(MARCH, debounce_seconds=300), adopted(JUNE, debounce_seconds=5)]).longest_debounce == 300


# --- What cannot be adopted ---


@pytest.mark.parametrize(
    ("written", "nearest"), [("debounce_second", "debounce_seconds"), ("Cap_to_shift", "cap_to_shift"), ("zzz", None)]
)
def test_a_parameter_that_nobody_knows_is_refused_with_the_nearest_one(written: str, nearest: str | None) -> None:
    with pytest.raises(UnknownParameter) as refused:
        check_changes({"absence_threshold": 3, written: 1})
    assert vars(refused.value) == {"name": written, "nearest": nearest}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("debounce_seconds", "60"),
        ("debounce_seconds", -1),
        ("debounce_seconds", True),
        ("absence_threshold", 0),
        ("day_ends_at", "24:00"),
        ("day_ends_at", "04:00:00+08:00"),
        ("missing_checkout_credit", 1),
        ("missing_checkout_credit", False),
        ("leave_window", "fortnight"),
        ("insurance_target", 1.01),
        ("insurance_target", float("nan")),
        ("absence_threshold", 1_000_001),
        ("absence_threshold", 10**30),
        ("leave_threshold", 1_000_001),
        ("debounce_seconds", 3_601),
        ("suspension_trigger_days", 1_000_001),
        ("growth_target", -0.1),
        ("growth_target", 1e308),
        ("growth_target", float("nan")),
        ("growth_target", float("inf")),
        ("assessment_pass", float("nan")),
        ("reward_standard", {"duties": -1}),
        ("reward_standard", {"dutys": 1}),
        ("report_windows", ["7-1/7-10"]),
        ("report_windows", ["07-01"]),
        ("report_windows", ["13-01/13-10"]),
        ("report_windows", ["weekly:01-01/01-10"]),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(name: str, value: object) -> None:
    """By name and reason; the boundaries are in the next test."""
    with pytest.raises(UnusableParameter) as refused:
        check_changes({name: value})
    assert refused.value.name == name
    assert refused.value.reason


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("debounce_seconds", 0), ("absence_threshold", 1), ("day_ends_at", "23:59:59"), ("insurance_target", 1.0)),
        *(("absence_threshold", 1_000_000), ("growth_target", 0.0), ("growth_target", 1_000.0)),
        *(("suspension_trigger_days", 1_000_000), ("suspension_trigger_days", None), ("debounce_seconds", 3_600)),
        *(("report_windows", []), ("report_windows", ["annual:01-01/01-31", "07-01/07-10", "/02-28"])),
        *(("grace_minutes_in", 0), ("grace_minutes_in", 1_000_000), ("grace_minutes_out", 1_000_000)),
    ],
)
def test_a_value_at_its_limit_can_be_used(name: str, value: object) -> None:
    assert check_changes({name: value}) == {name: value}


def test_a_greater_number_that_an_older_program_adopted_stays_in_force() -> None:
    assert on(Policies([Adoption(MARCH, {"absence_threshold": 5_000_000})]), MARCH).absence_threshold == 5_000_000


@pytest.mark.parametrize("spoken", [0, "none"])
def test_no_credit_for_a_missing_check_out_can_be_said_as_zero(spoken: object) -> None:
    """R-035: the rule book writes 0."""
    assert check_changes({"missing_checkout_credit": spoken}) == {"missing_checkout_credit": "none"}


@pytest.mark.parametrize("written", ["05:00", "05:00:00"])
def test_the_end_of_the_day_can_be_said_without_seconds(written: str) -> None:
    """Decision 8; it is a local time, so an offset is refused."""
    assert check_changes({"day_ends_at": written}) == {"day_ends_at": "05:00:00"}


def test_every_parameter_survives_being_stored() -> None:
    """Adopting every default changes nothing, and what is stored is plain JSON."""
    stored = check_changes(msgspec.to_builtins(Policy()))
    assert set(stored) == set(PARAMETERS)
    assert on(Policies([Adoption(MARCH, msgspec.json.decode(msgspec.json.encode(stored)))]), MARCH) == Policy()
