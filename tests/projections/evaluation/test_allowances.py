"""Which duties earn an allowance (R-070)."""

import pytest

from domain.policy import Policy
from projections.evaluation.allowances import ServedDuty, choose_allowances

POLICY = Policy()
BY_STATUS = Policy(allowance_uses_status=True)


def shift(minutes: int, start: int = 0, *, planned: int = 180, is_on_time: bool = True) -> ServedDuty:
    return ServedDuty(start, "shift", f"S{start}", minutes, planned, is_on_time)


@pytest.mark.parametrize(("minutes", "earned"), [(179, 0), (180, 1)])
def test_a_duty_of_three_hours_earns_one(minutes: int, earned: int) -> None:
    """R-070 and V-13."""
    assert len(choose_allowances([shift(minutes)], POLICY)) == earned


def test_two_short_duties_never_add_up() -> None:
    """R-070: 100 and 80 on one day are none."""
    assert choose_allowances([shift(100), shift(80, 1)], POLICY) == []


@pytest.mark.parametrize("most", [0, 1, 2])
def test_a_day_has_only_so_many(most: int) -> None:
    """R-070: once a day by default, and then the first."""
    assert Policy().allowance_per_day_max == 1
    duties = [shift(180, 2), shift(200, 1)]
    assert choose_allowances(duties, Policy(allowance_per_day_max=most)) == sorted(duties)[:most]


def test_status_counts_only_where_the_unit_says_so() -> None:
    """R-070: 09:06 for 09:00 to 12:00 is on time within the grace, and credited 174 minutes."""
    assert choose_allowances([shift(174)], POLICY) == []
    assert choose_allowances([shift(174)], BY_STATUS) == [shift(174)]


@pytest.mark.parametrize(
    "duty",
    [
        shift(174, is_on_time=False),
        shift(174, planned=179),
        shift(0),
        ServedDuty(0, "event", "Fair", 174),
    ],
    ids=["late", "planned too short", "not served", "an event"],
)
def test_status_does_not_help(duty: ServedDuty) -> None:
    """R-070: who was late, whose duty is short, who served nothing."""
    assert choose_allowances([duty], BY_STATUS) == []
