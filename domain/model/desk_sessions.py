"""The sessions of a visiting desk at a post of the unit, such as the immigration desk: when it is there (R-027).

Rule: a post that ever had a session has a calendar, and its shifts lie inside the sessions. Presence outside a shift
counts for nothing in any case (R-024), so no minute is evaluated from a calendar.
"""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act, Note, build_note_fields
from domain.errors import DomainError
from domain.ids import desk_sessions_stream
from domain.model.planned_period import refuse_backward
from domain.model.streams import DeskStream, StandingStream
from domain.spans import second, subtract_all

LONGEST_DESK_SESSION = timedelta(hours=24)
"""As long as a shift can be that is not confirmed."""


class DeskSessionTooLong(DomainError):
    """The desk would be there for longer than 24 hours."""

    post: str
    start: datetime
    end: datetime


class DeskSessionOverlaps(DomainError):
    """The desk is there already for a part of that time."""

    post: str
    start: datetime
    end: datetime


class NoSuchDeskSession(DomainError):
    """No session of the desk at this post begins then."""

    post: str
    start: datetime


class NoDeskSession(DomainError):
    """The desk is not there for all of the shift (R-027)."""

    name: str
    post: str
    start: datetime
    end: datetime


class DeskSessions(StandingStream):
    """The calendar of one post."""

    TOPIC = "desk-sessions"

    class Scheduled(DeskStream.Event):
        """The desk will be there."""

        TOPIC = "desk-sessions.scheduled"
        post: str
        start: datetime
        end: datetime

    class Cancelled(DeskStream.Event):
        """The desk will not be there after all."""

        TOPIC = "desk-sessions.cancelled"
        post: str
        start: datetime
        note: UUID | None
        note_digest: str | None

    @classmethod
    def of(cls, post: str) -> Self:
        """The calendar of a post, not yet read."""
        return cls.at_version_zero(desk_sessions_stream(post))

    # --- Commands ---

    def schedule(self, post: str, start: datetime, end: datetime, act: Act) -> None:
        """The desk is there from `start` to `end`. Raises: EndsBeforeStart, DeskSessionTooLong, DeskSessionOverlaps."""
        refuse_backward(start, end)
        if end - start > LONGEST_DESK_SESSION:
            raise DeskSessionTooLong(post, start, end)
        for other, other_end in self.ends.items():
            if start < other_end and other < end:
                raise DeskSessionOverlaps(post, other, other_end)
        self.trigger_event(self.Scheduled, post=post, start=start, end=end, **act.build_fields())

    def cancel(self, post: str, start: datetime, note: Note, act: Act) -> None:
        """Call off the session that begins at an instant; shifts stay as they are. Raises: NoSuchDeskSession."""
        if start not in self.ends:
            raise NoSuchDeskSession(post, start)
        self.trigger_event(self.Cancelled, post=post, start=start, **build_note_fields(note), **act.build_fields())

    def demand_session(self, name: str, post: str, start: datetime, end: datetime) -> None:
        """A shift of this post lies inside its sessions, where it has a calendar (R-027). Raises: NoDeskSession."""
        sessions = [(second(begins), second(ends)) for begins, ends in self.ends.items()]
        if self.has_calendar and subtract_all([(second(start), second(end))], sessions):
            raise NoDeskSession(name, post, start, end)

    # --- What the events do ---

    def begin(self) -> None:
        """No session was ever scheduled."""
        self.has_calendar = False
        self.ends: dict[datetime, datetime] = {}
        """When each session that stands ends, by its beginning."""

    @event(Scheduled)
    def _scheduled(self, start: datetime, end: datetime) -> None:
        self.has_calendar = True
        self.ends[start] = end

    @event(Cancelled)
    def _cancelled(self, start: datetime) -> None:
        del self.ends[start]
