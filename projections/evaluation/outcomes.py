"""The outcome of a duty, exactly one each (decision 5, R-045). Who came is decided in `attendance_state`."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from domain.model.visits import Visit
from domain.spans import Second
from projections.evaluation.attendance_state import (
    Release,
    compute_early_minutes,
    compute_late_minutes,
    find_last_departure,
    is_attendance_of,
)
from projections.evaluation.facts import Assignment, UnitInForce
from projections.evaluation.windows import find_category

Outcome = Literal["upcoming", "attended", "no_check_out", "leave", "swapped_away", "cancelled", "absent"]

_OUTCOMES: Mapping[Release, Outcome] = {"handed_over": "swapped_away", "cancelled": "cancelled", "on_leave": "leave"}
"""The outcomes that need no visit."""


class DutyResult(msgspec.Struct, frozen=True):
    """One volunteer's duty in one shift."""

    assignment: Assignment
    outcome: Outcome
    late_minutes: int
    early_minutes: int
    category: str | None
    """Of its credit; that of the assignment where there can be none."""


def evaluate_duty(
    assignment: Assignment, release: Release | None, visits: Sequence[Visit], unit: UnitInForce, now: Second
) -> DutyResult:
    """The outcome of one duty, and how late or early. `visits` in order of check-in; `release`: what frees of it."""
    if release:
        return DutyResult(assignment, _OUTCOMES[release], 0, 0, assignment.category)
    policy, category = unit.policies.on(assignment.day), find_category(assignment.category, unit)
    attending = [visit for visit in visits if not visit.void and is_attendance_of(visit, assignment, policy)]
    if not attending:
        return DutyResult(assignment, _decide_unattended(assignment, now), 0, 0, category)
    late = compute_late_minutes(attending[0].check_in, assignment.start, policy)
    early = compute_early_minutes(find_last_departure(attending), assignment.end, policy)
    return DutyResult(assignment, _decide_attended(attending, unit, now), late, early, category)


def _decide_unattended(assignment: Assignment, now: Second) -> Outcome:
    if assignment.state == "excused":
        return "leave"
    return "upcoming" if now < assignment.end else "absent"


def _decide_attended(attending: Sequence[Visit], unit: UnitInForce, now: Second) -> Outcome:
    """An open visit counts as attendance until its service day is over."""
    for visit in attending:
        if visit.check_out is not None or now < unit.days.end(visit.day):
            return "attended"
    return "no_check_out"
