"""Spot checks of record books: whose books were drawn, and how many agree with what the system believes (R-112).

Rule: a sample follows from its seed and from who holds a book that day, so it can be drawn again. It is drawn once: a
check has one sample. A result that is recorded again takes the place of the earlier one.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

from eventsourcing.domain import Aggregate, event

from domain.act import Act, Note, build_note_fields
from domain.errors import DomainError
from domain.ids import spot_checks_stream
from domain.model.streams import StandingStream


def draw_sample(holders: Iterable[UUID], size: int, seed: int) -> list[UUID]:
    """So many of the holders, by chance; always the same ones for one seed, in whichever order they come."""
    return sorted(holders, key=lambda holder: hashlib.sha256(f"{seed}/{holder.hex}".encode()).digest())[:size]


@dataclass(eq=False)
class NoBookToCheck(DomainError):
    """Nobody who serves holds a record book on that day."""

    day: date


@dataclass(eq=False)
class NoSuchSpotCheck(DomainError):
    """No spot check has this number."""

    number: int


@dataclass(eq=False)
class MoreThanSampled(DomainError):
    """More books agree than were drawn."""

    number: int
    matching: int
    size: int


class SpotChecks(StandingStream):
    """The spot checks of the unit."""

    TOPIC = "spot-checks"

    class Created(Aggregate.Created):
        """Never triggered; the library wants every named aggregate to name one."""

        TOPIC = "spot-checks.created"

    class Drawn(Aggregate.Event):
        """A sample was drawn."""

        TOPIC = "spot-checks.drawn"
        spot_check: int
        """Its number, from 1."""
        on: str
        """The service day whose holders it is drawn from."""
        size: int
        """How many books were asked for."""
        seed: int
        holders: int
        """How many hold a book."""
        sample: list[str]
        """The ids of the volunteers in hexadecimal digits."""
        at: datetime
        by: UUID

    class Recorded(Aggregate.Event):
        """The books of a sample were compared."""

        TOPIC = "spot-checks.recorded"
        spot_check: int
        matching: int
        sample: list[str]
        """The ids of the volunteers: the note is about each of them, and goes when one of them is erased."""
        note: UUID | None
        note_digest: str | None
        at: datetime
        by: UUID

    @classmethod
    def of_unit(cls) -> Self:
        """The spot checks of the unit, not yet read."""
        return cls.at_version_zero(spot_checks_stream())

    def begin(self) -> None:
        """No book was checked."""
        self.samples: list[list[UUID]] = []
        """By number."""

    def draw(self, day: date, holders: Iterable[UUID], size: int, seed: int, act: Act) -> list[UUID]:
        """Draw the next sample; all books where there are fewer."""
        known = list(holders)
        if not known:
            raise NoBookToCheck(day)
        sample = draw_sample(known, size, seed)
        facts = {"on": day.isoformat(), "size": size, "seed": seed, "holders": len(known)}
        whose = {"spot_check": len(self.samples) + 1, "sample": [one.hex for one in sample]}
        self.trigger_event(self.Drawn, **whose, **facts, **act.build_fields())
        return sample

    def record(self, number: int, matching: int, note: Note | None, act: Act) -> None:
        """Record how many books of a sample agree."""
        if not 1 <= number <= len(self.samples):
            raise NoSuchSpotCheck(number)
        sample = self.samples[number - 1]
        if matching > len(sample):
            raise MoreThanSampled(number, matching, len(sample))
        facts = {"spot_check": number, "matching": matching, "sample": [str(one) for one in sample]}
        self.trigger_event(self.Recorded, **facts, **build_note_fields(note), **act.build_fields())

    @event(Drawn)
    def _drawn(self, sample: list[str]) -> None:
        self.samples.append([UUID(one) for one in sample])

    @event(Recorded)
    def _recorded(self) -> None:
        pass
