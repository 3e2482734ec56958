"""A past day that can be played: from when to when, and its source over views that can be moved along the day."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Literal, NamedTuple

from domain.spans import Second, second
from kiosk.errors import EXIT_NO, EXIT_USAGE, UserError
from kiosk.home import Home
from kiosk.log_beginning import explain_before_beginning, find_log_beginning
from kiosk.roster.playback.playhead import Playhead
from kiosk.roster.playback.source import HomePlaybackSource
from kiosk.words.reports import ScreenText
from projections.playback.initial_state import load_timeline
from projections.playback.log_range import find_nearest_tapped_days, load_log_range
from projections.playback.seekable_views import seekable_views
from projections.playback.timeline import Timeline
from projections.projectors.unit_rules import read_unit


class UnplayableDay(UserError):
    """A day that cannot be played."""

    def __init__(self, why: Literal["before", "future", "empty"], sentence: str, status: int = EXIT_USAGE) -> None:
        super().__init__(sentence, status)
        self.why = why
        """It is before the log, or to come, or nothing happened on it."""


class PlaybackDay(NamedTuple):
    """A service day that can be played: it has begun."""

    day: int
    """An ordinal."""
    known_before: Second
    """What was recorded up to and in this second was known when the day began."""
    first: Second
    last: Second
    is_over: bool
    """Whether `last` is the last second of the day; if not, it is now."""


def find_playback_day(home: Home, day: date) -> PlaybackDay:
    """A day, from its first second to its last, or to now. Raises: UnplayableDay, UserError, LogError."""
    log_begins = find_log_beginning(home)
    days, ordinal, log_start = read_unit(home.log, None).days, day.toordinal(), second(log_begins)
    starts, ends, now = days.start(ordinal), days.end(ordinal), home.now_second()
    if ends <= log_start:
        sentence = ScreenText.REPLAY_BEFORE_LOG.fill(day=day, log_begins=log_begins)
        raise UnplayableDay("before", explain_before_beginning(home, f"--replay {day}", log_begins, sentence))
    if starts > now:
        is_now = datetime.fromtimestamp(now, home.zone)
        raise UnplayableDay("future", ScreenText.REPLAY_IN_FUTURE.fill(day=day, last_day=days.of(is_now)))
    first = max(starts, log_start)
    return PlaybackDay(ordinal, max(starts - 1, log_start), first, min(ends - 1, max(now, first)), ends <= now + 1)


def build_empty_day_error(home: Home, day: date) -> UnplayableDay:
    """The error for a day without a tap and without a duty: it names the nearest days with taps."""
    nearest = find_nearest_tapped_days(home.log, read_unit(home.log, None).days, day.toordinal())
    named = ScreenText.AND.fill().join(str(date.fromordinal(one)) for one in nearest if one)
    where = ScreenText.NEAREST_DAYS.fill(days=named) if named else ScreenText.NO_TAP_ANYWHERE.fill()
    return UnplayableDay("empty", ScreenText.REPLAY_EMPTY.fill(day=day, where=where), EXIT_NO)


LEAD = 5 * 60
"""Seconds that are played before the first tap or exception: the hours before are not."""


@contextmanager
def hold_playback(home: Home, day: PlaybackDay, speed: int, now: Callable[[], float]) -> Generator[HomePlaybackSource]:
    """The source of a day, for as long as the block lasts; `now` is a stopwatch. Raises: UnplayableDay, LogError."""
    log_range = load_log_range(home.log, day.known_before, day.last)
    days = range(day.day - 1, day.day + 2)
    with seekable_views(home.log, log_range, days) as views:
        views.seek(day.known_before)
        timeline = load_timeline(views, home.log, log_range, day.day)
        if timeline.begins is None and not timeline.duties:
            raise build_empty_day_error(home, date.fromordinal(day.day))
        yield HomePlaybackSource(home, views, (day.day, timeline), _build_playhead(day, timeline, speed), now)


def _build_playhead(day: PlaybackDay, timeline: Timeline, speed: int) -> Playhead:
    """A playhead shortly before the first tap or exception."""
    at = day.first if timeline.begins is None else timeline.begins - LEAD
    return Playhead(day.first, day.last, day.first, speed).seek(at)
