"""Which service days are reconciled, with their totals, and which wait for it."""

from datetime import date
from typing import NamedTuple

from domain.calendar import ServiceDays
from domain.spans import Second
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_counts, read_day

LONGEST_WAIT_SECONDS = 86_400
"""How long a day waits for its duties to end: one with a mistyped year would stop every night that follows."""
RECENT_DAYS = 31
"""Days that are looked at again and again: whether their report is still provisional, whether something is open."""


def count_refused_taps(views: RowSource, day: date) -> int:
    """How many taps of a service day were refused, also those that are recorded in a sum."""
    (taps,) = next(views.rows("SELECT coalesce(sum(taps), 0) FROM refused WHERE day=?", (day.toordinal(),)))
    return taps


class ReconciledDay(NamedTuple):
    """A reconciled service day."""

    day: date
    totals: dict[str, int]
    position: int
    """The position of its reconciliation in the log."""


def list_reconciled_days(views: RowSource, days: int = -1) -> list[ReconciledDay]:
    """So many of the last reconciled days, by default all; the earliest first."""
    query = "SELECT day, totals, settled_by FROM settled ORDER BY day DESC LIMIT ?"
    rows = [ReconciledDay(read_day(day), read_counts(totals), by) for day, totals, by in views.rows(query, (days,))]
    return rows[::-1]


def find_reconciliation_before(views: RowSource, position: int) -> int:
    """The position of the last reconciliation before another one, of whichever day; 0 where there is none."""
    (before,) = next(views.rows("SELECT coalesce(max(settled_by), 0) FROM settled WHERE settled_by < ?", (position,)))
    return before


def find_end_with_duties(views: RowSource, days: ServiceDays, day: date) -> Second:
    """When a service day can be reconciled: a night shift that outlasts it holds it back, by a day at most."""
    ends, last = days.end(day.toordinal()), find_last_duty(views, day)
    return ends if last is None else max(ends, min(last.ends, ends + LONGEST_WAIT_SECONDS))


class LastDuty(NamedTuple):
    """The duty of a service day that ends last."""

    shift: str
    ends: Second


def find_last_duty(views: RowSource, day: date) -> LastDuty | None:
    """Of those that are not over; None where all are."""
    query = "SELECT shift, ends FROM duties WHERE day = ? AND outcome = 'upcoming' ORDER BY ends DESC, shift LIMIT 1"
    return next((LastDuty(*row) for row in views.rows(query, (day.toordinal(),))), None)


def find_unreconciled_days(views: RowSource, opened: date | None, last: date) -> list[date]:
    """The service days up to `last` that wait for their reconciliation, the earliest first.

    Every day since the unit was opened, with or without duties; an earlier one where it has facts. A unit that was
    never opened begins with its first fact.
    """
    (reconciled,) = next(views.rows("SELECT max(day) FROM settled"))
    begins = reconciled + 1 if reconciled is not None else opened.toordinal() if opened else None
    before = views.rows(_BEFORE, {"begins": begins if begins is not None else last.toordinal() + 1})
    early = sorted(day for (day,) in before if day <= last.toordinal())
    if begins is None:
        begins, early = early[0] if early else last.toordinal() + 1, []
    return [date.fromordinal(day) for day in (*early, *range(begins, last.toordinal() + 1))]


_BEFORE = """
WITH senseless AS (SELECT * FROM unsure WHERE day < (SELECT min(day) FROM turns))
SELECT day FROM touched t WHERE day < :begins AND day NOT IN (SELECT day FROM settled) AND (
    EXISTS (SELECT 1 FROM duties WHERE day = t.day)
    OR EXISTS (SELECT 1 FROM visits WHERE day = t.day AND (volunteer, day) NOT IN (
        SELECT volunteer, day FROM senseless WHERE volunteer IS NOT NULL
    ))
)
UNION SELECT day FROM refused WHERE day < :begins AND day NOT IN (SELECT day FROM settled)
    AND position NOT IN (SELECT position FROM senseless)
"""
"""Days with facts that no reconciliation has come to. Taps on a clock that stood in 1970 are of no day yet: no
agreement was in force."""
