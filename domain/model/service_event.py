"""A service event: presence counts while it lasts, and no volunteer is absent from it (R-023, R-123)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from eventsourcing.domain import Aggregate, event

from domain.act import Act
from domain.ids import event_stream
from domain.model.planned_period import LONGEST_EVENT, EventTooLong, refuse_backward
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

    @classmethod
    def schedule(
        cls,
        name: str,
        span: tuple[datetime, datetime],
        category: str | None,
        volunteers: Sequence[UUID] | None,
        act: Act,
        *,
        long: bool = False,
    ) -> "ServiceEvent":
        """A new event; `volunteers` None means everybody; `long` confirms that it lasts longer than an event may."""
        start, end = span
        refuse_backward(start, end)
        if end - start > LONGEST_EVENT and not long:
            raise EventTooLong(name, start, end)
        listed = None if volunteers is None else list(volunteers)
        facts = {"event": name, "start": start, "end": end, "category": category, "volunteers": listed}
        return cls._create(cls.Created, id=event_stream(name), **facts, **act.build_fields())

    @event(Created)
    def __init__(self, event: str) -> None:
        self.name = event
