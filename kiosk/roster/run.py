"""Running the roster of a home, live or of a past day, until it is closed: the screens' sources are composed here."""

from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from time import monotonic
from typing import NamedTuple

from domain.spans import Second, second
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.log_messages import log_to_home
from kiosk.roster.app import RosterApp
from kiosk.roster.corrections.service import HomeCorrectionService
from kiosk.roster.muster import format_muster
from kiosk.roster.playback.app import PlaybackApp
from kiosk.roster.playback.playhead import Playhead
from kiosk.roster.playback.source import HomePlaybackSource
from kiosk.roster.source import HomeRosterSource
from kiosk.tui.app import demand_terminal
from kiosk.words.reports import ScreenText
from kiosk.words.staff_zh_tw import ROSTER as STAFF
from projections.engine.as_of import views_as_of
from projections.playback.initial_state import load_timeline
from projections.playback.log_range import find_nearest_tapped_days, load_log_range
from projections.playback.seekable_views import seekable_views
from projections.playback.timeline import Timeline
from projections.projectors.unit_rules import read_unit


def open_roster(home: Home, as_of: Second | None = None, banner: str | None = None) -> None:
    """Show the roster, live or as the log said at a recorded instant. Raises: UserError, and any bug that ended it."""
    demand_terminal(ScreenText.THE_ROSTER.fill())
    with log_to_home(home.path), nullcontext() if as_of is None else views_as_of(home.log, as_of) as views:
        app = RosterApp(
            HomeRosterSource(home, views, as_of, banner),
            corrections=None if as_of or home.read_only else HomeCorrectionService(home),
        )
        app.run_on_terminal()
        if app.fault:
            raise app.fault


def build_muster_sheet(home: Home, at: Second | None = None, as_of: Second | None = None) -> str:
    """The muster sheet of now, of an instant, or as the log said at a recorded one. Raises: LogError, UserError."""
    with nullcontext() if as_of is None else views_as_of(home.log, as_of) as views:
        source = HomeRosterSource(home, views, as_of)
        return format_muster(source.load_view_at(at or source.last_instant()), STAFF)


# --- A past day ---


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
    """A day, from its first second to its last, or to now. Raises: UserError for one to come, or before the log."""
    days, ordinal = read_unit(home.log, None).days, day.toordinal()
    starts, ends, now = days.start(ordinal), days.end(ordinal), home.now_second()
    log_start = second(home.log.read_entries(limit=1)[0].event.timestamp)
    if ends <= log_start:
        log_begins = datetime.fromtimestamp(log_start, home.zone)
        raise UserError(ScreenText.REPLAY_BEFORE_LOG.fill(day=day, log_begins=log_begins))
    if starts > now:
        is_now = datetime.fromtimestamp(now, home.zone)
        raise UserError(ScreenText.REPLAY_IN_FUTURE.fill(day=day, last_day=days.of(is_now)))
    first = max(starts, log_start)
    return PlaybackDay(ordinal, max(starts - 1, log_start), first, min(ends - 1, max(now, first)), ends <= now + 1)


def build_empty_day_error(home: Home, day: date) -> UserError:
    """The error for a day without a tap and without a duty: it names the nearest days with taps."""
    nearest = find_nearest_tapped_days(home.log, read_unit(home.log, None).days, day.toordinal())
    named = ScreenText.AND.fill().join(str(date.fromordinal(one)) for one in nearest if one)
    where = ScreenText.NEAREST_DAYS.fill(days=named) if named else ScreenText.NO_TAP_ANYWHERE.fill()
    return UserError(ScreenText.REPLAY_EMPTY.fill(day=day, where=where), EXIT_NO)


LEAD = 5 * 60
"""Seconds that are played before the first tap or exception: the hours before are not."""


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
    log_range = load_log_range(home.log, day.known_before, day.last)
    days = range(day.day - 1, day.day + 2)
    with seekable_views(home.log, log_range, days) as views:
        views.seek(day.known_before)
        timeline = load_timeline(views, home.log, log_range, day.day)
        if timeline.begins is None and not timeline.duties:
            raise build_empty_day_error(home, date.fromordinal(day.day))
        source = HomePlaybackSource(home, views, (day.day, timeline), _build_playhead(day, timeline, speed), now)
        yield PlaybackApp(source, is_over=day.is_over)


def _build_playhead(day: PlaybackDay, timeline: Timeline, speed: int) -> Playhead:
    """A playhead shortly before the first tap or exception."""
    at = day.first if timeline.begins is None else timeline.begins - LEAD
    return Playhead(day.first, day.last, day.first, speed).seek(at)
