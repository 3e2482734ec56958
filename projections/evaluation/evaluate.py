"""A volunteer's day, reckoned: visits with the worth of every minute, duties with one outcome each.

Pure and total: the same facts give the same result in whatever order they arrived.
"""

from typing import Literal

import msgspec

from domain.model.visits import Visit, visits_of
from domain.spans import NEVER, Second
from projections.evaluation.credit import Credited, Creditor
from projections.evaluation.facts import Person, RunFacts, UnitInForce
from projections.evaluation.outcomes import Duty, duty_of
from projections.evaluation.windows import Account, Window, windows_of

Status = Literal["open", "closed", "no_check_out", "void"]


class ReckonedVisit(msgspec.Struct, frozen=True):
    """A visit and its worth."""

    visit: Visit
    status: Status
    credited: Credited


class Reckoned(msgspec.Struct, frozen=True):
    """What the facts of a run of days add up to, at an instant."""

    visits: list[ReckonedVisit]
    duties: list[Duty]
    accounts: list[Account]
    """Of every window, with or without credit."""
    changes_at: Second
    """When time alone will change this: a day ends, a duty is over. NEVER once all is over."""


def reckon(facts: RunFacts, person: Person, unit: UnitInForce, now: Second) -> Reckoned:
    """Reckon one volunteer's run of days as it stands at `now`."""
    visits = visits_of(facts.taps, facts.corrections, unit.days, unit.policies) if _any_presence(facts) else []
    windows = windows_of(facts.roster, visits, person, unit)
    creditor = Creditor(person, unit, windows)
    reckoned = [ReckonedVisit(v, _status(v, unit, now), creditor.credit(v, now)) for v in visits]
    duties = [duty_of(assignment, visits, person, unit, now) for assignment in facts.roster]
    return Reckoned(reckoned, duties, _accounts(windows), _changes_at(visits, duties, unit, now))


def _any_presence(facts: RunFacts) -> bool:
    return bool(facts.taps or facts.corrections.additions)


def _accounts(windows: list[Window]) -> list[Account]:
    """Each once; the opening hours of a day share one."""
    return list({id(window.account): window.account for window in windows}.values())


def _status(visit: Visit, unit: UnitInForce, now: Second) -> Status:
    if visit.void:
        return "void"
    if visit.check_out is not None:
        return "closed"
    return "open" if now < unit.days.end(visit.day) else "no_check_out"


def _changes_at(visits: list[Visit], duties: list[Duty], unit: UnitInForce, now: Second) -> Second:
    turn = NEVER
    for duty in duties:
        if duty.outcome == "upcoming":
            turn = min(turn, duty.assignment.end)
    for visit in visits:
        if visit.check_out is None and not visit.void and (ends := unit.days.end(visit.day)) > now:
            turn = min(turn, ends)
    return turn
