"""The accident insurance of a volunteer at this unit: from when until when (R-071, R-072).

Rule: cover holds on every service day of a period, its first and its last included. What other units insure is not
here: it does not cover service at this one. Policy numbers are notes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Self
from uuid import UUID

from eventsourcing.domain import event
from typing_extensions import override

from domain.act import Act, Note
from domain.errors import DomainError
from domain.ids import insurance_stream
from domain.model.ledger import PersonEntry, PersonLedger, PersonRetraction


class InsuranceEntry(NamedTuple):
    """Cover that was enrolled, or ended. Service days are proleptic ordinals."""

    kind: Literal["enrolled", "ended"]
    since: int | None
    until: int | None
    """The last day; None of one that was enrolled: until it is ended."""


class Cover(NamedTuple):
    """A period in which a volunteer is insured."""

    since: int
    until: int | None

    def includes(self, day: int) -> bool:
        """Whether the volunteer is insured on a service day by it."""
        return self.since <= day and (self.until is None or day <= self.until)


def list_covers(entries: Iterable[InsuranceEntry]) -> list[Cover]:
    """The periods of a volunteer by their first days; `entries` in the order in which they were recorded.

    An end cuts all that was enrolled before it; what begins later is gone.
    """
    covers: list[Cover] = []
    for kind, since, until in entries:
        if kind == "enrolled":
            covers.append(Cover(since or 0, until))
        elif until is not None:
            covers = [_cut(cover, until) for cover in covers if cover.since <= until]
    return sorted(covers, key=lambda cover: cover.since)


def _cut(cover: Cover, last: int) -> Cover:
    return cover._replace(until=last if cover.until is None else min(cover.until, last))


def is_covered(covers: Iterable[Cover], day: int) -> bool:
    """Whether a volunteer is insured on a service day."""
    return any(cover.includes(day) for cover in covers)


@dataclass(eq=False)
class CoverEndsEarly(DomainError):
    """The cover would end before it begins."""

    since: date
    until: date


@dataclass(eq=False)
class CoveredAlready(DomainError):
    """The volunteer is insured for exactly this period already."""

    volunteer_id: UUID
    since: date


@dataclass(eq=False)
class NotCovered(DomainError):
    """The volunteer is not insured on that day, so no cover can end after it."""

    volunteer_id: UUID
    on: date


class Insurance(PersonLedger):
    """The cover of one volunteer."""

    TOPIC = "insurance"

    class Enrolled(PersonEntry):
        """The unit has insured the volunteer for a period. The note is the policy."""

        TOPIC = "insurance.enrolled"
        since: str
        until: str | None

    class Ended(PersonEntry):
        """The cover ends after a service day. The note is the reason."""

        TOPIC = "insurance.ended"
        on: str

    class Retracted(PersonRetraction):
        """An entry was wrong."""

        TOPIC = "insurance.retracted"

    @classmethod
    @override
    def of(cls, volunteer_id: UUID) -> Self:
        return cls.at_version_zero(insurance_stream(volunteer_id))

    # --- Commands ---

    def enrol(self, volunteer_id: UUID, period: tuple[date, date | None], note: Note | None, act: Act) -> None:
        """Insure the volunteer for a period, the first and the last day included."""
        since, until = period
        if until and until < since:
            raise CoverEndsEarly(since, until)
        if Cover(since.toordinal(), until and until.toordinal()) in self.covers:
            raise CoveredAlready(volunteer_id, since)
        facts = {"since": since.isoformat(), "until": until and until.isoformat()}
        self.record(self.Enrolled, volunteer_id, facts, note, act)

    def end(self, volunteer_id: UUID, on: date, note: Note | None, act: Act) -> None:
        """End all cover after a service day."""
        if not is_covered(self.covers, on.toordinal()):
            raise NotCovered(volunteer_id, on)
        self.record(self.Ended, volunteer_id, {"on": on.isoformat()}, note, act)

    @property
    def covers(self) -> list[Cover]:
        """The periods as they stand."""
        return list_covers(self.entries.values())

    # --- What the events do ---

    @event(Enrolled)
    def _enrolled(self, originator_version: int, since: str, until: str | None) -> None:
        last = date.fromisoformat(until).toordinal() if until else None
        self.entries[originator_version] = InsuranceEntry("enrolled", date.fromisoformat(since).toordinal(), last)

    @event(Ended)
    def _ended(self, originator_version: int, on: str) -> None:
        self.entries[originator_version] = InsuranceEntry("ended", None, date.fromisoformat(on).toordinal())

    @event(Retracted)
    def _retracted(self, version: int) -> None:
        self.entries.pop(version, None)
