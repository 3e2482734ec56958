"""What is done in a duty: the service item and its content, of one shift or event, or of a post by default (R-022).

Rule: codes of the ministry or words, never the name of a person. What the plan said stands in its own event; a default
is for the shifts of which neither the plan nor a coordinator said more.
"""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from domain.act import Act
from domain.ids import duty_description_stream, post_description_stream
from domain.model.streams import StandingStream, StreamEvent

PlannedKind = Literal["shift", "event"]


class DutyDescription(StandingStream):
    """The descriptions of one shift or event."""

    TOPIC = "duty-description"

    class Changed(StreamEvent):
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


class PostDescription(StandingStream):
    """What is usually done at one post."""

    TOPIC = "post-description"

    class Changed(StreamEvent):
        """The default from a service day on, whole: None is no default. Of one day the later one counts."""

        TOPIC = "post-description.changed"
        post: str
        item: str | None
        content: str | None
        since: str
        at: datetime
        by: UUID

    @classmethod
    def of(cls, post: str) -> Self:
        """The defaults of a post, not yet read."""
        return cls.at_version_zero(post_description_stream(post))

    def change(self, post: str, item: str | None, content: str | None, since: date, act: Act) -> None:
        """Say what is done there from a day on."""
        facts = {"post": post, "item": item, "content": content, "since": since.isoformat()}
        self.trigger_event(self.Changed, **facts, **act.build_fields())
