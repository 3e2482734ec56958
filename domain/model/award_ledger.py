"""What a volunteer received, and what documents attest: awards, cards, certificates, hours, years (R-031, R-080).

Rule: an entry is taken back by an event, never edited. Numbers of cards and certificates, and what the document is,
are a note in the people store.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, Self
from uuid import UUID

from eventsourcing.domain import event
from typing_extensions import override

from domain.act import Act, Note
from domain.errors import DomainError
from domain.ids import award_ledger_stream
from domain.iso_forms import parse_recorded_day
from domain.model.ledger import PersonEntry, PersonLedger, PersonRetraction

Proof = Literal["certificate", "record_book", "other"]
"""What proves hours: a performance certificate, the record book, or another document."""


class PeriodReversed(DomainError):
    """A period would end before it begins."""

    first: date
    last: date


class AfterThatDay(DomainError):
    """A day is later than the one by which it must have come."""

    day: date
    latest: date


class AlreadyGranted(DomainError):
    """The award is on file with that day."""

    volunteer_id: UUID
    award: str
    on: date


class CountedAlready(DomainError):
    """Service up to that day was counted for an honor card: it is not counted twice (R-083)."""

    volunteer_id: UUID
    counted_through: date


class AttestedAlready(DomainError):
    """Hours of the same unit and category are attested for some of these days: they would be counted twice."""

    volunteer_id: UUID
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class HonorCard:
    """An honor card."""

    approved_on: date
    expires_on: date
    counted_through: date
    """Service up to this day was counted for it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A performance certificate."""

    applied_on: date
    issued_on: date
    first_day: date
    last_day: date
    minutes: int
    """As printed on it: of this unit alone (R-031)."""


@dataclass(frozen=True, slots=True)
class HoursOnPaper:
    """Hours that a document proves."""

    first_day: date
    last_day: date
    minutes: int
    unit: str | None
    """None: this unit, before it used this system."""
    category: str | None
    city: str | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class SeniorityOnPaper:
    """Years of service that a document proves."""

    since: date
    until: date
    unit: str | None
    category: str | None


class AwardEntry(PersonEntry):
    """An entry, which stands as it was made until it is taken back."""

    def apply(self, aggregate: "AwardLedger") -> None:
        """It stands."""
        aggregate.entries[self.originator_version] = self


class AwardLedger(PersonLedger):
    """The entries of one volunteer."""

    TOPIC = "award-ledger"

    class AwardGranted(AwardEntry):
        """The volunteer received an award of the catalogue, or another one."""

        TOPIC = "award-ledger.award-granted"
        award: str
        on: str

    class HonorCardGranted(AwardEntry):
        """The authority approved an honor card (R-083)."""

        TOPIC = "award-ledger.honor-card-granted"
        approved_on: str
        expires_on: str
        counted_through: str

    class CertificateIssued(AwardEntry):
        """The unit issued a performance certificate (R-084)."""

        TOPIC = "award-ledger.certificate-issued"
        applied_on: str
        issued_on: str
        first_day: str
        last_day: str
        minutes: int

    class HoursAttested(AwardEntry):
        """A document proves hours that no event of this log holds (R-031)."""

        TOPIC = "award-ledger.hours-attested"
        first_day: str
        last_day: str
        minutes: int
        unit: str | None
        category: str | None
        city: str | None
        proof: str

    class SeniorityAttested(AwardEntry):
        """A document proves service before this system (R-081)."""

        TOPIC = "award-ledger.seniority-attested"
        since: str
        until: str
        unit: str | None
        category: str | None

    class ConditionAttested(AwardEntry):
        """A person attests a condition of an award that no figure shows (R-080)."""

        TOPIC = "award-ledger.condition-attested"
        award: str
        condition: str

    class Retracted(PersonRetraction):
        """An entry was wrong."""

        TOPIC = "award-ledger.retracted"

    @classmethod
    @override
    def of(cls, volunteer_id: UUID) -> Self:
        return cls.at_version_zero(award_ledger_stream(volunteer_id))

    # --- Commands ---

    def grant_award(self, volunteer_id: UUID, award: str, on: date, note: Note | None, act: Act) -> None:
        """The volunteer received an award on a day."""
        if (award, on.isoformat()) in [(made.award, made.on) for made in self.list_entries(self.AwardGranted)]:
            raise AlreadyGranted(volunteer_id, award, on)
        self.record(self.AwardGranted, volunteer_id, {"award": award, "on": on.isoformat()}, note, act)

    def grant_honor_card(self, volunteer_id: UUID, card: HonorCard, note: Note | None, act: Act) -> None:
        """An honor card was approved; what was counted for one before it is not counted again (R-083)."""
        _refuse_reversed(card.approved_on, card.expires_on)
        if card.counted_through > card.approved_on:
            raise AfterThatDay(card.counted_through, card.approved_on)
        counted = [parse_recorded_day(made.counted_through) for made in self.list_entries(self.HonorCardGranted)]
        if counted and max(counted) >= card.counted_through:
            raise CountedAlready(volunteer_id, max(counted))
        self.record(self.HonorCardGranted, volunteer_id, _build_fields(card), note, act)

    def issue_certificate(self, volunteer_id: UUID, certificate: Certificate, note: Note | None, act: Act) -> None:
        """A performance certificate was issued (R-084)."""
        _refuse_reversed(certificate.first_day, certificate.last_day)
        _refuse_reversed(certificate.applied_on, certificate.issued_on)
        if certificate.last_day > certificate.issued_on:
            raise AfterThatDay(certificate.last_day, certificate.issued_on)
        self.record(self.CertificateIssued, volunteer_id, _build_fields(certificate), note, act)

    def attest_hours(self, volunteer_id: UUID, hours: HoursOnPaper, today: date, note: Note, act: Act) -> None:
        """A document proves hours; the same days of one unit and category are not proved twice (R-031)."""
        _refuse_reversed(hours.first_day, hours.last_day)
        if hours.last_day > today:
            raise AfterThatDay(hours.last_day, today)
        for made in self.list_entries(self.HoursAttested):
            is_same = (made.unit, made.category) == (hours.unit, hours.category)
            first, last = parse_recorded_day(made.first_day), parse_recorded_day(made.last_day)
            if is_same and first <= hours.last_day and hours.first_day <= last:
                raise AttestedAlready(volunteer_id, first, last)
        self.record(self.HoursAttested, volunteer_id, _build_fields(hours), note, act)

    def attest_seniority(self, volunteer_id: UUID, served: SeniorityOnPaper, today: date, note: Note, act: Act) -> None:
        """A document proves years of service (R-081)."""
        _refuse_reversed(served.since, served.until)
        if served.until > today:
            raise AfterThatDay(served.until, today)
        self.record(self.SeniorityAttested, volunteer_id, _build_fields(served), note, act)

    def attest_condition(self, volunteer_id: UUID, award: str, condition: str, note: Note, act: Act) -> None:
        """A person attests a condition of an award (R-080)."""
        self.record(self.ConditionAttested, volunteer_id, {"award": award, "condition": condition}, note, act)

    def list_entries(self, kind: type[Any]) -> Sequence[Any]:
        """The entries of a kind that count."""
        return [made for made in self.entries.values() if isinstance(made, kind)]

    # --- What the events do ---

    @event(Retracted)
    def _retracted(self, version: int) -> None:
        self.entries.pop(version, None)


def _refuse_reversed(first: date, last: date) -> None:
    if last < first:
        raise PeriodReversed(first, last)


def _build_fields(entry: Any) -> dict[str, Any]:
    """The fields of an entry as an event carries them."""
    return {name: str(value) if isinstance(value, date) else value for name, value in asdict(entry).items()}
