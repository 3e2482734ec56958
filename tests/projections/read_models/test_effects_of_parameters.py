"""Every parameter of the policy: whether what-if compares what it decides, and that it does where it matters."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.policy import PARAMETERS, Adoption
from projections.engine.hypothetical_views import hold_views, views_under
from projections.read_models.effects import VolunteerEffect, list_effects
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, STRANGER

COMPARED: dict[str, tuple[Any, str]] = {
    "cap_to_shift": (False, "minutes"),
    "credit_from_scheduled_start_within_grace": (True, "minutes"),
    "missing_checkout_credit": ("shift_end", "minutes"),
    "require_training": (False, "minutes"),
    "training_day_counts": (True, "minutes"),
    "debounce_seconds": (600, "minutes"),
    "flexible_requires_notice": (True, "minutes"),
    "grace_minutes_in": (5, "duties"),
    "grace_minutes_out": (10, "duties"),
    "checkin_window_before_start_min": (1, "duties"),
    "absence_threshold": (5, "cases"),
    "absence_window": ("calendar_year", "cases"),
    "leave_threshold": (3, "cases"),
    "leave_window": ("calendar_year", "cases"),
    "suspension_trigger_days": (10, "cases"),
    "assessment_pass": (40, "cases"),
    "assessment_period": ("half_year", "cases"),
}
"""What matters for minutes, duties or cases: another value than in the office below, and which of them it changes."""
TRIED_ON_A_COPY = {"day_ends_at"}
"""The days are others then: `kiosk.what_if` compares all of it."""
AWARDS = {"reward_standard", "annual_required_hours", "honor_card_policy", "max_gap_months"}
"""What decides who may receive an award: `kiosk.what_if` compares that."""
NOT_COMPARED = {
    *("rounding", "show_own_hours", "leave_notice_days", "correction_window_days"),
    *("weekly_target_minutes", "allowance_min_minutes", "allowance_per_day_max", "allowance_uses_status"),
    *("meal_allowance", "transport_allowance", "insurance_target", "insurance_age_limit", "book_target"),
    *("senior_target", "growth_target", "leader_term_years", "leader_terms_max", "by_election_term"),
    *("report_windows", "min_group_size_in_reports"),
}
"""What decides other figures, and what nobody can compute with: of these the sentence says that it compares nothing."""


def test_of_every_parameter_it_is_known_whether_what_it_decides_is_compared() -> None:
    groups = (COMPARED.keys(), TRIED_ON_A_COPY, AWARDS, NOT_COMPARED)
    assert sorted(name for group in groups for name in group) == sorted(PARAMETERS)


@pytest.fixture
def eventful(tmp_path: Path) -> Office:
    """Whatever a parameter could matter for; it is noon of 2026-11-20."""
    office = Office(tmp_path, ANN, BEN, CAT)
    office.adopt_policy("2024-01-02", absence_threshold=4, leave_threshold=2)
    office.at("2025-12-01 08:00")
    office.schedule_shift("old", "2025-12-10 09:00", "12:00", CAT)
    office.schedule_shift("leave 1", "2025-12-11 09:00", "12:00", BEN)
    office.request_leave("leave 1", BEN)
    office.at("2026-01-05 08:00").assess(BEN, "2025-12-31", 50)
    office.at("2026-11-01 08:00")
    for day in (16, 17, 18):
        office.schedule_shift(f"{day}", f"2026-11-{day} 09:00", "12:00", ANN, BEN, CAT)
    office.schedule_shift("leave 2", "2026-11-19 09:00", "12:00", BEN)
    office.request_leave("leave 2", BEN)
    office.tap(ANN, "2026-11-16 09:08")
    office.tap(BEN, "2026-11-16 08:58")
    office.tap(ANN, "2026-11-16 12:40")
    office.tap(ANN, "2026-11-17 09:00")
    office.tap(ANN, "2026-11-17 11:55")
    office.tap(ANN, "2026-11-18 09:00")
    office.tap(ANN, "2026-11-18 09:08")
    return office


def add_a_flexible_volunteer_trained_that_day(office: Office) -> None:
    office.at("2026-11-18 08:00").enrol(STRANGER, "flexible")
    office.train(STRANGER, "basic", "2026-11-18")
    office.train(STRANGER, "special", "2026-11-18")
    office.issue(STRANGER)
    for at in ("2026-11-18 10:00", "2026-11-18 11:00", "2026-11-19 10:00", "2026-11-19 11:00"):
        office.tap(STRANGER, at)
    office.at("2026-11-20 12:00").suspend(CAT, "2026-11-01")


def find_changes(effects: list[VolunteerEffect]) -> set[str]:
    found = {
        "minutes": any(one.change for one in effects),
        "duties": any(one.duties for one in effects),
        "cases": any(one.raised or one.withdrawn for one in effects),
    }
    return {kind for kind, differs in found.items() if differs}


@pytest.mark.parametrize("name", COMPARED)
def test_where_a_parameter_matters_something_would_change(eventful: Office, name: str) -> None:
    if name in {"require_training", "training_day_counts", "flexible_requires_notice", "suspension_trigger_days"}:
        add_a_flexible_volunteer_trained_that_day(eventful)
    eventful.at("2026-11-20 12:00")
    value, kind = COMPARED[name]
    adoption = Adoption(date(2024, 1, 2), {name: value})
    with (
        hold_views(eventful.log, eventful.current_views()) as held,
        views_under(eventful.log, held, adoption) as under,
    ):
        assert under is not None
        assert kind in find_changes(list_effects(held, under))


@pytest.mark.parametrize(
    ("changes", "late", "early"),
    [
        ({"grace_minutes_in": 7}, (0, 8), (0, 0)),
        ({"grace_minutes_in": 8}, None, None),
        ({"grace_minutes_out": 5}, (0, 0), (5, 0)),
        ({"grace_minutes_out": 4}, None, None),
    ],
    ids=str,
)
def test_minutes_late_and_early_are_told_where_the_outcome_stays(
    eventful: Office, changes: dict[str, Any], late: tuple[int, int] | None, early: tuple[int, int] | None
) -> None:
    """R-020: Ann came eight minutes after the start on one day, and left five before the end on another."""
    adoption = Adoption(date(2026, 11, 1), changes)
    eventful.at("2026-11-20 12:00")
    with (
        hold_views(eventful.log, eventful.current_views()) as held,
        views_under(eventful.log, held, adoption) as under,
    ):
        assert under is not None
        effects = {one.volunteer: one for one in list_effects(held, under)}
    told = [(duty.late, duty.early) for duty in effects[ANN].duties if duty.shift in {"16", "17"}]
    assert told == ([] if late is None else [(late, early)])
    assert not any(duty.has_other_outcome for duty in effects[ANN].duties)
