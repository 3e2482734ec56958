"""Arranges the duties of a period: a week in rows of half-day and post, a month in weeks."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from domain.calendar import HALF_DAYS, HalfDay
from kiosk.desk.plan.view_model import DayHead, DutyLine, Period


class WeekRow(NamedTuple):
    """A post in a half-day, over the days of a week."""

    half_day: HalfDay
    post: str
    is_first: bool
    """Of its half-day."""
    times: str
    """When its duties usually begin and end."""
    cells: Sequence[Sequence[DutyLine]]
    """By day."""


class DayDuties(NamedTuple):
    """A day with its duties by half-day."""

    head: DayHead
    is_today: bool
    is_outside: bool
    """Whether it belongs to another month, and only fills its week."""
    halves: Sequence[tuple[HalfDay, Sequence[DutyLine]]]


MOST_TWICE = 400
"""Duties of a week that are written twice, as a table and day by day for a phone: 220 bytes each of at most 200 KB."""
MOST_IN_MONTH = 1_500
"""Duties of a month that are written one by one, in 80 bytes each; of more it says how many a half-day has."""


class Week(NamedTuple):
    """A week as a table, and day by day as a phone shows it."""

    days: Sequence[DayDuties]
    rows: Sequence[WeekRow]
    is_large: bool
    """It is shown as a table only."""


def build_week(period: Period) -> Week:
    """The plan of a week; a closed day without a duty is left out at the end."""
    days = [_build_day(head, period) for head in period.days]
    while len(days) > 1 and days[-1].head.closure and not days[-1].halves:
        days.pop()
    found: dict[tuple[int, str], dict[date, list[DutyLine]]] = {}
    for duty in period.duties:
        row = found.setdefault((HALF_DAYS.index(duty.half_day), duty.post), {})
        row.setdefault(duty.day, []).append(duty)
    rows: list[WeekRow] = []
    for (half, post), cells in sorted(found.items()):
        is_first = not rows or rows[-1].half_day != HALF_DAYS[half]
        times = Counter(duty.times for found in cells.values() for duty in found).most_common(1)[0][0]
        rows.append(WeekRow(HALF_DAYS[half], post, is_first, times, [cells.get(day.head.day, []) for day in days]))
    return Week(days, rows, len(period.duties) > MOST_TWICE)


def build_month(period: Period) -> list[list[DayDuties]]:
    """Weeks from Monday on; weekends are left out where no week has a duty on one."""
    first, last = period.days[0].day, period.days[-1].day
    start, end = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    heads = {head.day: head for head in period.days}
    days = [date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1)]
    built = [_build_day(heads.get(day, DayHead(day, None)), period, is_outside=day not in heads) for day in days]
    width = max([day.head.day.isoweekday() for day in built if day.halves or _is_open(day)], default=7)
    weeks = [built[index : index + width] for index in range(0, len(built), 7)]
    return [week for week in weeks if not all(day.is_outside for day in week)]


def is_counted(period: Period) -> bool:
    """Whether a month has so many duties that they are counted and not listed."""
    return len(period.duties) > MOST_IN_MONTH


def choose_density(period: Period) -> str:
    """How small a month is printed so that it stays on one sheet: the name of a style."""
    if is_counted(period):
        return ""
    return next((style for most, style in DENSITIES if len(period.duties) <= most), "tiny")


DENSITIES = ((280, ""), (420, "small"))
"""Duties of a month that a sheet takes, tried with posts of four characters and names of three."""


def _is_open(day: DayDuties) -> bool:
    return not day.is_outside and day.head.closure is None


def _build_day(head: DayHead, period: Period, *, is_outside: bool = False) -> DayDuties:
    duties = [duty for duty in period.duties if duty.day == head.day]
    halves: list[tuple[HalfDay, Sequence[DutyLine]]] = [
        (half, found) for half in HALF_DAYS if (found := [duty for duty in duties if duty.half_day == half])
    ]
    return DayDuties(head, head.day == period.today, is_outside, halves)
