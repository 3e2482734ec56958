"""A ledger: entries that are added, and a wrong one that is taken back. That of one volunteer's papers is one of them.

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
from domain.model.streams import StandingStream, StreamEvent


class LedgerEntry(StreamEvent):
    """An event that can be taken back."""

    at: datetime
    by: UUID


class NotedEntry(LedgerEntry):
    """An entry with a note."""

    note: UUID | None
    note_digest: str | None


class LedgerRetraction(StreamEvent):
    """An entry counts as if it had not been made."""

    note: UUID | None
    note_digest: str | None
    at: datetime
    by: UUID
    retracted: int
    """Where the log holds the entry."""
    version: int
    """Its number in this stream."""


class PersonEntry(NotedEntry):
    """An entry about a volunteer, by whom its note is found and erased."""

    volunteer_id: UUID


class PersonRetraction(LedgerRetraction):
    """An entry about a volunteer that was taken back."""

    volunteer_id: UUID


class Ledger(StandingStream):
    """The base of all ledgers."""

    Retracted: type[LedgerRetraction]
    """The event of this ledger that takes an entry back."""

    def begin(self) -> None:
        """No entry yet."""
        self.entries: dict[int, Any] = {}
        """What stands, by its number in this stream, in the order in which it was recorded."""

    def write(self, happened: type[Aggregate.Event], facts: Mapping[str, object], note: Note | None, act: Act) -> None:
        """Put an event at the end of the ledger."""
        self.trigger_event(happened, **facts, **build_note_fields(note), **act.build_fields())

    def retract(self, position: int, entry: LedgerEntry, note: Note, act: Act) -> None:
        """Take an entry of this ledger back; `position` is where the log holds it. Raises: AlreadyRetracted."""
        version = entry.originator_version
        if version not in self.entries:
            raise AlreadyRetracted(position)
        facts = {**self.describe_retraction(entry), "retracted": position, "version": version}
        self.write(self.Retracted, facts, note, act)

    def describe_retraction(self, entry: LedgerEntry) -> Mapping[str, object]:
        """What the retraction of an entry says besides."""
        return {"volunteer_id": entry.volunteer_id} if isinstance(entry, PersonEntry) else {}


class PersonLedger(Ledger):
    """The base of those of one volunteer."""

    @classmethod
    def of(cls, volunteer_id: UUID) -> Self:
        """The ledger of a volunteer, not yet read."""
        raise NotImplementedError

    def record(
        self, happened: type[PersonEntry], volunteer_id: UUID, facts: Mapping[str, object], note: Note | None, act: Act
    ) -> None:
        """Put an event about the volunteer at the end of the ledger."""
        self.write(happened, {"volunteer_id": volunteer_id, **facts}, note, act)
