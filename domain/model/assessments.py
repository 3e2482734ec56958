"""The assessments of a volunteer: a score for each period (R-052, R-060), in a stream of their own.

Rule: a stream is the unit of confidentiality. Those who may know that a person serves need not know the score, so it
stands in no event of the volunteer's own stream; in logs of earlier versions it does, and is read there for ever.
"""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from domain.act import Act
from domain.ids import assessments_stream
from domain.model.streams import StandingStream, StreamEvent


class Assessments(StandingStream):
    """The assessments of one volunteer."""

    TOPIC = "assessments"

    class Recorded(StreamEvent):
        """A score, 0 to 100 and never rounded, for the period that ends on a day; a later one of it replaces it."""

        TOPIC = "assessments.recorded"
        volunteer_id: UUID
        period_end: str
        score: float
        at: datetime
        by: UUID

    @classmethod
    def of(cls, volunteer_id: UUID) -> Self:
        """The assessments of a volunteer, not yet read."""
        return cls.at_version_zero(assessments_stream(volunteer_id))

    def assess(self, volunteer_id: UUID, period_end: date, score: float, act: Act) -> None:
        """A score for the period that ends on a day."""
        facts = {"volunteer_id": volunteer_id, "period_end": period_end.isoformat(), "score": score}
        self.trigger_event(self.Recorded, **facts, **act.build_fields())
