"""Civil time: service days, ROC dates, opening hours. The only module where a zone appears."""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from domain.iso_forms import parse_iso_date, parse_iso_instant
from domain.spans import END_YEAR, FIRST_YEAR, Second, Span, second

TAIPEI = ZoneInfo("Asia/Taipei")
"""The zone of a home that names no other."""

EPOCH = date(1970, 1, 1).toordinal()
"""The proleptic ordinal of second 0."""
FIRST_DAY, END_DAY = date(FIRST_YEAR, 1, 1).toordinal(), date(END_YEAR, 1, 1).toordinal()
"""Between which a second can be on record, as proleptic ordinals; the end is not included."""

ROC_BEGINS = 1911
"""民國 year = CE year - 1911 (RULES 0.4)."""

ROC_DATE = r"(?a:(\d{3})([-./])(\d{1,2})\2(\d{1,2})|(\d{3})(\d{2})(\d{2}))"
"""115-11-19, 115/11/19, 115.11.19, or the import form 1151119 (V-16)."""
TWO_DIGIT_YEAR = r"(?a:(\d{2})([-./])(\d{1,2})\2(\d{1,2}))"
"""38-05-01: 1949 in a birth date; elsewhere the century cannot be known."""


class AmbiguousDate(ValueError):
    """A year of two digits: of the Republic, or of this century."""


class DateWithoutTime(ValueError):
    """A date where an instant is wanted."""


class AmbiguousTime(ValueError):
    """A local time that does not exist, or exists twice, because clocks were set forward or back."""


def to_roc(day: date) -> str:
    """A date as the ministry's import files write it: 1151119 (R-030)."""
    return f"{day.year - ROC_BEGINS:03d}{day.month:02d}{day.day:02d}"


def parse_date(text: str) -> date:
    """A civil date, CE (2026-11-19) or ROC (115-11-19, 1151119). Raises: AmbiguousDate, ValueError."""
    if re.fullmatch(TWO_DIGIT_YEAR, text):
        raise AmbiguousDate(text)
    if match := re.fullmatch(ROC_DATE, text):
        year, month, day = (int(part) for part in match.group(1, 3, 4) if part) if match[1] else _parse_compact(match)
        return date(year + ROC_BEGINS, month, day)
    return parse_iso_date(text)


def parse_birth_date(text: str) -> date:
    """As `parse_date`; a year of two digits is of the Republic (38-05-01 is 1949). Raises: ValueError."""
    return parse_date(f"0{text}" if re.fullmatch(TWO_DIGIT_YEAR, text) else text)


def _parse_compact(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match[5]), int(match[6]), int(match[7])


