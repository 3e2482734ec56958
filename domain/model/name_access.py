"""Who was shown what identifies volunteers, whose, and why: recorded before it is shown (R-120).

Rule: volunteers and actors stand here by their ids. The reason is a word of a short list; what was typed beside it is
a note in the people store, and that of a single person goes when the person is erased.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

from domain.act import Act, Note, build_note_fields
from domain.ids import name_access_stream
from domain.model.streams import StandingStream, StreamEvent
from domain.purposes import Purpose


class NameAccess(StandingStream):
    """What was shown on one service day."""

    TOPIC = "name-access"

    class PersonShown(StreamEvent):
        """All that is kept of one volunteer was shown."""

        TOPIC = "name-access.person-shown"
        volunteer_id: UUID
        purpose: str
        note: UUID | None
        note_digest: str | None
        at: datetime
        by: UUID

    class NamesListed(StreamEvent):
        """The full names of several volunteers were listed or exported."""

        TOPIC = "name-access.names-listed"
        listed: str
        """Which list it was, as the command that prints it is called."""
        volunteers: list[str]
        """Their ids in hexadecimal digits. So written they do not make the note one about each of them."""
        purpose: str
        note: UUID | None
        note_digest: str | None
        at: datetime
        by: UUID

    @classmethod
    def of(cls, day: date) -> Self:
        """What was shown on a service day, not yet read."""
        return cls.at_version_zero(name_access_stream(day))

    def record_person_shown(self, volunteer_id: UUID, purpose: Purpose, note: Note | None, act: Act) -> None:
        """Record that one person is shown."""
        why = {"purpose": purpose, **build_note_fields(note)}
        self.trigger_event(self.PersonShown, volunteer_id=volunteer_id, **why, **act.build_fields())

    def record_names_listed(
        self, listed: str, volunteers: Sequence[UUID], purpose: Purpose, note: Note | None, act: Act
    ) -> None:
        """Record that a list with names is shown."""
        whom = {"listed": listed, "volunteers": [volunteer.hex for volunteer in volunteers]}
        why = {"purpose": purpose, **build_note_fields(note)}
        self.trigger_event(self.NamesListed, **whom, **why, **act.build_fields())
