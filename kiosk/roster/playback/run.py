"""Running the playback of a past day until it is closed: its source is composed here."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from time import monotonic

from kiosk.home import Home
from kiosk.log_messages import log_to_home
from kiosk.roster.playback.app import PlaybackApp
from kiosk.roster.playback.played_day import PlaybackDay, find_playback_day, hold_playback
from kiosk.tui.app import demand_terminal
from kiosk.words.reports import ScreenText


def open_playback(home: Home, day: date, speed: int, report: Callable[[str], None]) -> None:
    """Play a day; `report` is called before a slow step. Raises: UserError, LogError, and any bug that ended it."""
    playback_day = find_playback_day(home, day)
    demand_terminal(ScreenText.THE_REPLAY.fill())
    report(ScreenText.REPLAY_LOADING.fill(day=day))
    with log_to_home(home.path), prepare_playback(home, playback_day, speed) as app:
        app.run_on_terminal()
        if app.fault:
            raise app.fault


@contextmanager
def prepare_playback(
    home: Home, day: PlaybackDay, speed: int, now: Callable[[], float] = monotonic
) -> Generator[PlaybackApp]:
    """The app of a day, ready to run; `now` is a stopwatch. Raises: UserError where nothing happened, LogError."""
    with hold_playback(home, day, speed, now) as source:
        yield PlaybackApp(source, is_over=day.is_over)
