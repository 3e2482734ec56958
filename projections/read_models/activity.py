"""Read model: when people serve: by month, by half-day of the week (R-040), by the quarter hour of their arrival.

Rule: what is counted has happened: shifts that are over and were not cancelled, visits that were not voided.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import HalfDay, find_half_day
from projections.engine.stored_values import read_day
from projections.engine.views import Views
from projections.read_models.day_filter import DayFilter
from projections.read_models.hours import list_hours

QUARTER = 15
"""Minutes."""


class MonthOfActivity(NamedTuple):
    """What was served in a month."""

    minutes: int
    duties: int
    volunteers: int
    """Who have credit in it."""


class HalfDayCoverage(NamedTuple):
    """The shifts of a half-day, Mondays' mornings for example."""

    shifts: int
    covered: int
    """To which at least one volunteer came."""


def find_first_day(views: Views) -> date | None:
    """The first service day with a shift or a visit on record; None where there is none."""
    query = "SELECT min(day) FROM (SELECT day FROM shifts UNION ALL SELECT day FROM visits)"
    return next((read_day(day) for (day,) in views.rows(query) if day is not None), None)


def sum_months(views: Views, days: DayFilter) -> dict[str, MonthOfActivity]:
    """By month, as `2026-11`; months without credit are left out."""
    sums: defaultdict[str, MonthOfActivity] = defaultdict(lambda: MonthOfActivity(0, 0, 0))
    for row in list_hours(views, days, by_month=True):
        month, before = row.month or "", sums[row.month or ""]
        sums[month] = MonthOfActivity(before.minutes + row.minutes, before.duties + row.duties, before.volunteers + 1)
    return dict(sums)


def rate_half_days(views: Views, days: DayFilter, zone: ZoneInfo) -> dict[tuple[int, HalfDay], HalfDayCoverage]:
    """By ISO weekday and half-day, of those that had shifts (R-040)."""
    views.ensure_intact(*days.bounds)
    shifts: Counter[tuple[int, HalfDay]] = Counter()
    covered: Counter[tuple[int, HalfDay]] = Counter()
    first, last, _ = days.bounds
    for day, starts, is_covered in views.rows(_SHIFTS, (first, last, views.evaluated_at)):
        served = read_day(day)
        half = served.isoweekday(), find_half_day(datetime.fromtimestamp(starts, zone), served)
        shifts[half] += 1
        covered[half] += is_covered
    return {half: HalfDayCoverage(count, covered[half]) for half, count in shifts.items()}


_SHIFTS = """
SELECT s.day, s.starts, EXISTS (
    SELECT 1 FROM duties d WHERE d.shift = s.shift AND d.day = s.day AND d.outcome IN ('attended', 'no_check_out')
) FROM shifts s WHERE s.day BETWEEN ? AND ? AND NOT s.cancelled AND s.ends <= ?
"""


def count_arrivals(views: Views, days: DayFilter, zone: ZoneInfo) -> Mapping[int, int]:
    """Check-ins by the local quarter hour in which they lie: minutes since midnight, 525 is 8:45."""
    views.ensure_intact(*days.bounds)
    query = f"SELECT check_in FROM visits WHERE status != 'void' AND {days.where}"
    local = (datetime.fromtimestamp(check_in, zone) for (check_in,) in views.rows(query, days.values))
    return Counter((at.hour * 60 + at.minute) // QUARTER * QUARTER for at in local)
