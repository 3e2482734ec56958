"""Spot checks of record books: whose books were drawn, and how many agree with what the system believes (R-112).

Rule: a sample follows from its seed and from who holds a book that day, so it can be drawn again. It is drawn once: a
check has one sample. A result that is recorded again takes the place of the earlier one. A sample or a result that is
wrong is taken back by an event; its number is given to no other check.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Self
from uuid import UUID

from eventsourcing.domain import event
from typing_extensions import override

from domain.act import Act, Note
from domain.errors import DomainError
from domain.ids import spot_checks_stream
from domain.model.ledger import Ledger, LedgerEntry, LedgerRetraction, NotedEntry


def draw_sample(holders: Iterable[UUID], size: int, seed: int) -> list[UUID]:
    """So many of the holders, by chance; always the same ones for one seed, in whichever order they come."""
    return sorted(holders, key=lambda holder: hashlib.sha256(f"{seed}/{holder.hex}".encode()).digest())[:size]


class NoBookToCheck(DomainError):
    """Nobody who serves holds a record book on that day."""

    day: date


class NoSuchSpotCheck(DomainError):
    """No spot check has this number."""

    number: int


class MoreThanSampled(DomainError):
    """More books agree than were drawn."""

    number: int
    matching: int
    size: int


class SpotCheckEntry(NamedTuple):
    """A sample, or the result of one."""

    number: int
    matching: int | None
    """None of a sample."""


class SpotChecks(Ledger):
    """The spot checks of the unit."""

    TOPIC = "spot-checks"

    class Drawn(LedgerEntry):
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

    class Recorded(NotedEntry):
        """The books of a sample were compared."""

        TOPIC = "spot-checks.recorded"
        spot_check: int
        matching: int
        sample: list[str]
        """The ids of the volunteers: the note is about each of them, and goes when one of them is erased."""

    class Retracted(LedgerRetraction):
        """A sample or a result was wrong; a check without a sample is none."""

        TOPIC = "spot-checks.retracted"
        spot_check: int
        sample: list[str]
        """As in a result."""

    @classmethod
    def of_unit(cls) -> Self:
        """The spot checks of the unit, not yet read."""
        return cls.at_version_zero(spot_checks_stream())

    @override
    def begin(self) -> None:
        super().begin()
        self.samples: list[list[UUID]] = []
        """By number, those that were taken back too."""

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
        if SpotCheckEntry(number, None) not in self.entries.values():
            raise NoSuchSpotCheck(number)
        sample = self.samples[number - 1]
        if matching > len(sample):
            raise MoreThanSampled(number, matching, len(sample))
        self.write(self.Recorded, {**self._describe(number), "matching": matching}, note, act)

    @override
    def describe_retraction(self, entry: LedgerEntry) -> Mapping[str, object]:
        return self._describe(self.entries[entry.originator_version].number)

    def _describe(self, number: int) -> Mapping[str, object]:
        return {"spot_check": number, "sample": [str(one) for one in self.samples[number - 1]]}

    # --- What the events do ---

    @event(Drawn)
    def _drawn(self, originator_version: int, spot_check: int, sample: list[str]) -> None:
        self.samples.append([UUID(one) for one in sample])
        self.entries[originator_version] = SpotCheckEntry(spot_check, None)

    @event(Recorded)
    def _recorded(self, originator_version: int, spot_check: int, matching: int) -> None:
        self.entries[originator_version] = SpotCheckEntry(spot_check, matching)

    @event(Retracted)
    def _retracted(self, version: int) -> None:
        self.entries.pop(version, None)
