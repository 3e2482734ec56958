"""What a policy would change is what it changes once it is adopted."""

from datetime import date
from typing import Any

import pytest

from domain.policy import Adoption
from projections.engine.hypothetical_views import hold_views, views_under
from projections.engine.views import Views
from projections.read_models.effects import Grounds, list_effects
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT

RESULTS = ("visits", "duties", "earned")
POLICIES: tuple[dict[str, Any], ...] = (
    {"grace_minutes_in": 0},
    {"grace_minutes_in": 30, "credit_from_scheduled_start_within_grace": True},
    {"cap_to_shift": False},
    {"missing_checkout_credit": "shift_end"},
    {"debounce_seconds": 600},
)


def list_results(views: Views) -> list[list[tuple[object, ...]]]:
    return [sorted(views.rows(f"SELECT * FROM {table}"), key=repr) for table in RESULTS]


@pytest.fixture
def lived(office: Office) -> Office:
    """Three weeks: Ann comes late and stays on, Ben forgets to tap out, Cat misses three duties in a row."""
    office.at("2026-11-01 08:00")
    for day in (16, 17, 18):
        office.schedule_shift(f"{day}", f"2026-11-{day} 09:00", "12:00", ANN, BEN, CAT)
    office.schedule_shift("later", "2026-11-30 09:00", "12:00", ANN)
    for day in (16, 17, 18):
        office.tap(ANN, f"2026-11-{day} 09:08")
        office.tap(BEN, f"2026-11-{day} 08:58")
        office.tap(ANN, f"2026-11-{day} 12:40")
    office.at("2026-11-20 09:00")
    return office


@pytest.mark.parametrize("since", ["2026-01-01", "2026-11-17", "2026-11-18", "2026-12-01"])
@pytest.mark.parametrize("changes", POLICIES, ids=str)
def test_what_is_foreseen_is_what_comes(lived: Office, changes: dict[str, Any], since: str) -> None:
    """Every row, whether days lie before the policy, under it, or are still to come."""
    live = lived.current_views()
    before = list_results(live)
    adoption = Adoption(date.fromisoformat(since), changes)
    with hold_views(lived.log, live) as held, views_under(lived.log, held, adoption) as under:
        assert under is not None
        foreseen = list_results(under)
        assert list_results(live) == before
    lived.adopt_policy(since, **changes)
    assert list_results(lived.current_views()) == foreseen


def test_minutes_outcomes_and_cases_are_told_by_volunteer(lived: Office) -> None:
    """R-035, R-050: Ben gets his duties credited; a higher threshold takes the grounds of Cat's case."""
    adoption = Adoption(date(2026, 11, 17), {"missing_checkout_credit": "shift_end", "absence_threshold": 4})
    live = lived.current_views()
    with hold_views(lived.log, live) as held, views_under(lived.log, held, adoption) as under:
        assert under is not None
        effects = {effect.volunteer: effect for effect in list_effects(held, under)}
    assert (effects[BEN].minutes_before, effects[BEN].minutes_after) == (0, 360)
    assert (effects[CAT].raised, effects[CAT].withdrawn) == ((), (Grounds("R-050", 3),))
    assert effects[ANN].minutes_before == effects[ANN].minutes_after


def test_a_policy_that_moves_the_end_of_the_day_cannot_be_foreseen(lived: Office) -> None:
    adoption = Adoption(date(2026, 11, 1), {"day_ends_at": "05:00:00"})
    with hold_views(lived.log, lived.current_views()) as held, views_under(lived.log, held, adoption) as under:
        assert under is None


@pytest.mark.parametrize(
    ("tap", "changes", "is_foreseen"),
    [
        ("02:59:59", {"debounce_seconds": 3_600}, True),
        ("03:00:00", {"debounce_seconds": 3_600}, False),
        ("12:00:00", {"checkin_window_before_start_min": 5 * 60}, True),
        ("12:00:00", {"checkin_window_before_start_min": 5 * 60 + 1}, False),
    ],
)
def test_a_policy_that_reaches_over_the_turn_of_a_day_cannot_be_foreseen(
    lived: Office, tap: str, changes: dict[str, Any], *, is_foreseen: bool
) -> None:
    """By it days belong together that are evaluated apart: of the taps before 04:00, or of the duties at nine."""
    lived.tap(BEN, f"2026-11-19 {tap}")
    adoption = Adoption(date(2026, 11, 1), changes)
    with hold_views(lived.log, lived.current_views()) as held, views_under(lived.log, held, adoption) as under:
        assert (under is not None) == is_foreseen
