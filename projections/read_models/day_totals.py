"""The totals of a service day, and which reconciled days late facts have changed since."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.calendar import ServiceDays
from domain.policy import Policy
from domain.spans import Second
from domain.use_cases.nightly import DayFindings
from projections.engine.views import Views
from projections.read_models.exit_triggers import find_exit_triggers
from projections.read_models.exits import load_known_cases

LONGEST_WAIT_SECONDS = 86_400
"""How long a day waits for its duties to end: one with a mistyped year would stop every night that follows."""
OUTCOMES = ("attended", "no_check_out", "leave", "swapped_away", "cancelled", "absent")
"""Every duty of a day that is over has exactly one of these."""

RECENT_DAYS = 31
"""Reconciled days that are checked for a missing report."""


class UnevenTotals(Exception):
    """The outcomes of a day's duties do not add up to its duties: a bug, and the day may not be reconciled."""


def compute_day_totals(views: Views, day: date) -> dict[str, int]:
    """How a service day ended, in numbers that add up (checked, not assumed).

    A duty so long that the day no longer waits for it is not counted; once it ends, it is a late fact.
    """
    key = (day.toordinal(),)
    counts = dict(views.rows(_OUTCOMES, key))
    totals = {"duties": sum(counts.values()), **{outcome: counts.get(outcome, 0) for outcome in OUTCOMES}}
    if sum(totals[outcome] for outcome in OUTCOMES) != totals["duties"]:
        raise UnevenTotals(f"{day}: {counts}")
    totals["unscheduled_visits"] = _count(views, "visits WHERE unscheduled AND day=?", key)
    totals["refused_taps"] = count_refused_taps(views, day)
    return totals


def count_refused_taps(views: Views, day: date) -> int:
    """How many taps of a service day were refused, also those that are recorded in a sum."""
    (taps,) = next(views.rows("SELECT coalesce(sum(taps), 0) FROM refused WHERE day=?", (day.toordinal(),)))
    return taps


class ReconciledDay(NamedTuple):
    """A reconciled service day."""

    day: date
    totals: dict[str, int]
    position: int
    """The position of its reconciliation in the log."""


def list_reconciled_days(views: Views, days: int) -> list[ReconciledDay]:
    """The last reconciled days, the earliest first."""
    query = "SELECT day, totals, settled_by FROM settled ORDER BY day DESC LIMIT ?"
    rows = [
        ReconciledDay(date.fromordinal(day), json.loads(totals), by) for day, totals, by in views.rows(query, (days,))
    ]
    return rows[::-1]


def find_end_with_duties(views: Views, days: ServiceDays, day: date) -> Second:
    """When a service day can be reconciled: a night shift that outlasts it holds it back, by a day at most."""
    query = "SELECT max(ends) FROM duties WHERE day = ? AND outcome = 'upcoming'"
    ends, (last,) = days.end(day.toordinal()), next(views.rows(query, (day.toordinal(),)))
    return ends if last is None else max(ends, min(last, ends + LONGEST_WAIT_SECONDS))


def compute_digest(views: Views, day: int) -> str:
    """A fingerprint of a day's duties and visits: it changes when a volunteer's result does."""
    rows = [*views.rows(_DUTIES, (day,)), *views.rows(_VISITS, (day,))]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def find_changed_days(views: Views) -> Iterator[tuple[date, str]]:
    """Reconciled days whose results are no longer what they were at the last comparison, with their digests now."""
    for day, reconciled in list(views.rows(_TOUCHED_SINCE)):
        now = compute_digest(views, day)
        if now != reconciled:
            yield date.fromordinal(day), now


def find_unreconciled_days(views: Views, opened: date | None, last: date) -> list[date]:
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


def _count(views: Views, of: str, values: tuple[int]) -> int:
    return next(views.rows(f"SELECT count(*) FROM {of}", values))[0]


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
_OUTCOMES = f"""
SELECT outcome, count(*) FROM duties
WHERE day=? AND NOT (outcome = 'upcoming' AND ends - starts > {LONGEST_WAIT_SECONDS}) GROUP BY outcome
"""
_DUTIES = """
SELECT hex(p.volunteer), shift, starts, ends, outcome, late, early, seconds, category
FROM duties d JOIN people p ON p.key = d.volunteer WHERE day=? ORDER BY 1, 2
"""
_VISITS = """
SELECT hex(p.volunteer), check_in, check_out, status, credited, uncredited, corrected
FROM visits v JOIN people p ON p.key = v.volunteer WHERE day=? ORDER BY 1, 2, ordinal
"""
_TOUCHED_SINCE = """
SELECT s.day, s.digest FROM settled s JOIN touched t ON t.day = s.day
WHERE t.position >= (SELECT max(settled_by) FROM settled) ORDER BY s.day
"""
"""Days evaluated again since the last reconciliation, which compared all that were evaluated before it."""


def collect_findings(views: Views, day: date, policy: Policy) -> DayFindings:
    """Everything that a reconciliation records. `views` are caught up, `policy` is the one in force that day."""
    return DayFindings(
        totals=compute_day_totals(views, day),
        digest=compute_digest(views, day.toordinal()),
        changed={changed.isoformat(): now for changed, now in find_changed_days(views)},
        triggers=list(find_exit_triggers(views, day, policy)),
        cases=load_known_cases(views),
    )
