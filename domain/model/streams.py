"""Two kinds of stream: one that begins with an event, and one that exists as soon as it is named.

In both a plain method decides, an event is put at the end, and a decorated private method assigns.
"""

from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.act import Act

UNWRITTEN = datetime(1970, 1, 1, tzinfo=UTC)
"""When a stream without events was last changed."""


class DeskStream(Aggregate):
    """A stream of the desk or the night: a plain method decides, `record` writes, a mutator assigns."""

    class Event(Aggregate.Event):
        """An event with its actor."""

        at: datetime
        by: UUID

    def record(self, happened: type[Aggregate.Event], act: Act, **facts: object) -> None:
        """Put an event at the end of the stream; the fields of the act come from the act."""
        self.trigger_event(happened, **facts, **act.build_fields())


class StandingStream(Aggregate):
    """A stream that needs no beginning: it exists, empty, as soon as it is named."""

    @classmethod
    def at_version_zero(cls, stream: UUID) -> Self:
        """The stream before its first event."""
        aggregate = cls.__new__(cls)
        aggregate.__base_init__(originator_id=stream, originator_version=0, timestamp=UNWRITTEN)
        aggregate.begin()
        return aggregate

    def begin(self) -> None:
        """Set what an empty stream holds."""
