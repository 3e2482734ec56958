"""Playing a past day of a home on the roster's screen until somebody leaves it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from time import monotonic

from kiosk.entrance.launch import demand_terminal
from kiosk.home import Home
from kiosk.log_messages import log_to_home
from kiosk.roster.playback.app import PlaybackApp
from kiosk.roster.playback.day import PlaybackDay, build_empty_day_error, find_playback_day
from kiosk.roster.playback.playhead import Playhead
from kiosk.roster.playback.source import PlaybackSource
from kiosk.words.screens import ScreenText
from projections.playback.initial_state import load_timeline
from projections.playback.log_range import load_log_range
from projections.playback.seekable_views import seekable_views
from projections.playback.timeline import Timeline

LEAD = 5 * 60
"""Seconds of the day that are shown before the first thing happens: the small hours are not played."""


def open_playback(home: Home, day: date, speed: int, report: Callable[[str], None]) -> None:
    """Play a day; `tell` hears what takes a moment. Raises: Mistake, LogError, and whatever bug ended it."""
    played = find_playback_day(home, day)
    demand_terminal("the replay")
    report(ScreenText.READING_KNOWN.fill(day=day))
    with log_to_home(home.path), prepare_playback(home, played, speed) as app:
        app.run(mouse=False)
        if app.fault:
            raise app.fault


@contextmanager
def prepare_playback(
    home: Home, day: PlaybackDay, speed: int, now: Callable[[], float] = monotonic
) -> Generator[PlaybackApp]:
    """The screen of a day, ready to run; `now` is a stopwatch. Raises: Mistake where nothing happened, LogError."""
    stretch = load_log_range(home.log, day.known_before, day.last)
    around = range(day.day - 1, day.day + 2)
    with seekable_views(home.log, stretch, around) as views:
        views.seek(day.known_before)
        story = load_timeline(views, home.log, stretch, day.day)
        if story.begins is None and not story.duties:
            raise build_empty_day_error(home, date.fromordinal(day.day))
        lookout = PlaybackSource(home, views, (day.day, story), _build_playhead(day, story, speed), now)
        yield PlaybackApp(lookout, is_over=day.is_over)


def _build_playhead(day: PlaybackDay, timeline: Timeline, speed: int) -> Playhead:
    """Shortly before the first thing happens."""
    at = day.first if timeline.begins is None else timeline.begins - LEAD
    return Playhead(day.first, day.last, day.first, speed).seek(at)
