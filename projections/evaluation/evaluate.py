"""Evaluation of a volunteer's day: visits with the worth of every minute, duties with one outcome each.

Pure and total: the same facts give the same result in whatever order they arrived.
"""

from typing import Literal

import msgspec

from domain.model.visits import Visit, build_visits
from domain.spans import NEVER, Second
from projections.evaluation.credit import CreditCalculator, VisitCredit
from projections.evaluation.facts import Assignment, Person, RunFacts, UnitInForce
from projections.evaluation.outcomes import DutyResult, evaluate_duty
from projections.evaluation.windows import Account, Window, build_windows, find_release_from

VisitStatus = Literal["open", "closed", "no_check_out", "void"]


class EvaluatedVisit(msgspec.Struct, frozen=True):
    """A visit and its worth."""

    visit: Visit
    status: VisitStatus
    credited: VisitCredit


class DayResult(msgspec.Struct, frozen=True):
    """What the facts of a run of days add up to, at an instant."""

    visits: list[EvaluatedVisit]
    duties: list[DutyResult]
    accounts: list[Account]
    """Of every window, with or without credit."""
    changes_at: Second
    """When time alone will change this: a day ends, a duty is over. NEVER once all is over."""


def evaluate(facts: RunFacts, person: Person, unit: UnitInForce, now: Second) -> DayResult:
    """Evaluate one volunteer's run of days as it stands at `now`."""
    visits = build_visits(facts.taps, facts.corrections, unit.days, unit.policies) if _has_presence(facts) else []
    duties: list[DutyResult] = []
    served: list[Assignment] = []
    for duty in facts.roster:
        release = find_release_from(duty, person)
        duties.append(evaluate_duty(duty, release, visits, unit, now))
        if not release:
            served.append(duty)
    windows = build_windows(served, visits, person, unit)
    creditor = CreditCalculator(person, unit, windows)
    evaluated = [EvaluatedVisit(v, _decide_status(v, unit, now), creditor.credit(v, now)) for v in visits]
    return DayResult(evaluated, duties, _list_accounts(windows), _find_next_change(visits, duties, unit, now))


def _has_presence(facts: RunFacts) -> bool:
    made = facts.corrections
    return bool(facts.taps or made.arrivals or made.additions or made.closings)


def _list_accounts(windows: list[Window]) -> list[Account]:
    """Each once; the opening hours of a day share one."""
    if len(windows) < 2:
        return [window.account for window in windows]
    return list({id(window.account): window.account for window in windows}.values())


def _decide_status(visit: Visit, unit: UnitInForce, now: Second) -> VisitStatus:
    if visit.void:
        return "void"
    if visit.check_out is not None:
        return "closed"
    return "open" if now < unit.days.end(visit.day) else "no_check_out"


def _find_next_change(visits: list[Visit], duties: list[DutyResult], unit: UnitInForce, now: Second) -> Second:
    changes_at = NEVER
    for duty in duties:
        if duty.outcome == "upcoming":
            changes_at = min(changes_at, duty.assignment.end)
    for visit in visits:
        if visit.check_out is None and not visit.void and (ends := unit.days.end(visit.day)) > now:
            changes_at = min(changes_at, ends)
    return changes_at
