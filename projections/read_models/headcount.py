"""How many volunteers serve: growth, averages, shares of them (R-100, R-101, R-102, R-103, R-114)."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from projections.engine.views import Views
from projections.read_models.volunteers import list_active_by_day

MINUTES_AN_HOUR = 60


class Share(NamedTuple):
    """A part of a whole, compared as it is: not rounded, and 7 of 25 are 28 %, whatever binary fractions make of it."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    def meets(self, target: float) -> bool:
        """Whether it is at least the target; of nothing every target is met."""
        return self.part >= Fraction(str(target)) * self.whole


class Growth(NamedTuple):
    """How many more serve than at a base date (R-103)."""

    base: int
    end: int
    joined: int
    """Of those at the end, how many were not there at the base date."""
    left: int

    @property
    def rate(self) -> float | None:
        """As a share of the base, negative where they are fewer; None where there was nobody."""
        return (self.end - self.base) / self.base if self.base else None

    def meets(self, target: float) -> bool:
        """Whether the growth is at least the target: of 76,230 with 1.5 % at least 77,374 (V-15)."""
        return self.base > 0 and self.end - self.base >= Fraction(str(target)) * self.base


def measure_growth(views: Views, base: date, end: date) -> Growth:
    """The growth from one day to another, who joined and left between them (R-103)."""
    return _compare(*list_active_by_day(views, [base.toordinal(), end.toordinal()]))


class YearGrowth(NamedTuple):
    """The growth of a year, and since the first one at whose end anybody served (R-103)."""

    last_day: date
    growth: Growth
    """From the last day of the year before."""
    cumulative: Share | None
    """Of those at the end of the first year; None for that year itself."""


def list_yearly_growth(views: Views, until: int) -> list[YearGrowth]:
    """The growth of each year up to a year, the first one first; empty where nobody served at the end of any."""
    (first,) = next(views.rows("SELECT min(day) FROM turns"))
    if first is None:
        return []
    days = [date(year, 12, 31) for year in range(date.fromordinal(first).year, until + 1)]
    years: list[YearGrowth] = []
    before = set[UUID]()
    for day, active in zip(days, list_active_by_day(views, [day.toordinal() for day in days]), strict=True):
        growth = _compare(before, active)
        base = years[0].growth.end if years else 0
        if active or years:
            years.append(YearGrowth(day, growth, Share(growth.end - base, base) if base else None))
        before = active
    return years


def _compare(before: set[UUID], after: set[UUID]) -> Growth:
    return Growth(len(before), len(after), len(after - before), len(before - after))


def compute_average_hours(minutes: int, volunteers: int) -> float | None:
    """Hours per volunteer, with two decimals (R-114): 4,338,305 h of 76,230 are 56.91; None of nobody."""
    return round(minutes / MINUTES_AN_HOUR / volunteers, 2) if volunteers else None
