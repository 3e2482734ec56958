"""What the playback of a past day shows beyond the roster, and where it comes from."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from domain.spans import Second
from kiosk.roster.playback.playhead import Playhead
from kiosk.roster.view_model import Duty, Person, RosterSource
from projections.playback.timeline import Timeline, TimelineEntry, TimelineKind


class PlaybackAlert(NamedTuple):
    """Something of a day played back that needed a person, with a masked name and local times."""

    at: datetime
    kind: TimelineKind
    person: Person | None
    duty: Duty | None
    reason: str | None


class PlaybackSource(RosterSource, Protocol):
    """Builds the view of a past day at its playhead."""

    playhead: Playhead
    """Where the playback stands; the screen replaces it."""

    @property
    def timeline(self) -> Timeline:
        """The taps and exceptions of the day."""
        ...

    @property
    def shown_at(self) -> Second:
        """The instant of the view that was built last."""
        ...

    @property
    def service_day(self) -> date:
        """The day that is played."""
        ...

    def now(self) -> float:
        """Seconds on the stopwatch that moves the playhead."""
        ...

    def to_local(self, at: Second) -> datetime:
        """An instant in the time zone of the home."""
        ...

    def list_alerts(self, entries: Sequence[TimelineEntry]) -> list[PlaybackAlert]:
        """Exceptions with masked names and local times. Called from a thread, never during a poll."""
        ...
