"""The texts of the playback's bar, in one language."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from kiosk.roster.playback.view_model import PlaybackAlert
from kiosk.words import staff_en, staff_zh_tw
from kiosk.words.staff_words import PlaybackState, PlaybackWords, RosterWords

GAP = "  "


class PlaybackStatus(NamedTuple):
    """Where a playback stands."""

    day: date
    """The service day."""
    now: datetime
    speed: int
    state: PlaybackState
    taps: tuple[int, int]
    """How many instants of taps have passed, of how many."""
    exceptions: tuple[int, int]


def find_playback_words(words: RosterWords) -> PlaybackWords:
    """The playback's words in the language of the roster."""
    return staff_zh_tw.PLAYBACK if words is staff_zh_tw.ROSTER else staff_en.PLAYBACK


def format_title(status: PlaybackStatus, words: PlaybackWords) -> str:
    """The title: that it is a replay, of which day, and where it stands."""
    weekday = words.weekdays.split()[status.day.weekday()]
    night = [words.next_day] if status.now.date() > status.day else []
    time = f"{status.now:%H:%M:%S}"
    state = words.states[status.state]
    return " ".join((words.title, status.day.isoformat(), weekday, *night, time, f"x{status.speed}", state))


def format_progress(status: PlaybackStatus, message: str, words: PlaybackWords) -> str:
    """The taps and exceptions passed, and a message, or that the playback has ended."""
    shown = message or words.ended.get(status.state, "")
    passed = [
        text.format(number=number, count=count)
        for text, (number, count) in ((words.taps, status.taps), (words.exceptions, status.exceptions))
    ]
    return GAP.join((*passed, shown)).rstrip()


def format_exceptions(alerts: Sequence[PlaybackAlert], words: PlaybackWords, roster_words: RosterWords) -> str:
    """The exceptions of one instant: the first in full, the others counted."""
    if not alerts:
        return words.no_more_exceptions
    more = [words.more.format(count=len(alerts) - 1)] if len(alerts) > 1 else []
    return GAP.join((format_exception(alerts[0], words, roster_words), *more))


def format_exception(alert: PlaybackAlert, words: PlaybackWords, roster_words: RosterWords) -> str:
    """One exception in full: its kind, whose, of which duty."""
    duty, reason = alert.duty, alert.reason
    parts = (
        words.kinds[alert.kind],
        roster_words.outcomes.get(reason, "") if reason else "",
        alert.person.label if alert.person else "",
        f"{duty.start:%H:%M}-{duty.end:%H:%M} {duty.post}".strip() if duty else "",
    )
    return " ".join(part for part in parts if part)
