"""The calendar feeds of a home: for a volunteer, a post or the unit, each at a secret address that can be renewed.

Rule: who has the address reads the duties, so it is renewed or closed at once. The address itself is in no event, only
what proves it.
"""

from typing import Literal, NamedTuple, Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act
from domain.ids import calendar_feeds_stream
from domain.model.streams import DeskStream, StandingStream

FeedKind = Literal["unit", "post", "volunteer"]


class FeedSubject(NamedTuple):
    """What a feed is about."""

    kind: FeedKind
    volunteer: UUID | None = None
    post: str | None = None


class CalendarFeeds(StandingStream):
    """All feeds of a home."""

    TOPIC = "calendar-feeds"

    class Opened(DeskStream.Event):
        """A feed has an address; one that it had before leads nowhere any more."""

        TOPIC = "calendar-feeds.opened"
        kind: str
        volunteer: UUID | None
        post: str | None
        digest: str

    class Closed(DeskStream.Event):
        """A feed has no address any more."""

        TOPIC = "calendar-feeds.closed"
        kind: str
        volunteer: UUID | None
        post: str | None

    @classmethod
    def of_home(cls) -> Self:
        """The feeds, not yet read."""
        return cls.at_version_zero(calendar_feeds_stream())

    # --- Commands ---

    def open_feed(self, subject: FeedSubject, digest: str, act: Act) -> None:
        """Give a feed an address; `digest` proves it."""
        self.trigger_event(self.Opened, **subject._asdict(), digest=digest, **act.build_fields())

    def close_feed(self, subject: FeedSubject, act: Act) -> None:
        """Take the address of a feed away; one without is left as it is."""
        if subject in self.digests:
            self.trigger_event(self.Closed, **subject._asdict(), **act.build_fields())

    # --- What the events do ---

    def begin(self) -> None:
        """No feed has an address."""
        self.digests: dict[FeedSubject, str] = {}

    @event(Opened)
    def _opened(self, kind: FeedKind, volunteer: UUID | None, post: str | None, digest: str) -> None:
        self.digests[FeedSubject(kind, volunteer, post)] = digest

    @event(Closed)
    def _closed(self, kind: FeedKind, volunteer: UUID | None, post: str | None) -> None:
        self.digests.pop(FeedSubject(kind, volunteer, post), None)
