"""Read model: weeks in which a volunteer served three hours, as is the rule (R-041).

Rule: it is measured, and blocks nothing. Weeks run from Monday to Sunday. One with leave, with a
holiday on a working day, or in which the volunteer was not in service every day, is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from domain.calendar import WORKING_DAYS
from projections.engine.views import Views
from projections.evaluation.facts import Person, UnitInForce
from projections.read_models.day_filter import EVERYTHING, DayFilter

DAYS = 7
WeekState = Literal["met", "below", "leave", "holiday", "not_serving"]
"""Whether the target was met; of a week that is left out, why."""


class WeekRow(NamedTuple):
    """One week of one volunteer."""

    volunteer: UUID
    monday: date
    minutes: int
    state: WeekState


class WeekSum(NamedTuple):
    """The weeks of one volunteer that count."""

    met: int
    counted: int
    minutes: int

    @property
    def average(self) -> float | None:
        """Minutes a week; None where none counts."""
        return self.minutes / self.counted if self.counted else None


def list_weeks(views: Views, day_filter: DayFilter = EVERYTHING) -> Iterator[WeekRow]:
    """The whole weeks of a period that are over, of everybody who served on a day of them, by volunteer and week."""
    views.ensure_intact(*day_filter.bounds)
    unit = views.load_unit()
    minutes = _sum_by_week(views.rows(_MINUTES.format(where=day_filter.where), day_filter.values))
    leaves = _sum_by_week(views.rows(_LEAVES.format(where=day_filter.where), day_filter.values))
    weeks = [_Week.of(monday, unit) for monday in _list_mondays(views, unit, day_filter)]
    for volunteer, person in sorted(views.load_people(unit).items()):
        for week in weeks if day_filter.volunteer in (None, person.key) else ():
            key, served = (person.key, week.monday), _count_serving_days(person, week.monday)
            if served or key in minutes:
                state = week.find_state(minutes.get(key, 0), is_leave=key in leaves, served=served)
                yield WeekRow(volunteer, week.day, minutes.get(key, 0), state)


def sum_weeks(rows: Iterable[WeekRow]) -> dict[UUID, WeekSum]:
    """The weeks that count, by volunteer."""
    counted: dict[UUID, list[WeekRow]] = defaultdict(list)
    for row in rows:
        if row.state in ("met", "below"):
            counted[row.volunteer].append(row)
    return {
        volunteer: WeekSum(sum(row.state == "met" for row in weeks), len(weeks), sum(row.minutes for row in weeks))
        for volunteer, weeks in counted.items()
    }


class _Week(NamedTuple):
    """What is the same of a week for everybody."""

    monday: int
    day: date
    has_holiday: bool
    target: int

    @classmethod
    def of(cls, monday: int, unit: UnitInForce) -> "_Week":
        days = [date.fromordinal(monday + weekday - 1) for weekday in WORKING_DAYS]
        has_holiday = any(unit.open_days.find_closure(day) == "holiday" for day in days)
        return cls(monday, days[0], has_holiday, unit.policies.on(monday).weekly_target_minutes)

    def find_state(self, minutes: int, *, is_leave: bool, served: int) -> WeekState:
        if served < DAYS:
            return "not_serving"
        if is_leave:
            return "leave"
        if self.has_holiday:
            return "holiday"
        return "met" if minutes >= self.target else "below"


def _count_serving_days(person: Person, monday: int) -> int:
    """Where no turn of a volunteer is in the week, or at its end the day before, one day is as all others."""
    if all(not -1 <= turn.day - monday < DAYS for turn in person.turns):
        return DAYS if person.standing(monday) == "in_service" else 0
    return sum(person.standing(day) == "in_service" for day in range(monday, monday + DAYS))


def _list_mondays(views: Views, unit: UnitInForce, day_filter: DayFilter) -> list[int]:
    """The whole weeks within the period, and before the day as of which everything is evaluated."""
    (first_fact,) = next(views.rows("SELECT min(day) FROM turns"))
    today = unit.days.ordinal(views.evaluated_at)
    first = max(day_filter.bounds[0], first_fact or today)
    last = min(day_filter.bounds[1], today - 1)
    monday = first + -date.fromordinal(first).weekday() % DAYS
    return list(range(monday, last - DAYS + 2, DAYS))


def _sum_by_week(rows: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    sums: dict[tuple[int, int], int] = defaultdict(int)
    for volunteer, day, value in rows:
        sums[volunteer, day - date.fromordinal(day).weekday()] += value
    return sums


_MINUTES = """
SELECT volunteer, day, seconds / 60 FROM duties WHERE seconds > 0 AND {where}
UNION ALL SELECT volunteer, day, seconds / 60 FROM earned WHERE {where}
"""
_LEAVES = "SELECT volunteer, day, 1 FROM duties WHERE outcome = 'leave' AND {where}"
