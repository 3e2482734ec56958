"""A training, and from when on it is complete: one session or the sum of several (R-003, R-004).

Rule: what is needed is decided when a session is recorded, and the log then says that the training is complete; a
table of requirements that changes later changes nothing of what was recorded.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.iso_forms import parse_recorded_day
from domain.model.streams import DeskStream

FindDay = Callable[[datetime], date]
"""The service day of an instant."""


class Training(msgspec.Struct, frozen=True):
    """A training that was attended: a day counts from the day after, an instant from then on (decision 4)."""

    kind: str
    category: str | None
    on: str | None
    completed_at: datetime | None
    hours: float | None
    modules: tuple[str, ...] = ()
    """The modules of a basic training that were done (R-003)."""
    session: str | None = None
    """The session of the unit in which it was held."""

    @property
    def minutes(self) -> int:
        """Its hours in whole minutes, so that sums are exact."""
        return round((self.hours or 0) * 60)

    def find_day(self, find_day: FindDay) -> date:
        """The service day on which it took place."""
        return find_day(self.completed_at) if self.completed_at else parse_recorded_day(self.on or "")

    def find_order(self, find_day: FindDay) -> tuple[date, bool, float]:
        """What it is sorted by: one of which the day alone is known counts after those of that day."""
        at = self.completed_at
        return self.find_day(find_day), at is None, at.timestamp() if at else 0

    def is_of(self, other: "Training") -> bool:
        """Whether it is a part of the same training."""
        return (self.kind, self.category) == (other.kind, other.category)

    def build_fields(self) -> dict[str, Any]:
        """As an event carries them."""
        names = ("kind", "category", "on", "completed_at", "hours", "session")
        return {name: getattr(self, name) for name in names} | {"modules": list(self.modules) or None}


class TrainingEvent(DeskStream.Event):
    """A session of a training is on file. The note is the certificate."""

    kind: str
    category: str | None
    on: str | None
    completed_at: datetime | None
    hours: float | None
    note: UUID | None
    note_digest: str | None
    modules: list[str] | None = None
    session: str | None = None
    """The session of the unit in which it was held."""

    def build_training(self) -> Training:
        """What was attended. Raises: ValueError where no day is said."""
        if self.completed_at is None:
            parse_recorded_day(self.on or "")
        modules = tuple(self.modules or ())
        return Training(self.kind, self.category, self.on, self.completed_at, self.hours, modules, self.session)


class Requirement(NamedTuple):
    """What a training needs to be complete."""

    hours: float | None = None
    """None where hours are not looked at."""
    modules: frozenset[str] = frozenset()

    def is_whole(self, training: Training) -> bool:
        """Whether one session is the whole training: one without modules and hours says no more than that it is."""
        if training.modules:
            return self.modules <= {*training.modules}
        return training.hours is None or self.hours is None or training.minutes >= round(self.hours * 60)


NOTHING_REQUIRED = Requirement()
FindRequirement = Callable[[str, str | None], Requirement]
"""What the training of a kind and a category needs."""


def find_completion(attended: Iterable[Training], requirement: Requirement, find_day: FindDay) -> Training | None:
    """The session with which the sum of all is what the training needs; None while it is not (R-003, R-004)."""
    minutes, modules = 0, set[str]()
    for one in sorted(attended, key=lambda one: one.find_order(find_day)):
        minutes += one.minutes
        modules.update(one.modules)
        is_reached = requirement.hours is not None and minutes >= round(requirement.hours * 60)
        if is_reached or (requirement.modules and requirement.modules <= modules):
            return one
    return None
