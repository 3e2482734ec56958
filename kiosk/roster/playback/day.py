"""Which day a replay may play, and from when to when.

Rule: a day that cannot be played is refused in one sentence, before any screen opens.
"""

from datetime import date, datetime
from typing import NamedTuple

from domain.spans import Second, second
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.words.screens import ScreenText
from projections.playback.log_range import find_nearest_tapped_days
from projections.projectors.unit_rules import read_unit


class PlaybackDay(NamedTuple):
    """A service day that has begun."""

    day: int
    """An ordinal."""
    known_before: Second
    """What was recorded up to and in this second was known when it began."""
    first: Second
    last: Second
    is_over: bool
    """Whether the last second is that of the day, and not only of what is known by now."""


def find_playback_day(home: Home, day: date) -> PlaybackDay:
    """A day, from its first second to its last, or to now. Raises: Mistake for one to come, or before the log."""
    days, ordinal = read_unit(home.log, None).days, day.toordinal()
    starts, ends, now = days.start(ordinal), days.end(ordinal), home.now_second()
    begins = second(home.log.read_entries(limit=1)[0].event.timestamp)
    if ends <= begins:
        log_begins = datetime.fromtimestamp(begins, home.zone)
        raise UserError(ScreenText.REPLAY_BEFORE_LOG_BEGINS.fill(day=day, log_begins=log_begins))
    if starts > now:
        is_now = datetime.fromtimestamp(now, home.zone)
        raise UserError(ScreenText.REPLAY_NOT_BEGUN.fill(day=day, of=days.of(is_now)))
    first = max(starts, begins)
    return PlaybackDay(ordinal, max(starts - 1, begins), first, min(ends - 1, max(now, first)), ends <= now + 1)


def build_empty_day_error(home: Home, day: date) -> UserError:
    """What is said of a day on which nobody tapped and nobody had a duty."""
    near = find_nearest_tapped_days(home.log, read_unit(home.log, None).days, day.toordinal())
    named = " and ".join(str(date.fromordinal(one)) for one in near if one)
    where = ScreenText.NEAREST_TAPS.fill(named=named) if named else ScreenText.NOBODY_EVER_TAPPED
    return UserError(ScreenText.REPLAY_NOTHING_PLAY_NEITHER_TAP.fill(day=day, where=where), EXIT_NO)
