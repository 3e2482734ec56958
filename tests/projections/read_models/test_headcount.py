"""How many serve, and what follows: R-100 to R-103, R-114."""

from datetime import date

import pytest

from projections.read_models.headcount import (
    Growth,
    Share,
    YearGrowth,
    compute_average_hours,
    list_yearly_growth,
    measure_growth,
)
from projections.read_models.volunteers import find_active, list_active
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, STRANGER


def test_active_is_who_has_an_agreement_and_no_pause(office: Office) -> None:
    """R-100: on the last day of an agreement still, on the first day of a pause no more."""
    office.at("2026-11-01 09:00").enrol(STRANGER, since="2026-11-20")
    office.end(ANN, "2026-11-19")
    office.suspend(BEN, "2026-11-20")
    views = office.current_views()
    for day, active in ((date(2026, 11, 19), {ANN, BEN, CAT}), (date(2026, 11, 20), {CAT, STRANGER})):
        assert find_active(views, day.toordinal()) == active
        assert {one.volunteer for one in list_active(views, views.load_unit(), day.toordinal())} == active


def test_growth_tells_who_joined_and_who_left(office: Office) -> None:
    """R-103: three became three, one of them another."""
    office.at("2026-03-02 09:00").enrol(STRANGER, since="2026-03-02")
    office.end(ANN, "2026-06-30")
    assert list_yearly_growth(office.current_views(), 2026)[-1].growth == Growth(base=3, end=3, joined=1, left=1)
    assert measure_growth(office.current_views(), date(2026, 1, 1), date(2026, 3, 2)) == Growth(3, 4, 1, 0)


def test_growth_is_told_by_year_and_since_the_first_year(office: Office) -> None:
    """R-103: at the ends of three years three, four and two serve; before the first nobody did."""
    office.at("2026-03-02 09:00").enrol(STRANGER, since="2025-03-02")
    office.end(ANN, "2026-06-30")
    office.end(BEN, "2026-06-30")
    years = list_yearly_growth(office.current_views(), 2026)
    first, second, third = years[-3:]
    assert first == YearGrowth(date(2024, 12, 31), Growth(0, 3, 3, 0), None)
    assert second == YearGrowth(date(2025, 12, 31), Growth(3, 4, 1, 0), Share(1, 3))
    assert third == YearGrowth(date(2026, 12, 31), Growth(4, 2, 0, 2), Share(-1, 3))
    assert list_yearly_growth(office.current_views(), 2023) == []


@pytest.mark.parametrize(("end", "is_met"), [(77_373, False), (77_374, True)])
def test_one_and_a_half_per_cent_of_the_citys_volunteers(end: int, is_met: bool) -> None:
    """R-103, V-15: 76,230 x 1.015 = 77,373.45."""
    growth = Growth(base=76_230, end=end, joined=0, left=0)
    assert growth.meets(0.015) is is_met
    assert growth.rate == pytest.approx(0.015, abs=1e-4)


def test_of_nobody_there_is_no_growth() -> None:
    assert Growth(0, 5, 5, 0).rate is None
    assert not Growth(0, 5, 5, 0).meets(0.0)


@pytest.mark.parametrize(
    ("part", "whole", "target", "is_met"),
    [
        (19, 19, 1.0, True),
        (18, 19, 1.0, False),
        (16, 19, 0.8, True),  # R-101, V-14
        (16, 19, 1.0, False),
        (15, 19, 0.8, False),
        (4, 19, 0.21, True),
        (3, 19, 0.21, False),
        (7, 25, 0.28, True),  # 0.28 * 25 is a little above 7 in binary fractions
    ],
)
def test_a_share_is_compared_without_rounding(part: int, whole: int, target: float, is_met: bool) -> None:
    """R-100, R-101, R-102."""
    assert Share(part, whole).meets(target) is is_met


def test_a_share_of_nothing_has_no_value() -> None:
    assert Share(0, 0).value is None
    assert Share(4, 19).value == pytest.approx(0.2105, abs=1e-4)


def test_average_hours_have_two_decimals() -> None:
    """R-114: the city's own figure."""
    assert compute_average_hours(4_338_305 * 60, 76_230) == 56.91
    assert compute_average_hours(0, 0) is None
