"""Evacuation drills: who was in the building, and who of them was accounted for at the assembly point.

Rule: a drill is a record and changes no minute. It is of the persons that the muster showed when it began.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

from domain.act import Act, Note, build_note_fields
from domain.ids import evacuation_drills_stream
from domain.model.streams import StandingStream, StreamEvent


class EvacuationDrills(StandingStream):
    """The drills of one service day."""

    TOPIC = "evacuation-drills"

    class Recorded(StreamEvent):
        """A drill is over."""

        TOPIC = "evacuation-drills.recorded"
        accounted: list[str]
        """The ids of the volunteers: the note is about each of them, and goes when one of them is erased."""
        missing: list[str]
        note: UUID | None
        note_digest: str | None
        at: datetime
        by: UUID

    @classmethod
    def of(cls, day: date) -> Self:
        """The drills of a service day, not yet read."""
        return cls.at_version_zero(evacuation_drills_stream(day))

    def record_drill(self, accounted: Sequence[UUID], missing: Sequence[UUID], note: Note | None, act: Act) -> None:
        """Record who was accounted for and who was not."""
        found = {"accounted": [str(one) for one in accounted], "missing": [str(one) for one in missing]}
        self.trigger_event(self.Recorded, **found, **build_note_fields(note), **act.build_fields())
