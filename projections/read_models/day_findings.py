"""What a reconciliation records of a service day: its totals, and which reconciled days late facts have changed."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.model.exit_case import KnownCase
from domain.policy import Policies
from domain.use_cases.nightly import DayFindings
from projections.engine.stored_values import read_day, read_id, read_texts
from projections.engine.views import Views
from projections.read_models.day_totals import LONGEST_WAIT_SECONDS, count_refused_taps
from projections.read_models.exit_triggers import find_exit_triggers

OUTCOMES = ("attended", "no_check_out", "leave", "swapped_away", "cancelled", "absent")
"""Every duty of a day that is over has exactly one of these."""


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


def compute_digest(views: Views, day: int) -> str:
    """A fingerprint of a day's duties and visits: it changes when a volunteer's result does."""
    rows = [*views.rows(_DUTIES, (day,)), *views.rows(_VISITS, (day,))]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def find_changed_days(views: Views) -> Iterator[tuple[date, str]]:
    """Reconciled days whose results are no longer what they were at the last comparison, with their digests now."""
    for day, reconciled in list(views.rows(_TOUCHED_SINCE)):
        now = compute_digest(views, day)
        if now != reconciled:
            yield read_day(day), now


def _count(views: Views, of: str, values: tuple[int]) -> int:
    return next(views.rows(f"SELECT count(*) FROM {of}", values))[0]


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


def load_known_cases(views: Views, volunteer: int | None = None) -> dict[tuple[UUID, str], list[KnownCase]]:
    """The cases that are not withdrawn, of all volunteers or of one by key; of each rule the oldest first."""
    of_volunteer = "" if volunteer is None else f"AND c.volunteer = {volunteer:d}"
    query = (
        "SELECT p.volunteer, rule, basis, status, evidence, score, coalesce(shifts, '[]') FROM cases c"
        " JOIN people p ON p.key = c.volunteer"
        f" WHERE status != 'withdrawn' {of_volunteer} ORDER BY c.volunteer, rule, ordinal"
    )
    known: dict[tuple[UUID, str], list[KnownCase]] = defaultdict(list)
    for volunteer_id, rule, basis, status, evidence, score, shifts in views.rows(query):
        case = KnownCase(basis, status, read_texts(evidence), score, read_texts(shifts))
        known[read_id(volunteer_id), rule].append(case)
    return {**known}


def collect_findings(views: Views, day: date, policies: Policies) -> DayFindings:
    """Everything that a reconciliation records. `views` are caught up.

    Cases stand as of the newest reconciled day: where an earlier one is reconciled late, they stay so.
    """
    newest = max(day, _find_newest_reconciled(views) or day)
    return DayFindings(
        totals=compute_day_totals(views, day),
        digest=compute_digest(views, day.toordinal()),
        changed={changed.isoformat(): now for changed, now in find_changed_days(views)},
        triggers=list(find_exit_triggers(views, newest, policies.on(newest.toordinal()))),
        triggers_until=newest,
        cases=load_known_cases(views),
    )


def _find_newest_reconciled(views: Views) -> date | None:
    (newest,) = next(views.rows("SELECT max(day) FROM settled"))
    return None if newest is None else read_day(newest)