def parse_instant(text: str, zone: ZoneInfo) -> datetime:
    """An ISO 8601 instant; without an offset it is local. Raises: DateWithoutTime, AmbiguousTime, ValueError."""
    if _is_date(text):
        raise DateWithoutTime(text)
    at = parse_iso_instant(text)
    if at.tzinfo:
        return at
    local, again = (at.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if local.utcoffset() != again.utcoffset():
        raise AmbiguousTime(text)
    return local


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except AmbiguousDate:
        return True
    except ValueError:
        return False
    return True


def parse_end_of_day(text: str, zone: ZoneInfo) -> datetime:
    """The last second of a civil date. Raises: ValueError."""
    midnight = datetime.combine(parse_date(text) + timedelta(days=1), time(), zone)
    return midnight.astimezone(UTC) - timedelta(seconds=1)


def one_year_before(day: date) -> date:
    """The same date a year earlier; 28 February for a leap day (R-051)."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def add_years(day: date, years: int) -> date:
    """The anniversary of a day; that of 29 February is 1 March where it is missing, when full years have passed.

    So seniority (R-081) and age count: a period ends on the day before its anniversary (民法第121條).
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def count_full_years(since: date, day: date) -> int:
    """How many years have passed since a day, its anniversary included; the age of a person born on it."""
    years = day.year - since.year
    return years if add_years(since, years) <= day else years - 1


def add_months(day: date, months: int) -> date:
    """The same day of another month; its last one where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class ServiceDays:
    """Which service day an instant belongs to, and when that day begins and ends.

    Day D ends at `day_ends_at` of the policy in force on D, on the civil date D + 1, and the next day begins
    there: so the days cover time without gap or overlap, whatever the policy changes (decision 8).
    """

    def __init__(self, zone: ZoneInfo, ends: Sequence[tuple[date, time]]) -> None:
        """`ends`: from which service day on a day ends at which local time; ascending, the first since ever."""
        self.zone = zone
        self._from = [day.toordinal() for day, _ in ends]
        self._ends = [at for _, at in ends]
        self.were_moved = len(ends) > 1
        """Whether a policy moved the end of a day: what was filed before may count on a neighbour of its day."""
        self._starts: dict[int, Second] = {}
        self._around: dict[int, tuple[Second, Second, int]] = {}
        """When a day begins and ends, and which it is."""
        self._last: tuple[Second, Second, int] = (0, 0, 0)
        """That of the instant that was asked about last."""

    def ordinal(self, at: Second) -> int:
        """The service day of an instant, as a proleptic ordinal."""
        return self.find_day_around(at)[2]

    def find_day_around(self, at: Second) -> tuple[Second, Second, int]:
        """When the service day of an instant begins and ends, and which it is."""
        found = self._last
        if not found[0] <= at < found[1]:  # seldom, where a log is read
            found = self._last = self._look_up(at)
        return found

    def _look_up(self, at: Second) -> tuple[Second, Second, int]:
        day = at // 86_400 + EPOCH
        if not FIRST_DAY <= day < END_DAY:
            raise ValueError(f"uncountable second {at}")
        found = self._around.get(day)
        if found is not None and found[0] <= at < found[1]:
            return found  # nearly always
        while at < self.start(day):
            day -= 1
        while at >= self.start(day + 1):
            day += 1
        found = self._around[day] = (self.start(day), self.end(day), day)
        return found

    def of(self, at: datetime) -> date:
        """The service day of an instant."""
        return date.fromordinal(self.ordinal(second(at)))

    def start(self, day: int) -> Second:
        """When a service day begins: when the one before it ends."""
        start = self._starts.get(day)
        if start is None:
            ends_at = self._ends[max(0, bisect_right(self._from, day - 1) - 1)]
            start = second(datetime.combine(date.fromordinal(day), ends_at, self.zone))
            self._starts[day] = start
        return start

    def end(self, day: int) -> Second:
        """When a service day ends."""
        return self.start(day + 1)


class OpeningHours(msgspec.Struct, frozen=True):
    """On some weekdays the unit is open from one local time to another (R-026)."""

    days: frozenset[int]
    """ISO weekdays: 1 is Monday."""
    opens: time
    closes: time
    """A closing time at or before the opening time is on the next civil day."""


HalfDay = Literal["morning", "afternoon", "evening"]
HALF_DAYS: tuple[HalfDay, ...] = ("morning", "afternoon", "evening")
NOON, EVENING = 12, 18
"""Hours at which the afternoon and the evening begin: a duty belongs where it starts."""


def find_half_day(start: datetime, day: date) -> HalfDay:
    """The half-day of a service day that a duty belongs to, by the local time of its start (R-040)."""
    if start.hour >= EVENING or start.date() > day:
        return "evening"
    return "morning" if start.hour < NOON else "afternoon"


Closure = Literal["weekend", "holiday", "not_open"]
"""Why a day is no working day of the unit: by the office calendar, or because it is never open on that weekday."""

SATURDAY = 6
WORKING_DAYS = range(1, SATURDAY)
"""ISO weekdays on which offices work."""


class OpenDays:
    """When the unit is open: weekly hours on the days that are not closed, those of a working day on make-up days.

    `years` are those whose office calendar is known: a Saturday or Sunday of one that is not closed is a make-up
    working day (補行上班, R-048).
    """

    def __init__(
        self,
        zone: ZoneInfo,
        hours: Iterable[OpeningHours],
        closed: frozenset[date] = frozenset(),
        years: frozenset[int] = frozenset(),
    ) -> None:
        self.zone = zone
        self.hours = tuple(hours)
        self.closed = closed
        self.years = years

    def list_spans(self, day: date) -> list[Span]:
        """The opening hours of one civil day, merged and in order; the whole day where none are given."""
        if not self.hours:
            return [(self._at(day, time()), self._at(day + timedelta(days=1), time()))]
        if day in self.closed:
            return []
        return _merge(sorted(self._build_span(day, hours) for hours in self._list_hours(day)))

    def find_closure(self, day: date) -> Closure | None:
        """Why nobody is expected to plan a duty on a day; None for a working day (R-048).

        A Saturday of a year whose calendar is not known is a weekend, unless the unit says that it opens on Saturdays.
        """
        is_weekend = day.isoweekday() >= SATURDAY
        if day in self.closed:
            return "weekend" if is_weekend else "holiday"
        if is_weekend and day.year not in self.years and not self._list_hours_on(day.isoweekday()):
            return "weekend"
        return None if self.list_spans(day) else "not_open"

    def find_unknown_years(self, days: Iterable[date]) -> list[int]:
        """The years of some days whose office calendar was not imported: their holidays count as working days."""
        return sorted({day.year for day in days} - self.years)

    def _list_hours(self, day: date) -> list[OpeningHours]:
        weekday = day.isoweekday()
        if weekday >= SATURDAY and day.year in self.years:
            return self._working_day or self._list_hours_on(weekday)
        return self._list_hours_on(weekday)

    @cached_property
    def _working_day(self) -> list[OpeningHours]:
        """The hours that most of Monday to Friday have; of several the earliest in the week."""
        listed = [self._list_hours_on(weekday) for weekday in WORKING_DAYS]
        return max(listed, key=listed.count)

    def _list_hours_on(self, weekday: int) -> list[OpeningHours]:
        return [hours for hours in self.hours if weekday in hours.days]

    def _build_span(self, day: date, hours: OpeningHours) -> Span:
        last = day if hours.opens < hours.closes else day + timedelta(days=1)
        return self._at(day, hours.opens), self._at(last, hours.closes)

    def _at(self, day: date, at: time) -> Second:
        return second(datetime.combine(day, at, self.zone))


def _merge(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
