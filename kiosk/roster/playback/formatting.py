"""What the bar of a replay says, in one language."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from kiosk.roster.view_model import PlaybackAlert
from kiosk.words import staff_en, staff_zh_tw
from kiosk.words.staff_words import PlaybackState, PlaybackWords, RosterWords

GAP = "  "


class PlaybackStatus(NamedTuple):
    """Where a replay stands."""

    day: date
    """The service day."""
    now: datetime
    speed: int
    state: PlaybackState
    taps: tuple[int, int]
    """How many instants of taps have passed, of how many."""
    exceptions: tuple[int, int]


def find_playback_words(words: RosterWords) -> PlaybackWords:
    """A replay's words in the language in which the roster speaks."""
    return staff_zh_tw.PLAYBACK if words is staff_zh_tw.ROSTER else staff_en.PLAYBACK


def format_title(standing: PlaybackStatus, words: PlaybackWords) -> str:
    """That it is a replay, of which day, and where it stands."""
    weekday = words.weekdays.split()[standing.day.weekday()]
    night = [words.next_day] if standing.now.date() > standing.day else []
    time = f"{standing.now:%H:%M:%S}"
    state = words.states[standing.state]
    return " ".join((words.title, standing.day.isoformat(), weekday, *night, time, f"x{standing.speed}", state))


def format_progress(standing: PlaybackStatus, note: str, words: PlaybackWords) -> str:
    """How far it has come, and what is to be said at this place."""
    told = note or words.ended.get(standing.state, "")
    passed = [
        said.format(number=number, count=count)
        for said, (number, count) in ((words.taps, standing.taps), (words.exceptions, standing.exceptions))
    ]
    return GAP.join((*passed, told)).rstrip()


def format_exceptions(found: Sequence[PlaybackAlert], words: PlaybackWords, roster_words: RosterWords) -> str:
    """What came up at one instant: the first in full, the others counted."""
    if not found:
        return words.no_more_exceptions
    more = [words.more.format(count=len(found) - 1)] if len(found) > 1 else []
    return GAP.join((_format_exception(found[0], words, roster_words), *more))


def _format_exception(happening: PlaybackAlert, words: PlaybackWords, roster_words: RosterWords) -> str:
    duty, reason = happening.duty, happening.reason
    parts = (
        words.kinds[happening.kind],
        roster_words.outcomes.get(reason, "") if reason else "",
        happening.person.label if happening.person else "",
        f"{duty.start:%H:%M}-{duty.end:%H:%M} {duty.post}".strip() if duty else "",
    )
    return " ".join(part for part in parts if part)
