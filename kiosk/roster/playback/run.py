"""Playing a past day of a home on the roster's screen until somebody leaves it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from time import monotonic

from kiosk.entrance.launch import demand_terminal
from kiosk.home import Home
from kiosk.log_messages import messages_kept
from kiosk.roster.playback.app import ReplayApp
from kiosk.roster.playback.day import PlayedDay, day_to_play, nothing_to_play
from kiosk.roster.playback.playhead import Playhead
from kiosk.roster.playback.source import ReplayLookout
from projections.playback.initial_state import story_of
from projections.playback.log_range import stretch_of
from projections.playback.seekable_views import stepping_views
from projections.playback.timeline import Story

LEAD = 5 * 60
"""Seconds of the day that are shown before the first thing happens: the small hours are not played."""


def open_replay(home: Home, day: date, speed: int, tell: Callable[[str], None]) -> None:
    """Play a day; `tell` hears what takes a moment. Raises: Mistake, LogError, and whatever bug ended it."""
    played = day_to_play(home, day)
    demand_terminal("the replay")
    tell(f"reading what was known on {day} ...")
    with messages_kept(home.path), replay_of(home, played, speed) as app:
        app.run(mouse=False)
        if app.fault:
            raise app.fault


@contextmanager
def replay_of(home: Home, played: PlayedDay, speed: int, now: Callable[[], float] = monotonic) -> Generator[ReplayApp]:
    """The screen of a day, ready to run; `now` is a stopwatch. Raises: Mistake where nothing happened, LogError."""
    stretch = stretch_of(home.log, played.known_before, played.last)
    around = range(played.day - 1, played.day + 2)
    with stepping_views(home.log, stretch, around) as views:
        views.go_to(played.known_before)
        story = story_of(views, home.log, stretch, played.day)
        if story.begins is None and not story.duties:
            raise nothing_to_play(home, date.fromordinal(played.day))
        lookout = ReplayLookout(home, views, (played.day, story), _ready(played, story, speed), now)
        yield ReplayApp(lookout, is_over=played.is_over)


def _ready(played: PlayedDay, story: Story, speed: int) -> Playhead:
    """Shortly before the first thing happens."""
    at = played.first if story.begins is None else story.begins - LEAD
    return Playhead(played.first, played.last, played.first, speed).put(at)
