"""Who did something, when it happened, and when it is written down."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


class Act(msgspec.Struct, frozen=True):
    """The circumstances of one command at the desk or in the night."""

    at: datetime
    """When it happened: rules read this."""
    by: UUID
    """The actor's id in the people store; no event holds a name."""
    recorded: datetime
    """When it reaches the log: as-of reads this."""

    def build_fields(self) -> dict[str, Any]:
        """The fields that every event of the desk carries."""
        return {"at": self.at, "by": self.by, "timestamp": self.recorded}


class Note(msgspec.Struct, frozen=True):
    """Free text in the people store, named by its id, held to its wording by a salted digest."""

    id: UUID
    digest: str


def build_note_fields(note: Note | None) -> dict[str, Any]:
    """A note as an event carries it."""
    return {"note": note and note.id, "note_digest": note and note.digest}
