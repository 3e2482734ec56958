"""Read model: what the entrance shows a volunteer of their own day and month (R-125), and whose cards it expects.

Rule: minutes are those of `list_hours`, of the service day of a duty and not of the visit.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from domain.spans import Second
from projections.engine.views import Views
from projections.evaluation.attendance_state import EventSpan
from projections.read_models.hours import sum_own_minutes


class OwnDuty(NamedTuple):
    """A duty that the volunteer is responsible for, or was excused from and may do all the same."""

    shift: str
    start: Second
    end: Second
    post: str | None
    late_minutes: int
    """By how many minutes their first arrival was late."""


class OwnSession(NamedTuple):
    """A meeting or a training to which the volunteer is invited."""

    start: Second
    end: Second
    title: str


class Today(NamedTuple):
    """One volunteer's service day, as far as it has come."""

    mode: str
    duties: list[OwnDuty]
    """In order of start: those of the day, those of the day before, which may run into it, and those of the next one
    for which a volunteer may come on this day."""
    events: list[EventSpan[None]]
    """Of all events by the end of the day at which they may serve, the one that ends last; empty without any."""
    minutes: int
    """Credited for today."""
    month_minutes: int
    """Credited for this month, up to today."""
    forgot_last_time: bool
    """The last visit before today has no check-out, and no correction has given it one."""
    sessions: Sequence[OwnSession] = ()
    """Those that begin on the day, the one before or the next, in order of start."""


def load_today(views: Views, volunteer: int, day: int, until: Second = 0) -> Today:
    """The service day of a volunteer (a key in the views) up to now.

    Duties of the next day belong to it where they begin by `until`.
    """
    first = date.fromordinal(day).replace(day=1).toordinal()
    values = {"v": volunteer, "day": day, "first": first, "until": until}
    views.ensure_intact(first, day + 1, volunteer)
    (mode,) = next(views.rows("SELECT mode FROM people WHERE key = :v", values))
    duties = [OwnDuty(*row) for row in views.rows(_DUTIES, values)]
    events = [EventSpan[None](start, end, None) for start, end in views.rows(_EVENT, values)]
    month, minutes = sum_own_minutes(views, volunteer, first, day)
    last_time = next(views.rows(_LAST_TIME, values), (None, None))
    forgot = last_time == ("no_check_out", "no_check_out")
    sessions = [OwnSession(*row) for row in views.rows(_SESSIONS, values)]
    return Today(mode or "rostered", duties, events, minutes, month, forgot, sessions)


def sum_own_year(views: Views, volunteer: int, day: int) -> int:
    """Minutes credited to a volunteer for the year of a service day, up to it."""
    first = date.fromordinal(day).replace(month=1, day=1).toordinal()
    views.ensure_intact(first, day, volunteer)
    return sum_own_minutes(views, volunteer, first, day)[0]


def list_expected_cards(views: Views, day: int, most: int) -> list[str]:
    """The tokens of cards that are in use, those of volunteers with a duty on that service day first."""
    return [token for (token,) in views.rows(_CARDS, {"day": day, "most": most})]


_DUTIES = """
SELECT d.shift, d.starts, d.ends, s.post, d.late FROM duties d JOIN shifts s ON s.shift = d.shift
JOIN roster r ON r.volunteer = d.volunteer AND r.day = d.day AND r.shift = d.shift
WHERE d.volunteer = :v AND (d.day BETWEEN :day - 1 AND :day OR (d.day = :day + 1 AND d.starts <= :until))
    AND d.outcome NOT IN ('swapped_away', 'cancelled') AND r.state != 'on_leave'
ORDER BY d.starts, d.shift
"""
_EVENT = """
SELECT starts, ends FROM events
WHERE day <= :day AND (listed IS NULL OR :v IN (SELECT value FROM json_each(listed))) ORDER BY ends DESC, starts LIMIT 1
"""
_SESSIONS = """
SELECT starts, ends, title FROM sessions WHERE NOT cancelled AND day BETWEEN :day - 1 AND :day + 1
    AND (listed IS NULL OR :v IN (SELECT value FROM json_each(listed))) ORDER BY starts, session
"""
_CARDS = """
SELECT card FROM cards c WHERE held ORDER BY NOT EXISTS (
    SELECT 1 FROM roster r WHERE r.volunteer = c.volunteer AND r.day = :day AND NOT cancelled
), card LIMIT :most
"""
_LAST_TIME = """
SELECT status, json_extract(uncredited, '$[#-1][2]') FROM visits
WHERE volunteer = :v AND day < :day AND status != 'void'
ORDER BY day DESC, check_in DESC, ordinal DESC LIMIT 1
"""
