"""What is done in a shift or an event: the service item and its content, as a coordinator says it later (R-022).

Rule: codes of the ministry or words, never the name of a person. What the plan said stands in its own event.
"""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.act import Act
from domain.ids import duty_description_stream
from domain.model.streams import StandingStream

PlannedKind = Literal["shift", "event"]


class DutyDescription(StandingStream):
    """The descriptions of one shift or event."""

    TOPIC = "duty-description"

    class Changed(Aggregate.Event):
        """Another item or content counts; None leaves what was there."""

        TOPIC = "duty-description.changed"
        kind: str
        name: str
        item: str | None
        content: str | None
        at: datetime
        by: UUID

    @classmethod
    def of(cls, kind: PlannedKind, name: str) -> Self:
        """The descriptions of a shift or an event, not yet read."""
        return cls.at_version_zero(duty_description_stream(kind, name))

    def change(self, planned: tuple[PlannedKind, str], item: str | None, content: str | None, act: Act) -> None:
        """Say what is done there."""
        kind, name = planned
        facts = {"kind": kind, "name": name, "item": item, "content": content}
        self.trigger_event(self.Changed, **facts, **act.build_fields())
