"""The accident insurance of a volunteer at this unit: from when until when (R-071, R-072).

Rule: cover holds on every service day of a period, its first and its last included. What other units insure is not
here: it does not cover service at this one. Policy numbers are notes.
"""

from datetime import date
from typing import Self
from uuid import UUID

from eventsourcing.domain import event
from typing_extensions import override

from domain.act import Act, Note
from domain.errors import DomainError
from domain.ids import insurance_stream
from domain.iso_forms import parse_recorded_day
from domain.model.insurance_cover import Cover, InsuranceEntry, is_covered, list_covers
from domain.model.ledger import PersonEntry, PersonLedger, PersonRetraction


class CoverEndsEarly(DomainError):
    """The cover would end before it begins."""

    since: date
    until: date


class CoveredAlready(DomainError):
    """The volunteer is insured for exactly this period already."""

    volunteer_id: UUID
    since: date


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
        last = parse_recorded_day(until).toordinal() if until else None
        self.entries[originator_version] = InsuranceEntry("enrolled", parse_recorded_day(since).toordinal(), last)

    @event(Ended)
    def _ended(self, originator_version: int, on: str) -> None:
        self.entries[originator_version] = InsuranceEntry("ended", None, parse_recorded_day(on).toordinal())

    @event(Retracted)
    def _retracted(self, version: int) -> None:
        self.entries.pop(version, None)
