"""What needs a person and is right as it is: acknowledged, with author and reason (R-121).

Rule: an acknowledgement changes no minute and no outcome. It is about the events that the person saw, and about what
they were taken for then: what comes later, or makes something else of them, needs a person again.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Literal, Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act, Note, build_note_fields
from domain.calendar import ServiceDays
from domain.errors import DomainError
from domain.ids import acknowledgements_stream
from domain.model.pending_row import RowState, SeenRow
from domain.model.retraction import AlreadyRetracted
from domain.model.streams import StandingStream, StreamEvent

AcknowledgedKind = Literal[
    "no_check_out",
    "unmatched",
    "contradicted",
    "accepted_in_error",
    "refused_in_error",
    "unreadable",
    "uninsured",
    "absent",
    "late_leave",
    "unscheduled",
    "refused",
    "unknown_card",
]
"""What can be right as it is. Without a check-out nothing is credited, and acknowledged it stays so (R-035)."""
SETTLED_BY: Mapping[str, str] = {"case": "decide_exit", "clock": "correct_clock"}
"""What can only be settled by a command of its own: a person decides a case, if only to keep the volunteer (R-055);
taps on a wrong clock count nowhere until an error is stated, if only one of 0 seconds."""

LATER, BEFORE = 3_660, 370
"""Days: how long after a day it is acknowledged at most, or before it, where a clock was ahead. Nearly all are within a
month; a day costs some 5 microseconds."""


class NotPending(DomainError):
    """Nothing of this kind with exactly these events needs a person, or no longer."""

    kind: str


class AlreadyAcknowledged(DomainError):
    """A person acknowledged the same before, in the event at this position."""

    kind: str
    position: int


class NeedsOwnCommand(DomainError):
    """A kind that is settled by a command of its own."""

    kind: str
    command: str


class AcknowledgementEvent(StreamEvent):
    """What every event about an acknowledgement carries."""

    kind: str
    volunteer_id: UUID | None
    note: UUID
    note_digest: str
    at: datetime
    by: UUID


class Acknowledgements(StandingStream):
    """What was acknowledged of one volunteer's service day; without a volunteer or a day, of all that have none."""

    TOPIC = "acknowledgements"

    class Acknowledged(AcknowledgementEvent):
        """A person looked at these events, and left what follows from them as it is."""

        TOPIC = "acknowledgements.acknowledged"
        events: list[int]
        """Where the log holds them."""

    class Retracted(AcknowledgementEvent):
        """The acknowledgement counts as if it had not been made: it needs a person again."""

        TOPIC = "acknowledgements.retracted"
        retracted: int
        """Where the log holds the acknowledgement."""
        version: int
        """Its number in this stream."""

    @classmethod
    def of(cls, volunteer_id: UUID | None, day: date | None) -> Self:
        """Those of a volunteer's service day, not yet read."""
        return cls.at_version_zero(acknowledgements_stream(volunteer_id, day))

    # --- Commands ---

    def acknowledge(self, row: SeenRow, now: RowState, note: Note, act: Act) -> None:
        """Acknowledge a row of the pending work."""
        if command := SETTLED_BY.get(row.kind):
            raise NeedsOwnCommand(row.kind, command)
        if now.acknowledged_at is not None:
            raise AlreadyAcknowledged(row.kind, now.acknowledged_at)
        if now.events is None:
            raise NotPending(row.kind)
        about_it = {"kind": row.kind, "volunteer_id": row.volunteer_id, "events": now.events}
        self.trigger_event(self.Acknowledged, **about_it, **build_note_fields(note), **act.build_fields())

    def retract(self, position: int, acknowledged: Acknowledged, note: Note, act: Act) -> None:
        """Take an acknowledgement of this stream back; `position` is where the log holds it."""
        version = acknowledged.originator_version
        if version not in self.standing:
            raise AlreadyRetracted(position)
        about_it = {"kind": acknowledged.kind, "volunteer_id": acknowledged.volunteer_id}
        facts = {"retracted": position, "version": version, **build_note_fields(note)}
        self.trigger_event(self.Retracted, **about_it, **facts, **act.build_fields())

    # --- What the events do ---

    def begin(self) -> None:
        """Nothing acknowledged yet."""
        self.standing: set[int] = set()
        """The numbers in this stream of the acknowledgements that were not retracted."""

    @event(Acknowledged)
    def _acknowledged(self, originator_version: int) -> None:
        self.standing.add(originator_version)

    @event(Retracted)
    def _retracted(self, version: int) -> None:
        self.standing.discard(version)


def find_acknowledged_day(event: AcknowledgementEvent, days: ServiceDays) -> date | None:
    """The service day that the stream is of, which its id alone says; None where it is of none."""
    whose, stream = event.volunteer_id, event.originator_id
    if stream == acknowledgements_stream(whose, None):
        return None
    today = days.of(event.at)
    near = (today + timedelta(days=offset) for offset in chain(range(0, -LATER, -1), range(1, BEFORE)))
    return next((day for day in near if acknowledgements_stream(whose, day) == stream), None)
