"""The service days of a longer demonstration: the duties of each, and the events of a cycle that repeats.

Rule: everything follows from the last day and the number of days, so that a season is the same on every machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import cached_property

from kiosk.demo.office import (
    ABSENT_MINDED,
    AFTERNOON,
    IMMIGRATION_DESK,
    MORNING,
    NEW_IMMIGRANTS,
    ROSTERED,
    Duty,
    Person,
)

POSTS = ("服務台", "引導", "書寫協助")
"""Each has one volunteer every half day."""
STEP = 7
"""Places in the list of volunteers from one working day's first to the next one's: over twelve days each volunteer has
every post, and none has two duties on one day."""
SATURDAY = 6
CYCLE = 20
"""Working days after which the events repeat with other volunteers: about a month."""
ABSENCES = (13, 9, 5)
"""Working days before the last on which the absent-minded one has the last duty of the day, and misses it (R-050)."""


class CycleDay(IntEnum):
    """The place of an event in a cycle, in working days before its last."""

    ILL = 18
    EXCUSED = 17
    LOST = 15
    """A card is lost,"""
    FOUND = 6
    """and presented at the entrance."""
    CARDLESS = 14
    """A volunteer comes without the card."""
    SUSPENDED = 12
    """A volunteer is suspended (R-053),"""
    TRIES = 11
    """comes all the same,"""
    RESUMED = 8
    """and serves again."""
    CANCELLED = 10
    LEAVE = 7
    AGREED = 4
    """Two volunteers agree to exchange their mornings (R-042)"""
    GIVEN = 3
    """of this day"""
    TAKEN = 2
    """and of this."""
    FORGOTTEN = 1
    """A volunteer without a duty does not tap out."""


def find_last_working_day(day: date, closed: frozenset[date]) -> date:
    """The last day of its month on which the office is open."""
    last = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    while last in closed:
        last -= timedelta(days=1)
    return last


@dataclass(frozen=True)
class Season:
    """Consecutive service days; the last one is played or shown."""

    days: tuple[date, ...]
    closed: frozenset[date]
    """Days on which offices are closed (R-048)."""

    @classmethod
    def ending(cls, last: date, days: int, closed: frozenset[date]) -> "Season":
        """The `days` service days up to and including `last`."""
        return cls(tuple(last - timedelta(days=back) for back in reversed(range(days))), closed)

    @property
    def last(self) -> date:
        """Today."""
        return self.days[-1]

    @cached_property
    def working(self) -> tuple[date, ...]:
        """The days on which the office is open."""
        return tuple(day for day in self.days if day not in self.closed)

    @cached_property
    def _days_before_last(self) -> dict[date, int]:
        return {day: back for back, day in enumerate(reversed(self.working))}

    def position(self, day: date) -> tuple[int, int]:
        """The cycle in which a working day lies, and its place in it; both count back from the last day."""
        return divmod(self._days_before_last[day], CYCLE)

    def find_day(self, cycle: int, place: int) -> date | None:
        """The working day at a place; None when the season begins later."""
        back = cycle * CYCLE + place
        return self.working[-1 - back] if back < len(self.working) else None

    # --- Duties ---

    def list_duties(self, day: date) -> Iterator[Duty]:
        """The roster of a day as it is first written: one volunteer a post and half day."""
        if day not in self._days_before_last:
            return
        cycle, place = self.position(day)
        for slot in range(2 * len(POSTS)):
            half, post = divmod(slot, len(POSTS))
            person = ROSTERED[(slot - STEP * self._days_before_last[day]) % len(ROSTERED)]
            if (cycle, slot) == (0, LAST_SLOT) and place in ABSENCES:
                person = ABSENT_MINDED
            yield Duty(f"{day:%y%m%d}-{('AM', 'PM')[half]}{post + 1}", person, *_local_span(day, half), POSTS[post])
        if day.isoweekday() == IMMIGRATION_DESK:
            person = NEW_IMMIGRANTS[cycle % len(NEW_IMMIGRANTS)]
            yield Duty(f"{day:%y%m%d}-IM", person, *_local_span(day, 0), "新住民櫃台")

    def has_event(self, day: date) -> bool:
        """A day in the neighbourhood, every second Saturday on which the office is closed."""
        return day in self.closed and day.isoweekday() == SATURDAY and day.isocalendar().week % 2 == 0

    # --- Events of a cycle ---

    def find_suspended(self, cycle: int) -> Person:
        """The volunteer who is suspended in a cycle."""
        return ROSTERED[(5 * cycle + 3) % len(ROSTERED)]

    def is_suspended(self, person: Person, day: date) -> bool:
        """Whether a person may not serve on a working day."""
        cycle, place = self.position(day)
        began = self.find_day(cycle, CycleDay.SUSPENDED) is not None
        return began and CycleDay.RESUMED < place <= CycleDay.SUSPENDED and person == self.find_suspended(cycle)

    def find_swap(self, cycle: int) -> tuple[Duty, Duty] | None:
        """The two mornings that are exchanged in a cycle; None when the season begins too late for one."""
        agreed, *days = (self.find_day(cycle, place) for place in (CycleDay.AGREED, CycleDay.GIVEN, CycleDay.TAKEN))
        given, taken = (next(self.list_duties(day), None) if day else None for day in days)
        return (given, taken) if agreed and given and taken else None

    def find_attendee(self, duty: Duty) -> Person:
        """The volunteer of a duty after all swaps."""
        pair = self.find_swap(self.position(duty.start.date())[0])
        if pair is None or duty not in pair:
            return duty.person
        return pair[1 - pair.index(duty)].person


LAST_SLOT = 2 * len(POSTS) - 1


def _local_span(day: date, half: int) -> tuple[datetime, datetime]:
    start, end = (MORNING, AFTERNOON)[half]
    return datetime.combine(day, start), datetime.combine(day, end)


def local_time(day: date, hour: int, minute: int = 0) -> datetime:
    """A local time of a day."""
    return datetime.combine(day, time(hour, minute))
