"""A card and who holds it. The log knows a card by its token: a keyed hash, never the number."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act, Note, build_note_fields
from domain.errors import CardHeld, NoSuchCard
from domain.ids import card_stream
from domain.model.streams import Beginning, DeskStream
from domain.spans import Second, second


class Holding(NamedTuple):
    """From `recorded` on, this volunteer holds the card; None after it was revoked."""

    holder: UUID | None
    recorded: Second


class Card(DeskStream):
    """One card through all its holders."""

    TOPIC = "card"

    class Created(Beginning):
        """Issued for the first time (R-006)."""

        TOPIC = "card.issued"
        card: str
        tech: str
        volunteer_id: UUID

        def apply(self, aggregate: "Card") -> None:
            """Its first holder."""
            aggregate.begin(Holding(self.volunteer_id, second(self.timestamp)))

    class Reissued(DeskStream.Event):
        """Issued again after it was revoked."""

        TOPIC = "card.reissued"
        volunteer_id: UUID

    class Revoked(DeskStream.Event):
        """No longer valid; later taps are recorded and refused (R-008)."""

        TOPIC = "card.revoked"
        note: UUID | None
        note_digest: str | None

    @classmethod
    def issue(cls, token: str, tech: str, volunteer_id: UUID, act: Act) -> "Card":
        """A card that no volunteer held before."""
        stream = card_stream(token)
        return cls._create(
            cls.Created, id=stream, card=token, tech=tech, volunteer_id=volunteer_id, **act.build_fields()
        )

    # --- Commands ---

    def reissue(self, volunteer_id: UUID, act: Act) -> None:
        """Give a revoked card to a volunteer."""
        if self.holder is not None:
            raise CardHeld(self.holder)
        self.record(self.Reissued, act, volunteer_id=volunteer_id)

    def revoke(self, note: Note, act: Act) -> None:
        """Take the card out of use."""
        if self.holder is None:
            raise NoSuchCard
        self.record(self.Revoked, act, **build_note_fields(note))

    @property
    def holder(self) -> UUID | None:
        """Who holds it now."""
        return self.history[-1].holder

    def find_holding(self, at: Second) -> Holding | None:
        """Who held the card by what was recorded at an instant; None when the card was unknown then."""
        return next((held for held in reversed(self.history) if held.recorded <= at), None)

    # --- What the events do ---

    def begin(self, first: Holding) -> None:
        """Nobody held it before."""
        self.history = [first]

    @event(Reissued)
    def _reissued(self, volunteer_id: UUID, timestamp: datetime) -> None:
        self.history.append(Holding(volunteer_id, second(timestamp)))

    @event(Revoked)
    def _revoked(self, timestamp: datetime) -> None:
        self.history.append(Holding(None, second(timestamp)))
