"""What a policy would change is what it changes: the preview agrees with the days once it is adopted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from domain.policy import Adoption
from projections.read_models.policy_preview import VolunteerChange, preview_policy
from tests.support.office import Office
from tests.support.people import ANN, BEN

SINCE = date(2026, 11, 1)


def preview(office: Office, changes: Mapping[str, Any], since: date = SINCE) -> list[VolunteerChange] | None:
    return preview_policy(office.current_views(), Adoption(since, changes))


def measure(office: Office) -> dict[str, tuple[int, dict[str, str]]]:
    """Minutes and outcomes of each volunteer."""
    return {
        name: (
            sum(visit.credited_minutes for visit in office.list_visits() if visit.volunteer == who),
            {duty.shift: duty.outcome for duty in office.list_duties() if duty.volunteer == who},
        )
        for name, who in (("ann", ANN), ("ben", BEN))
    }


@pytest.fixture
def november(office: Office) -> Office:
    """Ann comes at 08:50 for 09:00 and leaves at 12:10; Ben forgets to tap when he leaves."""
    office.at("2026-10-01 08:00")
    office.schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    office.schedule_shift("S2", "2026-11-18 09:00", "12:00", BEN)
    office.tap(BEN, "2026-11-18 08:55")
    office.tap(ANN, "2026-11-19 08:50")
    office.tap(ANN, "2026-11-19 12:10")
    return office.at("2026-11-30 09:00")


@pytest.mark.parametrize(
    "changes",
    [
        {"cap_to_shift": False},
        {"missing_checkout_credit": "shift_end"},
        {"missing_checkout_credit": "shift_end", "cap_to_shift": False},
        {"checkin_window_before_start_min": 0},
        {"absence_threshold": 9},
    ],
)
def test_the_preview_is_what_the_adoption_brings(november: Office, changes: dict[str, Any]) -> None:
    before, foreseen = measure(november), preview(november, changes)
    november.desk.adopt_policy(SINCE, changes, november.act)
    after = measure(november)
    assert foreseen is not None
    by_volunteer = {row.volunteer: row for row in foreseen}
    for name, who in (("ann", ANN), ("ben", BEN)):
        row = by_volunteer.get(who)
        moved = sum(before[name][1][shift] != outcome for shift, outcome in after[name][1].items())
        assert (row.minutes_before if row else before[name][0]) == before[name][0]
        assert (row.minutes_after if row else before[name][0], row.outcomes if row else 0) == (after[name][0], moved)


def test_days_before_it_begins_are_not_changed(november: Office) -> None:
    assert preview(november, {"missing_checkout_credit": "shift_end"}, date(2026, 11, 19)) == []
    assert preview(november, {"missing_checkout_credit": "shift_end"}, date(2026, 11, 18)) == [
        VolunteerChange(BEN, 0, 180, 0)
    ]


def test_a_day_that_ends_at_another_time_cannot_be_foreseen(november: Office) -> None:
    assert preview(november, {"day_ends_at": "05:00:00"}) is None
    assert preview(november, {"day_ends_at": "04:00:00"}) == []
