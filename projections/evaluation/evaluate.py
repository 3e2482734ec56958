"""Evaluation of a volunteer's day: visits with the worth of every minute, duties with one outcome each.

Pure and total: the same facts give the same result in whatever order they arrived.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from domain.model.visit_building import build_visits, is_visit
from domain.model.visits import NO_CORRECTIONS, Visit
from domain.spans import NEVER, Second
from projections.evaluation.attendance_state import compute_early_minutes, compute_late_minutes
from projections.evaluation.credit import (
    NO_GRACE,
    CreditCalculator,
    Stretch,
    UncreditedSpan,
    find_credited_span,
    find_reason_outside,
)
from projections.evaluation.facts import (
    Assignment,
    AssignmentRow,
    Person,
    RunFacts,
    TapRow,
    UnitInForce,
    sort_roster,
)
from projections.evaluation.outcomes import DutyResult, evaluate_duty
from projections.evaluation.windows import (
    Account,
    Window,
    build_windows,
    find_category,
    find_release_from,
    find_release_on,
)

VisitStatus = Literal["open", "closed", "no_check_out", "void"]


class EvaluatedVisit(msgspec.Struct, frozen=True):
    """A visit and its worth."""

    visit: Visit
    status: VisitStatus
    minutes: int
    stretches: list[Stretch]
    """They cover it; none while it is open."""
    grace: Sequence[Stretch] = NO_GRACE
    """What the grace credits before its check-in."""

    @property
    def credited(self) -> Iterator[tuple[Stretch, Account, Second]]:
        """All that it earns, each with its account and its end."""
        for stretch in (*self.grace, *self.stretches):
            if stretch.account is not None and stretch.end is not None:
                yield stretch, stretch.account, stretch.end


class DayResult(msgspec.Struct, frozen=True):
    """What the facts of a run of days add up to, at an instant."""

    visits: list[EvaluatedVisit]
    duties: list[DutyResult]
    accounts: list[Account]
    """Of every window, with or without credit; none where there is no visit."""
    changes_at: Second
    """When time alone will change this: a day ends, a duty is over. NEVER once all is over."""


def evaluate(facts: RunFacts, person: Person, unit: UnitInForce, now: Second) -> DayResult:
    """Evaluate one volunteer's run of days as it stands at `now`."""
    taps, corrections = facts.taps, facts.corrections
    is_known = bool(taps) or corrections is not NO_CORRECTIONS
    visits = build_visits(taps, corrections, unit.days, unit.policies) if is_known else []
    duties: list[DutyResult] = []
    served: list[Assignment] = []
    for duty in sort_roster(facts.roster):
        release = find_release_from(duty, person)
        duties.append(evaluate_duty(duty, release, visits, unit, now))
        if not release:
            served.append(duty)
    changes_at = _find_next_change(visits, duties, unit, now)
    if not visits:
        return DayResult([], duties, [], changes_at)
    windows = build_windows(served, visits, person, unit)
    credit = CreditCalculator(person, unit, windows).credit
    evaluated = [EvaluatedVisit(visit, _decide_status(visit, unit, now), *credit(visit, now)) for visit in visits]
    return DayResult(evaluated, duties, _list_accounts(windows), changes_at)


class PlainDay(msgspec.Struct, frozen=True, gc=False):
    """What a plain day adds up to: its taps are a closed visit, by which its duty is attended."""

    seconds: int
    """Credited to the duty."""
    category: str | None
    """Of that credit."""
    late_minutes: int
    early_minutes: int
    uncredited: list[UncreditedSpan]
    """The rest of the visit."""


def evaluate_plain_day(
    taps: Sequence[TapRow], roster: Sequence[AssignmentRow], person: Person, unit: UnitInForce
) -> PlainDay | None:
    """Nearly every day: one duty, two taps, and no other rule that has something to say. None where there is more.

    The facts are all of one service day, without a correction. The same functions decide as in `evaluate`; left out is
    what there is nothing of. A visit that meets its duty attends it (`is_attendance_of`), whatever the time is.
    """
    if len(taps) != 2 or len(roster) != 1:
        return None
    (check_in, _, _, _, _, _, direction, _), (check_out, _, _, _, _, _, direction_left, _) = taps
    _, day, start, end, category, cancelled, state, _, _, _ = roster[0]
    if not is_visit(check_in, direction, check_out, direction_left, unit.policies) or day in unit.eventful_days:
        return None
    if person.mode == "flexible" or find_release_on(day, state, person, cancelled=bool(cancelled)):
        return None
    policy, category = unit.policies.on(day), find_category(category, unit)
    credited = find_credited_span((check_in, check_out), (start, end), category, person, policy)
    if credited is None:
        return None
    first, last = credited
    uncredited: list[UncreditedSpan] = []
    outside = find_reason_outside(person, policy)
    if check_in < first:
        uncredited.append((check_in, first, outside))
    if last < check_out:
        uncredited.append((last, check_out, outside))
    late, early = compute_late_minutes(check_in, start, policy), compute_early_minutes(check_out, end, policy)
    return PlainDay(last - first, category, late, early, uncredited)


def _list_accounts(windows: list[Window]) -> list[Account]:
    """Each once; the opening hours of a day share one."""
    accounts = [window.account for window in windows]
    return accounts if len(accounts) < 2 else list({id(account): account for account in accounts}.values())


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
