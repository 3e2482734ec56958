"""What the rules find in the facts up to a service day: enough unexcused absences, leaves, or too low a score.

A rule only finds; whether a case is raised, revised or withdrawn is decided in
`domain.use_cases.nightly` (decision 10).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from domain.calendar import one_year_before
from domain.model.exit_case import Trigger
from domain.policy import Policy
from projections.engine.views import Views

Ledger = dict[int, list[int]]
"""Dates by volunteer, ascending; one entry a duty."""


def exit_triggers(views: Views, day: date, policy: Policy) -> Iterator[Trigger]:
    """All that the rules find in facts dated up to a service day, under the policy in force on it."""
    ids = {key: UUID(bytes=who) for key, who in views.rows("SELECT key, volunteer FROM people")}
    last = day.toordinal()
    for key, absences in _ledger(views, "absent", last, policy.absence_threshold).items():
        agreements = [row[0] for row in views.rows(AGREEMENTS, (key,))]
        for basis, dates in unexcused_absences(absences, agreements, policy):
            yield Trigger(ids[key], "R-050", basis, _iso(dates))
    for key, leaves in _ledger(views, "leave", last, policy.leave_threshold).items():
        for basis, dates in repeated_leave(leaves, policy):
            yield Trigger(ids[key], "R-051", basis, _iso(dates))
    for key, period_end, score in views.rows(_LOW_SCORES, (policy.assessment_pass, last)):
        period = date.fromordinal(period_end).isoformat()
        yield Trigger(ids[key], "R-052", period, (period,), score)


Found = Iterator[tuple[str, Sequence[int]]]
"""What the evidence is counted within, and its dates."""


def unexcused_absences(absences: Sequence[int], agreements: Sequence[int], policy: Policy) -> Found:
    """R-050: 無故缺席達3次以上: so many or more within one agreement, or within the window of the policy."""
    match policy.absence_window:
        case "agreement":
            groups = _grouped(absences, lambda day: _agreement(agreements, day))
        case "calendar_year":
            groups = _grouped(absences, lambda day: str(date.fromordinal(day).year))
        case "rolling_12m":
            groups = {"": _last_full_window(absences, policy.absence_threshold)}
        case "ever":
            groups = {"": absences}
    return ((basis, days) for basis, days in groups.items() if len(days) >= policy.absence_threshold)


def repeated_leave(leaves: Sequence[int], policy: Policy) -> Found:
    """R-051: 1年內請假達12次以上: so many or more in some year up to the date of a leave."""
    if policy.leave_window == "calendar_year":
        groups = _grouped(leaves, lambda day: str(date.fromordinal(day).year))
    else:
        groups = {"": _last_full_window(leaves, policy.leave_threshold)}
    return ((basis, days) for basis, days in groups.items() if len(days) >= policy.leave_threshold)


def _last_full_window(days: Sequence[int], threshold: int) -> Sequence[int]:
    """The latest (d - 1 year, d] that holds enough of the dates, d being one of them; empty where none does."""
    for last in sorted(set(days), reverse=True):
        after = one_year_before(date.fromordinal(last)).toordinal()
        window = days[bisect_right(days, after) : bisect_right(days, last)]
        if len(window) >= threshold:
            return window
    return ()


def _grouped(days: Iterable[int], basis: Callable[[int], str]) -> dict[str, Sequence[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for day in days:
        groups[basis(day)].append(day)
    return {**groups}


def _agreement(agreements: Sequence[int], day: int) -> str:
    """The agreement in force on a day, named by its first; empty before the first agreement."""
    before = bisect_right(agreements, day)
    return date.fromordinal(agreements[before - 1]).isoformat() if before else ""


def _ledger(views: Views, outcome: str, last: int, threshold: int) -> Ledger:
    """Dates of a kind of outcome, of everybody who has enough of them for any rule to look at."""
    ledger: Ledger = defaultdict(list)
    for key, day in views.rows(_LEDGER, {"outcome": outcome, "last": last, "threshold": threshold}):
        ledger[key].append(day)
    return ledger


def _iso(days: Iterable[int]) -> tuple[str, ...]:
    return tuple(date.fromordinal(day).isoformat() for day in days)


AGREEMENTS = "SELECT day FROM turns WHERE volunteer=? AND kind='agreement' ORDER BY day"
"""When the agreements of one volunteer begin."""
_LOW_SCORES = "SELECT volunteer, period_end, score FROM assessments WHERE score < ? AND period_end <= ?"
_LEDGER = """
SELECT volunteer, day FROM duties WHERE outcome = :outcome AND day <= :last AND volunteer IN (
    SELECT volunteer FROM duties WHERE outcome = :outcome AND day <= :last
    GROUP BY volunteer HAVING count(*) >= :threshold
) ORDER BY volunteer, day
"""
