"""A past day of a home for the roster's screens, at the instant of a playhead.

Rule: a view holds what the log said at that instant, and nothing that was recorded later.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from typing_extensions import override

from domain.policy import Policies
from domain.spans import Second
from kiosk.home import Home
from kiosk.roster.playback.playhead import Playhead
from kiosk.roster.playback.view_model import PlaybackAlert
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.view_model import RosterView
from projections.playback.seekable_views import SeekableViews
from projections.playback.timeline import Timeline, TimelineEntry

NAME_CACHE_SECONDS = 60
"""Seconds for which a name is remembered: who is erased meanwhile disappears from the screen as well."""


class HomePlaybackSource(HomeRosterSource):
    """A `PlaybackSource` over the log of a home."""

    def __init__(
        self,
        home: Home,
        views: SeekableViews,
        day_timeline: tuple[int, Timeline],
        playhead: Playhead,
        now: Callable[[], float],
    ) -> None:
        """`day_timeline`: the service day, an ordinal, and its timeline. `now` is a stopwatch, in seconds."""
        super().__init__(home, views, playhead.at)
        self._day, self.timeline = day_timeline
        self.playhead = playhead
        self.shown_at = playhead.at
        self._seekable = views
        self.now = now
        self._was_polled = False
        self._names_cached_at = now()

    @override
    def poll(self) -> RosterView | None:
        """The view at the playhead; None while it stands where it stood. Raises: LogError."""
        at = self.playhead.position_at(self.now())
        if at == self.shown_at and self._was_polled:
            return None
        self._expire_names()
        self._was_polled = False
        self._seekable.seek(at)
        self._as_of = at
        view = self._build_view(at)
        self.shown_at, self._was_polled = at, True
        return view

    @override
    def _count_pending(self, policies: Policies) -> None:
        """Not known here: only the day that is played is evaluated."""

    def _expire_names(self) -> None:
        old = self.now() - self._names_cached_at >= NAME_CACHE_SECONDS
        self._names.expire_when(new_minute=old)
        if old:
            self._names_cached_at = self.now()

    @property
    def service_day(self) -> date:
        """The day that is played."""
        return date.fromordinal(self._day)

    def to_local(self, at: Second) -> datetime:
        """An instant in the time zone of the home."""
        return self._builder.to_local(at)

    def list_alerts(self, entries: Sequence[TimelineEntry]) -> list[PlaybackAlert]:
        """Exceptions with masked names and local times. Called from a thread, never during a poll."""
        return [self._build_alert(entry) for entry in entries]

    def _build_alert(self, entry: TimelineEntry) -> PlaybackAlert:
        person = self._names.find(entry.volunteer) if entry.volunteer else None
        duty = self._builder.build_duty(entry.slot, self._day) if entry.slot else None
        return PlaybackAlert(self.to_local(entry.at), entry.kind, person, duty, entry.reason)
