"""A ledger of one volunteer's papers: entries that are added, and a wrong one that is taken back.

Rule: numbers of papers are notes in the people store, so that they go when the person is erased. An entry is never
edited; what stands follows from the entries that were not taken back.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.act import Act, Note, build_note_fields
from domain.model.retraction import AlreadyRetracted
from domain.model.streams import StandingStream


class LedgerEvent(Aggregate.Event):
    """What every event of such a ledger carries. It names the volunteer, by which its note is found and erased."""

    volunteer_id: UUID
    note: UUID | None
    note_digest: str | None
    at: datetime
    by: UUID


class LedgerEntry(LedgerEvent):
    """An event that can be taken back."""


class LedgerRetraction(LedgerEvent):
    """An entry counts as if it had not been made."""

    retracted: int
    """Where the log holds the entry."""
    version: int
    """Its number in this stream."""


class PersonLedger(StandingStream):
    """The base of these ledgers."""

    Retracted: type[LedgerRetraction]
    """The event of this ledger that takes an entry back."""

    @classmethod
    def of(cls, volunteer_id: UUID) -> Self:
        """The ledger of a volunteer, not yet read."""
        raise NotImplementedError

    def begin(self) -> None:
        """No entry yet."""
        self.entries: dict[int, Any] = {}
        """What stands, by its number in this stream, in the order in which it was recorded."""

    def record(
        self, happened: type[LedgerEvent], volunteer_id: UUID, facts: Mapping[str, object], note: Note | None, act: Act
    ) -> None:
        """Put an event at the end of the ledger."""
        self.trigger_event(
            happened, volunteer_id=volunteer_id, **facts, **build_note_fields(note), **act.build_fields()
        )

    def retract(self, position: int, entry: LedgerEntry, note: Note, act: Act) -> None:
        """Take an entry of this ledger back; `position` is where the log holds it. Raises: AlreadyRetracted."""
        version = entry.originator_version
        if version not in self.entries:
            raise AlreadyRetracted(position)
        facts = {"retracted": position, "version": version}
        self.record(self.Retracted, entry.volunteer_id, facts, note, act)
