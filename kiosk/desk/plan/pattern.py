"""Duties from a pattern: weekdays, half-days and posts over a range of days, and volunteers who take turns.

Rule: everything follows from the pattern, so that the same pattern proposes the same duties with the same names.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import cycle, islice

from domain.calendar import HALF_DAYS, HalfDay

CODES: dict[HalfDay, str] = dict(zip(HALF_DAYS, ("AM", "PM", "EV"), strict=True))
"""Of half-days, in the name of a duty."""
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """When a duty of a half-day begins and ends, local time; at or before its start, on the next day."""

    half_day: HalfDay
    start: time
    end: time


DEFAULT_SLOTS = (
    Slot(half_day="morning", start=time(9), end=time(12)),
    Slot(half_day="afternoon", start=time(13, 30), end=time(16, 30)),
)
"""Until a unit has duties of its own: three hours each (R-041)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A duty that is not saved yet. Times are local."""

    day: date
    slot: Slot
    post: str | None
    numbers: tuple[str, ...]
    """Of the volunteers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Who serves when."""

    first: date
    last: date
    weekdays: Container[int]
    """ISO weekdays: 1 is Monday."""
    every_weeks: int
    """1 for each week, 2 for each other one, counted from the week of the first day."""
    slots: Sequence[Slot]
    posts: Sequence[str | None]
    numbers: Sequence[str]
    """The volunteers, in their order of turns; empty where nobody is assigned yet."""
    volunteers_a_duty: int
    closed: Container[date]
    """Days that are left out."""

    def list_proposals(self) -> Iterator[Proposal]:
        """By day, half-day and post, each with the volunteers whose turn it is."""
        turns = cycle(self.numbers)
        for day in self.list_days():
            for slot in self.slots:
                for post in self.posts:
                    numbers = tuple(dict.fromkeys(islice(turns, self.volunteers_a_duty)))
                    yield Proposal(day, slot, post, numbers)

    def list_days(self) -> Iterator[date]:
        """The days on which there are duties."""
        return (day for day in self._list_weekdays() if day not in self.closed)

    def list_closed(self) -> list[date]:
        """The days that are left out because the office is closed."""
        return [day for day in self._list_weekdays() if day in self.closed]

    def _list_weekdays(self) -> Iterator[date]:
        monday = self.first - timedelta(days=self.first.weekday())
        for ordinal in range(self.first.toordinal(), self.last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day.isoweekday() in self.weekdays and (day - monday).days // DAYS_A_WEEK % self.every_weeks == 0:
                yield day


def name_shift(proposal: Proposal, taken: Container[str]) -> str:
    """A readable name that no other duty has: 261201-AM-服務台."""
    name = "-".join(filter(None, (f"{proposal.day:%y%m%d}", CODES[proposal.slot.half_day], proposal.post)))
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
