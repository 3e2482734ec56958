"""What the pages of the plan show: days, duties and volunteers with masked names, and what speaks against a duty."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import quote

from domain.calendar import Closure, HalfDay
from kiosk.desk.plan.pattern import Slot
from projections.read_models.plan import ASSIGNED_STATES, Coverage, PlannedState
from projections.read_models.plan_conflicts import REMARKS, ConflictKind


class PersonLine(NamedTuple):
    """A volunteer in a duty."""

    number: str
    name: str
    """Masked."""
    state: PlannedState = "responsible"

    @property
    def is_assigned(self) -> bool:
        """Whether the duty is theirs until it is taken from them."""
        return self.state in ASSIGNED_STATES


class DutyLine(NamedTuple):
    """A duty, with local times."""

    shift: str
    day: date
    half_day: HalfDay
    start: datetime
    end: datetime
    post: str
    people: tuple[PersonLine, ...]
    is_cancelled: bool
    is_vacant: bool

    @property
    def path(self) -> str:
        """Of its page."""
        return f"/plan/duty/{quote(self.shift, safe='')}"

    @property
    def times(self) -> str:
        """From when to when."""
        return f"{self.start:%H:%M}–{self.end:%H:%M}"

    def has_responsible(self, number: str) -> bool:
        """Whether the volunteer with a number is expected to come."""
        return any(person.number == number and person.state == "responsible" for person in self.people)

    @property
    def shown_people(self) -> list[PersonLine]:
        """Those whom a plan names, without those who handed the duty over."""
        return [person for person in self.people if person.state != "handed_over"]


class DayHead(NamedTuple):
    """A day of the plan."""

    day: date
    closure: Closure | None


class WeekCoverage(NamedTuple):
    """How many half-days of a week have a volunteer."""

    monday: date
    coverage: Coverage


class DeskLine(NamedTuple):
    """A visiting desk at a post, with local times."""

    day: date
    times: str
    post: str


class Period(NamedTuple):
    """The plan of a run of days."""

    days: Sequence[DayHead]
    duties: Sequence[DutyLine]
    """By day, half-day, post and start."""
    today: date
    desks: Sequence[DeskLine] = ()
    """By start and post."""


class ConflictLine(NamedTuple):
    """What speaks against a duty."""

    kind: ConflictKind
    person: PersonLine | None
    other: DutyLine | None
    minutes: int

    @property
    def is_remark(self) -> bool:
        """Whether it is no reason to leave the duty out."""
        return self.kind in REMARKS


class DutyView(NamedTuple):
    """One duty with what can be done about it."""

    duty: DutyLine
    conflicts: Sequence[ConflictLine]
    is_started: bool
    item: str | None
    content: str | None
    """What is done in it; None where nobody has said (R-022)."""


class PreviewLine(NamedTuple):
    """A duty that would be saved."""

    duty: DutyLine
    conflicts: Sequence[ConflictLine]
    fields: str
    """What is sent back to save it."""

    @property
    def is_clear(self) -> bool:
        """Whether nothing but remarks speaks against it."""
        return all(conflict.is_remark for conflict in self.conflicts)


class Usual(NamedTuple):
    """What a form suggests."""

    slots: Sequence[Slot]
    posts: Sequence[str]
    turns: Sequence[PersonLine]
    """The volunteers with a roster who are in service: first those whose last duty is longest ago."""
    today: date
