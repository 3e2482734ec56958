"""A service event: presence counts while it lasts, and no volunteer is absent from it (R-023, R-123)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from eventsourcing.domain import Aggregate, event

from domain.act import Act
from domain.ids import event_stream
from domain.model.planned_period import LONGEST_EVENT, EventTooLong, Plan, refuse_backward
from domain.model.streams import DeskStream


class ServiceEvent(DeskStream):
    """One event."""

    TOPIC = "service-event"

    class Created(Aggregate.Created):
        """An event will take place, for all volunteers or for those listed."""

        TOPIC = "service-event.scheduled"
        event: str
        start: datetime
        end: datetime
        category: str | None
        volunteers: list[UUID] | None
        item: str | None = None
        content: str | None = None

    @classmethod
    def schedule(cls, name: str, plan: Plan, volunteers: Sequence[UUID] | None, act: Act) -> "ServiceEvent":
        """A new event, which has no post; `volunteers` None means everybody."""
        refuse_backward(plan.start, plan.end)
        if plan.end - plan.start > LONGEST_EVENT and not plan.long:
            raise EventTooLong(name, plan.start, plan.end)
        facts = {"event": name, "volunteers": None if volunteers is None else list(volunteers), **plan.build_fields()}
        del facts["post"]
        return cls._create(cls.Created, id=event_stream(name), **facts, **act.build_fields())

    @event(Created)
    def __init__(self, event: str, start: datetime) -> None:
        self.name = event
        self.start = start
