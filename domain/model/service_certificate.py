"""The service certificate of a volunteer, the badge that names them at the unit (R-006, R-008).

Rule: it is issued once training is complete, one at a time, and its number is a note. A card that is read at the
entrance may be inside the badge or separate: what is true of the card stands in the stream of the card.
"""

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from eventsourcing.domain import event
from typing_extensions import override

from domain.act import Act, Note
from domain.errors import DomainError
from domain.ids import service_certificate_stream
from domain.iso_forms import parse_recorded_day
from domain.model.badge_status import BadgeEntry, BadgeState, find_badge
from domain.model.ledger import PersonEntry, PersonLedger, PersonRetraction


class TrainingIncomplete(DomainError):
    """A badge is issued after basic and special training; these are missing on that day (R-006)."""

    volunteer_id: UUID
    on: date
    missing: Sequence[str]
    """Kinds of training, a special one with its category."""


class BadgeHeld(DomainError):
    """The volunteer holds a badge that is valid on that day: it is taken back first."""

    volunteer_id: UUID
    on: date


class BadgeExpiresEarly(DomainError):
    """The badge would expire before it is issued."""

    on: date
    expires_on: date


class NoBadge(DomainError):
    """The volunteer holds no badge that could be taken back on that day."""

    volunteer_id: UUID
    on: date


class ServiceCertificate(PersonLedger):
    """The badges of one volunteer."""

    TOPIC = "service-certificate"

    class Issued(PersonEntry):
        """A badge was issued (R-006). The note is its number."""

        TOPIC = "service-certificate.issued"
        on: str
        expires_on: str | None

    class TakenBack(PersonEntry):
        """The badge was taken back, or its number cancelled (R-008). The note is the reason."""

        TOPIC = "service-certificate.taken-back"
        on: str
        is_number_cancelled: bool

    class Retracted(PersonRetraction):
        """An entry was wrong."""

        TOPIC = "service-certificate.retracted"

    @classmethod
    @override
    def of(cls, volunteer_id: UUID) -> Self:
        return cls.at_version_zero(service_certificate_stream(volunteer_id))

    # --- Commands ---

    def issue(self, volunteer_id: UUID, on: date, expires_on: date | None, note: Note | None, act: Act) -> None:
        """Issue a badge; the caller has checked that training is complete."""
        if expires_on and expires_on < on:
            raise BadgeExpiresEarly(on, expires_on)
        if self.find_state(on).status == "held":
            raise BadgeHeld(volunteer_id, on)
        facts = {"on": on.isoformat(), "expires_on": expires_on and expires_on.isoformat()}
        self.record(self.Issued, volunteer_id, facts, note, act)

    def take_back(self, volunteer_id: UUID, on: date, note: Note, act: Act, *, is_number_cancelled: bool) -> None:
        """Take the badge back, an expired one too."""
        if self.find_state(on).status in ("none", "taken_back"):
            raise NoBadge(volunteer_id, on)
        facts = {"on": on.isoformat(), "is_number_cancelled": is_number_cancelled}
        self.record(self.TakenBack, volunteer_id, facts, note, act)

    def find_state(self, on: date) -> BadgeState:
        """The badge on a service day."""
        return find_badge(self.entries.values(), on.toordinal())

    # --- What the events do ---

    @event(Issued)
    def _issued(self, originator_version: int, on: str, expires_on: str | None) -> None:
        expires = parse_recorded_day(expires_on).toordinal() if expires_on else None
        self.entries[originator_version] = BadgeEntry("issued", parse_recorded_day(on).toordinal(), expires)

    @event(TakenBack)
    def _taken_back(self, originator_version: int, on: str) -> None:
        self.entries[originator_version] = BadgeEntry("taken_back", parse_recorded_day(on).toordinal())

    @event(Retracted)
    def _retracted(self, version: int) -> None:
        self.entries.pop(version, None)
