"""How many people were served (R-104): counted at a desk, in a day, a shift or an event, and written down by a person.

Rule: a count is of the desk or session, never of a volunteer. Of two counts of the same thing the later one counts, and
None takes it back. What nobody wrote down is not known; it is not 0.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from domain.act import Act
from domain.errors import DomainError
from domain.ids import served_counts_stream
from domain.model.streams import StandingStream, StreamEvent

CountedKind = Literal["day", "shift", "event"]
CountSource = Literal["counter", "tickets", "head_count", "estimate", "other"]
"""Where the number is from: a counter at the door, a ticket system, heads that were counted, a guess, anything else."""


class CountedTooEarly(DomainError):
    """The day, shift or event that was counted has not begun."""

    name: str
    begins: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted."""

    kind: CountedKind
    name: str
    """The service day as 2026-11-19, the shift, or the event."""
    service_type: str | None = None
    """None is that of the shift or event, or the unit's only one."""
    desk: str | None = None
    """Which desk or session of it; None where there is one."""

    def build_fields(self) -> dict[str, Any]:
        """As an event carries it."""
        return {name: getattr(self, name) for name in ("kind", "name", "service_type", "desk")}


class ServedCounts(StandingStream):
    """The counts of one day, shift or event."""

    TOPIC = "served-counts"

    class Recorded(StreamEvent):
        """So many people were served; None: an earlier count was wrong, and the number is not known."""

        TOPIC = "served-counts.recorded"
        kind: str
        name: str
        service_type: str | None
        desk: str | None
        count: int | None
        source: str
        at: datetime
        by: UUID

    @classmethod
    def of(cls, counted: Counted) -> Self:
        """The counts of a day, a shift or an event, not yet read."""
        return cls.at_version_zero(served_counts_stream(counted.kind, counted.name))

    def record_count(
        self, counted: Counted, begins: datetime, count: int | None, source: CountSource, act: Act
    ) -> None:
        """Record how many people were served in what begins then. Raises: CountedTooEarly."""
        if begins > act.at:
            raise CountedTooEarly(counted.name, begins)
        facts = {**counted.build_fields(), "count": count, "source": source}
        self.trigger_event(self.Recorded, **facts, **act.build_fields())
