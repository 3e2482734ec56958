"""Read model: what the entrance may tell somebody about their own day and month (R-125)."""

from datetime import date
from typing import NamedTuple

from domain.policy import Policy
from domain.spans import Second
from projections.engine.views import Views


class OwnDuty(NamedTuple):
    """A duty that the person is responsible for today."""

    shift: str
    start: Second
    end: Second
    post: str | None
    late_minutes: int
    """By how many minutes its volunteer first came late."""


class Today(NamedTuple):
    """One person's day, as far as it has come."""

    mode: str
    duties: list[OwnDuty]
    """In order of start."""
    event_until: Second | None
    """When the last event ends that began today or before and that they may serve at."""
    minutes: int
    """Credited today."""
    month_minutes: int
    """Credited in this month."""
    last_change: Second | None
    """When the last accepted tap of today was."""
    forgot_last_time: bool
    """The last visit before today has no check-out, and nobody has given it one."""


def load_today(views: Views, volunteer: int, day: int) -> Today:
    """The service day of a volunteer (a key in the views) up to now."""
    values = {"v": volunteer, "day": day, "first": date.fromordinal(day).replace(day=1).toordinal()}
    (mode,) = next(views.rows("SELECT mode FROM people WHERE key = :v", values))
    duties = [OwnDuty(*row) for row in views.rows(_DUTIES, values)]
    minutes, last_change = next(views.rows(_MINUTES_OF_DAY, values))
    (event_until,) = next(views.rows(_EVENT, values))
    (month_minutes,) = next(views.rows(_MINUTES_OF_MONTH, values))
    (last_time,) = next(views.rows(_LAST_TIME, values), (None,))
    forgot = last_time == "no_check_out"
    return Today(mode or "rostered", duties, event_until, minutes, month_minutes, last_change, forgot)


def find_duty_at(today: Today, at: Second, policy: Policy) -> OwnDuty | None:
    """The duty that an arrival belongs to: the one under way or about to begin, else the next of the day."""
    early = policy.checkin_window_before_start_min * 60
    on = [duty for duty in today.duties if duty.start - early <= at < duty.end]
    later = [duty for duty in today.duties if at < duty.start]
    return (on or later or [None])[0]


_DUTIES = """
SELECT d.shift, d.starts, d.ends, s.post, d.late FROM duties d JOIN shifts s ON s.shift = d.shift
WHERE d.volunteer = :v AND d.day = :day AND d.outcome NOT IN ('swapped_away', 'cancelled', 'leave') ORDER BY d.starts
"""
_EVENT = """
SELECT max(ends) FROM events WHERE day <= :day AND (listed IS NULL OR :v IN (SELECT value FROM json_each(listed)))
"""
_MINUTES_OF_DAY = """
SELECT coalesce(sum(credited), 0), max(max(check_in, coalesce(check_out, 0)))
FROM visits WHERE volunteer = :v AND day = :day
"""
_MINUTES_OF_MONTH = """
SELECT coalesce(sum(credited), 0) FROM visits WHERE volunteer = :v AND day BETWEEN :first AND :day
"""
_LAST_TIME = """
SELECT status FROM visits WHERE volunteer = :v AND day < :day AND status != 'void'
ORDER BY day DESC, check_in DESC LIMIT 1
"""
