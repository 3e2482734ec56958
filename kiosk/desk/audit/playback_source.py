"""Past days for the browser: the roster at an instant of a day, and what happened on it. Days are kept for a while.

Rule: a view holds what the log said at that instant. What is kept of a day is built once, and moved along the day.
"""

from collections import OrderedDict
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from threading import Lock
from time import monotonic
from typing import NamedTuple

from domain.spans import Second, second
from kiosk.home import Home
from kiosk.roster.playback.played_day import PlaybackDay, find_playback_day, hold_playback
from kiosk.roster.playback.playhead import USUAL
from kiosk.roster.playback.source import HomePlaybackSource
from kiosk.roster.playback.view_model import PlaybackAlert
from kiosk.roster.view_model import RosterView

MOST_DAYS = 2
"""Days that are kept at once: each holds up to 64 MB of read models."""
SECONDS_KEPT = 300
"""After it was asked for last."""
INSTANTS_SHOWN = 30
"""Of the timeline, before the instant that is shown and behind it."""


class TimelineInstant(NamedTuple):
    """An instant of the day at which something happened, local."""

    at: datetime
    has_tap: bool
    alerts: list[PlaybackAlert]


class PlayedMoment(NamedTuple):
    """The roster of a past day at an instant, and what happened around it."""

    view: RosterView
    at: datetime
    instants: list[TimelineInstant]
    before: datetime | None
    """The instant before, at which something happened; None where there is none."""
    after: datetime | None
    first: datetime | None
    last: datetime | None


@dataclass
class _KeptDay:
    day: PlaybackDay
    source: HomePlaybackSource
    held: ExitStack
    log_position: int
    used_at: float
    view: RosterView | None = None


class PlayedDays:
    """The past days of one home. Threads may share it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = Lock()
        self._kept: OrderedDict[date, _KeptDay] = OrderedDict()
        home.close_with(self.close)

    def close(self) -> None:
        """Throw away what is kept."""
        while self._kept:
            self._drop(next(iter(self._kept)))

    def show(self, day: date, at: time | None) -> PlayedMoment:
        """A day at a local time; by default shortly before the first thing happens. Raises: UnplayableDay, LogError."""
        with self._lock:
            kept = self._find(day)
            source = kept.source
            wanted = source.playhead.at if at is None else self._find_second(kept.day, day, at)
            source.playhead = source.playhead.seek(wanted)
            kept.view = source.poll() or kept.view
            assert kept.view is not None, "the first poll builds a view"  # noqa: S101 - a programming error
            return _build_moment(source, kept.view)

    def _find_second(self, playback: PlaybackDay, day: date, at: time) -> Second:
        """Hours after midnight belong to the day before them."""
        local = datetime.combine(day, at, self._home.zone)
        return second(local if second(local) >= playback.first else local + timedelta(days=1))

    # --- What is kept ---

    def _find(self, day: date) -> _KeptDay:
        now, position = monotonic(), self._home.log.head().position
        for other, kept in list(self._kept.items()):
            has_changed = not kept.day.is_over and kept.log_position != position
            if now - kept.used_at > SECONDS_KEPT or (other == day and has_changed):
                self._drop(other)
        if day not in self._kept:
            self._kept[day] = self._build(day, position)
        while len(self._kept) > MOST_DAYS:
            self._drop(next(iter(self._kept)))
        self._kept.move_to_end(day)
        self._kept[day].used_at = now
        return self._kept[day]

    def _build(self, day: date, position: int) -> _KeptDay:
        playback = find_playback_day(self._home, day)
        with ExitStack() as held:
            source = held.enter_context(hold_playback(self._home, playback, USUAL, monotonic))
            return _KeptDay(playback, source, held.pop_all(), position, monotonic())

    def _drop(self, day: date) -> None:
        self._kept.pop(day).held.close()


def _build_moment(source: HomePlaybackSource, view: RosterView) -> PlayedMoment:
    at, timeline = source.shown_at, source.timeline
    instants = sorted({*timeline.taps, *(entry.at for entry in timeline.entries)})
    before, after = [one for one in instants if one < at], [one for one in instants if one > at]
    near = {*before[-INSTANTS_SHOWN:], *after[:INSTANTS_SHOWN], at}
    taps = set(timeline.taps)
    alerts = {
        when: source.list_alerts(list(entries))
        for when, entries in groupby((one for one in timeline.entries if one.at in near), lambda entry: entry.at)
    }
    shown = [TimelineInstant(source.to_local(one), one in taps, alerts.get(one, [])) for one in instants if one in near]

    def find_end(of: list[Second], index: int) -> datetime | None:
        return source.to_local(of[index]) if of else None

    return PlayedMoment(
        view,
        source.to_local(at),
        shown,
        find_end(before, -1),
        find_end(after, 0),
        find_end(instants, 0),
        find_end(instants, -1),
    )
