"""Looks at a past day for the roster, at whatever instant a replay has come to.

Rule: what there is to see is what the log said then, and nothing of what came after.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from domain.spans import Second
from kiosk.home import Home
from kiosk.roster.playback.playhead import Playhead
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.view_model import Duty, Person, RosterView
from projections.playback.seekable_views import SeekableViews
from projections.playback.timeline import Timeline, TimelineEntry, TimelineKind

NAME_CACHE_SECONDS = 60
"""Seconds for which a name is remembered: whoever is erased meanwhile is forgotten here as well."""


class PlaybackAlert(NamedTuple):
    """Something that wanted a person, as a public screen may say it."""

    at: datetime
    kind: TimelineKind
    person: Person | None
    duty: Duty | None
    reason: str | None


class PlaybackSource(HomeRosterSource):
    """Looks where the playhead stands."""

    def __init__(
        self,
        home: Home,
        views: SeekableViews,
        day_timeline: tuple[int, Timeline],
        playhead: Playhead,
        now: Callable[[], float],
    ) -> None:
        """`told`: the service day, an ordinal, and its story. `now` is a stopwatch."""
        super().__init__(home, views, playhead.at)
        self._day, self.story = day_timeline
        self.playhead = playhead
        self.shown_at = playhead.at
        """The instant that was looked at last."""
        self._seekable = views
        self.now = now
        self._was_polled = False
        self._names_cached_at = now()

    def poll(self) -> RosterView | None:
        """What there is to see; None while it is what was seen before. Raises: LogError."""
        at = self.playhead.position_at(self.now())
        if at == self.shown_at and self._was_polled:
            return None
        self._expire_names()
        self._was_polled = False
        self._seekable.seek(at)
        self._as_of = at
        seen = self._build_view(at)
        self.shown_at, self._was_polled = at, True
        return seen

    def _expire_names(self) -> None:
        old = self.now() - self._names_cached_at >= NAME_CACHE_SECONDS
        self._names.expire_when(new_minute=old)
        if old:
            self._names_cached_at = self.now()

    @property
    def service_day(self) -> date:
        """The service day."""
        return date.fromordinal(self._day)

    def to_local(self, at: Second) -> datetime:
        """An instant as the home's clock shows it."""
        return self._to_local(at)

    def list_alerts(self, moments: Sequence[TimelineEntry]) -> list[PlaybackAlert]:
        """Exceptions with masked names and local times. Called from a thread, never together with a look."""
        return [self._build_alert(moment) for moment in moments]

    def _build_alert(self, moment: TimelineEntry) -> PlaybackAlert:
        person = self._names.find(moment.volunteer) if moment.volunteer else None
        duty = self._build_duty(moment.slot, self._day) if moment.slot else None
        return PlaybackAlert(self._to_local(moment.at), moment.kind, person, duty, moment.reason)
