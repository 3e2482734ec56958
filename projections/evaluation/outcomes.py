"""What became of a duty: exactly one outcome each (decision 5, R-045)."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from domain.model.visits import Visit
from domain.policy import Policy
from domain.spans import Second
from projections.evaluation.facts import Assignment, Person, UnitInForce

Outcome = Literal["upcoming", "attended", "no_check_out", "leave", "swapped_away", "cancelled", "absent"]


class DutyResult(msgspec.Struct, frozen=True):
    """One volunteer's duty in one shift."""

    assignment: Assignment
    outcome: Outcome
    late_minutes: int
    early_minutes: int


def evaluate_duty(
    assignment: Assignment, visits: Sequence[Visit], person: Person, unit: UnitInForce, now: Second
) -> DutyResult:
    """The outcome of one duty, and how late or early. `visits` in order of check-in."""
    settled = _find_release(assignment, person)
    if settled:
        return DutyResult(assignment, settled, 0, 0)
    policy = unit.policies.on(assignment.day)
    came = [visit for visit in visits if counts_for(visit, assignment, policy)]
    if not came:
        return DutyResult(assignment, _decide_unattended(assignment, now), 0, 0)
    late, early = _compute_late_minutes(came, assignment, policy), _compute_early_minutes(came, assignment, policy)
    return DutyResult(assignment, _decide_attended(came, unit, now), late, early)


def counts_for(visit: Visit, assignment: Assignment, policy: Policy) -> bool:
    """Whether a visit counts for a duty: closed, it overlaps; open, it began in time and before the end."""
    if visit.void:
        return False
    if visit.check_out is not None:
        return visit.check_in < assignment.end and assignment.start < visit.check_out
    early = policy.checkin_window_before_start_min * 60
    return assignment.start - early <= visit.check_in < assignment.end


def _find_release(assignment: Assignment, person: Person) -> Outcome | None:
    """Outcomes that do not depend on who came."""
    if assignment.state == "handed_over":
        return "swapped_away"
    if assignment.cancelled or person.standing(assignment.day) != "in_service":
        return "cancelled"
    return "leave" if assignment.state == "on_leave" else None


def _decide_unattended(assignment: Assignment, now: Second) -> Outcome:
    if assignment.state == "excused":
        return "leave"
    return "upcoming" if now < assignment.end else "absent"


def _decide_attended(came: Sequence[Visit], unit: UnitInForce, now: Second) -> Outcome:
    """A visit still open counts as attendance until its service day is over."""
    for visit in came:
        if visit.check_out is not None or now < unit.days.end(visit.day):
            return "attended"
    return "no_check_out"


def _compute_late_minutes(came: Sequence[Visit], assignment: Assignment, policy: Policy) -> int:
    first = came[0].check_in
    late = first > assignment.start + policy.grace_minutes_in * 60
    return (first - assignment.start) // 60 if late else 0


def _compute_early_minutes(came: Sequence[Visit], assignment: Assignment, policy: Policy) -> int:
    last = 0
    for visit in came:
        if visit.check_out is None:
            return 0
        last = max(last, visit.check_out)
    early = last < assignment.end - policy.grace_minutes_out * 60
    return (assignment.end - last) // 60 if early else 0
