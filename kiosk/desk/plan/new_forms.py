"""The fields of the forms of new duties: what they suggest, and what they come to."""

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from domain.calendar import HALF_DAYS, WORKING_DAYS, HalfDay, find_half_day
from domain.months import find_last_day, find_next_month
from kiosk.desk.forms import Form
from kiosk.desk.plan.fields import FieldReader
from kiosk.desk.plan.pattern import DEFAULT_SLOTS, Pattern, Proposal, Slot
from kiosk.desk.plan.view_model import Usual

MOST_DUTIES = 400
"""Of one preview: a month of an office with nine posts. Its page has 200 KB, its form fits `forms.MOST_BYTES`."""
MOST_DAYS = 366
MOST_A_DUTY = 20
EVENING = Slot(half_day="evening", start=time(18), end=time(21))
"""What is suggested where a unit has no duty in the evening."""


class HalfDayFields(NamedTuple):
    """A half-day in the form of a pattern."""

    half_day: HalfDay
    is_chosen: bool
    start: str
    end: str


class Defaults(NamedTuple):
    """The values of a form of new duties: what was typed, else what is usual."""

    usual: Usual
    form: Form

    def get(self, name: str) -> str:
        """The value of a field."""
        return self.form.get(name) if self._is_typed(name) else self._suggest(name)

    def has(self, name: str, value: object) -> bool:
        """Whether a box is ticked."""
        if self._is_sent:
            return str(value) in self.form.get_all(name)
        suggested: Mapping[str, Container[object]] = {"weekday": WORKING_DAYS, "half_day": list(self.half_days)}
        return value in suggested.get(name, ())

    @property
    def half_days(self) -> Mapping[HalfDay, Slot]:
        """The times of each half-day that is usual."""
        return {slot.half_day: slot for slot in self.usual.slots}

    def list_half_days(self) -> list[HalfDayFields]:
        """Every half-day with the values of its fields."""
        return [self._build_half_day(half) for half in HALF_DAYS]

    def _build_half_day(self, half: HalfDay) -> HalfDayFields:
        slot = self.half_days.get(half) or next(slot for slot in (*DEFAULT_SLOTS, EVENING) if slot.half_day == half)
        names = (f"start_{half}", f"end_{half}")
        start, end = (
            self.form.get(name) if self._is_typed(name) else f"{at:%H:%M}"
            for name, at in zip(names, (slot.start, slot.end), strict=True)
        )
        return HalfDayFields(half, self.has("half_day", half), start, end)

    @property
    def _is_sent(self) -> bool:
        return any(name == "first" for name, _ in self.form.fields)

    def _is_typed(self, name: str) -> bool:
        return any(field == name for field, _ in self.form.fields)

    def _suggest(self, name: str) -> str:
        first = find_next_month(self.usual.today)
        last = find_last_day(first)
        suggested = {
            "date": self.usual.today.isoformat(),
            "first": first.isoformat(),
            "last": last.isoformat(),
            "posts": "\n".join(self.usual.posts),
            "turns": "\n".join(f"{person.number} {person.name}" for person in self.usual.turns),
            "a_duty": "1",
        }
        return suggested.get(name, "")


def read_new_duty(reader: FieldReader, form: Form, slots: Sequence[Slot]) -> Proposal | None:
    """The one duty of a form; None where something is wrong."""
    day, numbers = reader.read_day("date"), reader.read_volunteers("volunteers")
    slot = next((slot for slot in slots if slot.half_day == form.get("half_day")), None) or _read_slot(reader)
    if day is None or slot is None or reader.errors:
        return None
    return Proposal(day, slot, form.get_text("post"), tuple(numbers))


def read_pattern(reader: FieldReader, form: Form, list_closed: Callable[[date, date], set[date]]) -> Pattern | None:
    """The pattern of a form; None where something is wrong. `list_closed` knows the office calendar."""
    first, last, numbers = reader.read_day("first"), reader.read_day("last"), reader.read_volunteers("turns")
    wanted = [slot for half in HALF_DAYS if half in form.get_all("half_day") and (slot := _read_slot(reader, half))]
    weekdays = {int(text) for text in form.get_all("weekday") if text in _WEEKDAYS}
    posts = list(dict.fromkeys(reader.read_lines("posts"))) or [None]
    for name, is_missing in (("half_day", not form.get_all("half_day")), ("weekday", not weekdays)):
        if is_missing:
            reader.refuse(name, "required")
    volunteers_a_duty = _read_count(reader, form)
    if first and last and not 0 <= (last - first).days <= MOST_DAYS:
        reader.refuse("last", "backward" if last < first else "too_many", most=MOST_DUTIES)
    if first is None or last is None or reader.errors:
        return None
    pattern = Pattern(
        first=first,
        last=last,
        weekdays=weekdays,
        every_weeks=2 if form.get("every_weeks") == "2" else 1,
        slots=wanted,
        posts=posts,
        numbers=numbers,
        volunteers_a_duty=volunteers_a_duty,
        closed=set() if form.get("with_closed") else list_closed(first, last),
    )
    if len(list(pattern.list_days())) * len(wanted) * len(posts) > MOST_DUTIES:
        reader.refuse("last", "too_many", most=MOST_DUTIES)
        return None
    return pattern


def _read_count(reader: FieldReader, form: Form) -> int:
    """How many volunteers a duty has."""
    text = form.get_narrow("a_duty") or "1"
    if text not in _COUNTS:
        reader.refuse("a_duty", "required")
    return _COUNTS.get(text, 1)


_COUNTS = {str(count): count for count in range(1, MOST_A_DUTY + 1)}


def _read_slot(reader: FieldReader, half_day: str = "") -> Slot | None:
    """The times of a half-day, or of the one duty that has its own."""
    suffix = half_day and f"_{half_day}"
    start, end = reader.read_time(f"start{suffix}"), reader.read_time(f"end{suffix}")
    if start is None or end is None:
        return None
    return Slot(half_day=find_half_day(datetime.combine(date.min, start), date.min), start=start, end=end)


_WEEKDAYS = {str(day) for day in range(1, 8)}


def read_copy(reader: FieldReader) -> tuple[date, date] | None:
    """A day of the week to copy, and one of the week to fill; None where something is wrong."""
    source, target = reader.read_day("source"), reader.read_day("target")
    return (source, target) if source and target else None
