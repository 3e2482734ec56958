"""What the rules find in the facts up to a service day: enough unexcused absences, leaves, or too low a score.

A rule only finds; whether a case is raised, revised or withdrawn is decided in
`domain.use_cases.nightly` (decision 10).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.calendar import one_year_before
from domain.model.exit_case import Trigger
from domain.model.standing import StandingChange, find_suspension
from domain.policy import Policy
from projections.engine.stored_values import read_day, read_id, read_numbers
from projections.engine.views import Views


class EvidenceDuty(NamedTuple):
    """A duty that counts as evidence."""

    day: int
    shift: str


def find_exit_triggers(views: Views, day: date, policy: Policy, volunteer: int | None = None) -> Iterator[Trigger]:
    """All that the rules find in facts dated up to a service day, under the policy in force on it.

    Of all volunteers, or of one by key.
    """
    last = day.toordinal()
    yield from _find_duty_triggers(views, last, policy, volunteer)
    for key, since in _list_long_suspensions(views, last, policy.suspension_trigger_days):
        if volunteer in (None, key):
            yield Trigger(_find_id(views, key), "R-053", since.isoformat(), (since.isoformat(),))
    for key, period_ends, score in _list_low_scores(views, last, policy):
        if volunteer in (None, key):
            periods = tuple(read_day(day).isoformat() for day in period_ends)
            yield Trigger(_find_id(views, key), "R-052", periods[-1], periods, score)


def _find_duty_triggers(views: Views, last: int, policy: Policy, volunteer: int | None) -> Iterator[Trigger]:
    """R-050 and R-051: what duties are the evidence of."""
    absences = _load_duties(views, "absent", last, policy.absence_threshold, volunteer)
    for key, volunteer_id, agreements in _load_agreements(views, absences):
        for basis, duties in find_unexcused_absences(absences[key], agreements, policy):
            yield _build_trigger(volunteer_id, "R-050", basis, duties)
    leaves = _load_duties(views, "leave", last, policy.leave_threshold, volunteer)
    for key, volunteer_id, _ in _load_agreements(views, leaves):
        for basis, duties in find_repeated_leave(leaves[key], policy):
            yield _build_trigger(volunteer_id, "R-051", basis, duties)


def _load_agreements(views: Views, keys: Iterable[int]) -> Iterator[tuple[int, UUID, list[int]]]:
    """Volunteers with their ids and the days on which their agreements begin, the earliest first; in one query."""
    for key, volunteer, days in views.rows(_AGREEMENTS, (msgspec.json.encode([*keys]).decode(),)):
        yield key, read_id(volunteer), sorted(read_numbers(days))


def _find_id(views: Views, key: int) -> UUID:
    (volunteer,) = next(views.rows(_ID, (key,)))
    return read_id(volunteer)


def _build_trigger(volunteer_id: UUID, rule: str, basis: str, duties: Sequence[EvidenceDuty]) -> Trigger:
    dates = tuple(read_day(duty.day).isoformat() for duty in duties)
    return Trigger(volunteer_id, rule, basis, dates, shifts=tuple(duty.shift for duty in duties))


def _list_low_scores(views: Views, last: int, policy: Policy) -> Iterator[tuple[int, Sequence[int], float]]:
    """R-052: 年度考核丁等: a score below the limit, with its volunteer and its periods.

    Of two half-years it is their mean that is the result of the year: one alone is a warning.
    """
    years: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for key, period_end, score in views.rows(_SCORES, (last,)):
        if policy.assessment_period == "year":
            if score < policy.assessment_pass:
                yield key, (period_end,), score
        else:
            years[key, read_day(period_end).year].append((period_end, score))
    for (key, _), halves in years.items():
        mean = sum(score for _, score in halves) / len(halves)
        if len(halves) > 1 and mean < policy.assessment_pass:
            yield key, [day for day, _ in halves], mean


def _list_long_suspensions(views: Views, last: int, days: int | None) -> Iterator[tuple[int, date]]:
    """R-053: 暫停服務達一定時間以上: who has been suspended for so many days, and since which day."""
    if days is None:
        return
    turns: dict[int, list[StandingChange]] = defaultdict(list)
    for key, *turn in views.rows(_TURNS_OF_SUSPENDED):
        turns[key].append(StandingChange(*turn))
    for key, changes in turns.items():
        since = find_suspension(changes, last)
        if since is not None and last - since >= days:
            yield key, read_day(since)


Evidence = Iterator[tuple[str, Sequence[EvidenceDuty]]]
"""What the evidence is counted within, and its duties."""


def find_unexcused_absences(absences: Sequence[EvidenceDuty], agreements: Sequence[int], policy: Policy) -> Evidence:
    """R-050: 無故缺席達3次以上: so many or more within one agreement, or within the window of the policy."""
    match policy.absence_window:
        case "agreement":
            groups = _group_duties(absences, lambda day: _find_agreement(agreements, day))
        case "calendar_year":
            groups = _group_duties(absences, lambda day: str(read_day(day).year))
        case "rolling_12m":
            groups = {"": _find_last_full_window(absences, policy.absence_threshold)}
        case "ever":
            groups = {"": absences}
    return ((basis, duties) for basis, duties in groups.items() if len(duties) >= policy.absence_threshold)


def find_repeated_leave(leaves: Sequence[EvidenceDuty], policy: Policy) -> Evidence:
    """R-051: 1年內請假達12次以上: so many or more in some year up to the date of a leave."""
    if policy.leave_window == "calendar_year":
        groups = _group_duties(leaves, lambda day: str(read_day(day).year))
    else:
        groups = {"": _find_last_full_window(leaves, policy.leave_threshold)}
    return ((basis, duties) for basis, duties in groups.items() if len(duties) >= policy.leave_threshold)


def _find_last_full_window(duties: Sequence[EvidenceDuty], threshold: int) -> Sequence[EvidenceDuty]:
    """The latest (d - 1 year, d] that holds enough of the duties, d being the date of one; empty where none does."""
    days = [duty.day for duty in duties]
    for last in sorted(set(days), reverse=True):
        after = one_year_before(date.fromordinal(last)).toordinal()
        window = duties[bisect_right(days, after) : bisect_right(days, last)]
        if len(window) >= threshold:
            return window
    return ()


def _group_duties(
    duties: Iterable[EvidenceDuty], find_basis: Callable[[int], str]
) -> dict[str, Sequence[EvidenceDuty]]:
    groups: dict[str, list[EvidenceDuty]] = defaultdict(list)
    for duty in duties:
        groups[find_basis(duty.day)].append(duty)
    return {**groups}


def _find_agreement(agreements: Sequence[int], day: int) -> str:
    """The agreement in force on a day, named by its first; empty before the first agreement."""
    before = bisect_right(agreements, day)
    return read_day(agreements[before - 1]).isoformat() if before else ""


def _load_duties(
    views: Views, outcome: str, last: int, threshold: int, volunteer: int | None
) -> dict[int, list[EvidenceDuty]]:
    """The duties of an outcome, of each volunteer who has enough of them for any rule, in order."""
    found: dict[int, list[EvidenceDuty]] = defaultdict(list)
    who = _WITH_ENOUGH.format(outcome=outcome) if volunteer is None else f"volunteer = {volunteer:d}"
    query = _DUTIES.format(outcome=outcome, who=who)
    for key, day, shift in views.rows(query, {"last": last, "threshold": threshold}):
        found[key].append(EvidenceDuty(day, shift))
    return found


_ID = "SELECT volunteer FROM people WHERE key = ?"
_AGREEMENTS = """
SELECT key, p.volunteer, (SELECT json_group_array(day) FROM turns WHERE volunteer = key AND kind = 'agreement')
FROM people p WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key
"""
_TURNS_OF_SUSPENDED = """
SELECT volunteer, kind, day, recorded FROM turns
WHERE volunteer IN (SELECT volunteer FROM turns WHERE kind = 'suspended') ORDER BY volunteer, position
"""
_SCORES = "SELECT volunteer, period_end, score FROM assessments WHERE period_end <= ? ORDER BY volunteer, period_end"
_DUTIES = """
SELECT volunteer, day, shift FROM duties WHERE outcome = '{outcome}' AND day <= :last AND {who}
ORDER BY +volunteer, day, shift
"""
_WITH_ENOUGH = """+volunteer IN (
    SELECT volunteer FROM duties WHERE outcome = '{outcome}' AND day <= :last
    GROUP BY +volunteer HAVING count(*) >= :threshold
)"""
"""With the outcome in the query, and grouped, ordered and chosen by no column of a table, SQLite counts and finds them
in the index of the outcome, and reads no other duty of the years behind."""
