"""What one more correction would change of a volunteer's day, before anybody makes it.

Rule: reckoned twice by the one pure reckoning: from the facts as they are filed, and from the same facts with the
hypothetical correction among them. Nothing is written, so what is shown is what will be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import msgspec

from domain.model.visits import Annulment, Claim, DayCorrections, merged
from domain.policy import Policy
from domain.spans import Second
from projections.engine.views import Views
from projections.evaluation.evaluate import Reckoned, reckon
from projections.evaluation.facts import Person, RunFacts, UnitInForce
from projections.evaluation.outcomes import Outcome
from projections.read_models.exit_triggers import AGREEMENTS, repeated_leave, unexcused_absences

LAST = 1 << 30
"""Among the corrections of a day: behind all that there are."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A visit without check-out gets its end."""

    check_in: Second
    check_out: Second


@dataclass(frozen=True, slots=True)
class Voiding:
    """A visit counts as if it had not happened."""

    check_in: Second


@dataclass(frozen=True, slots=True)
class Excusing:
    """An absence becomes leave."""

    shift: str


Correction = Closing | Voiding | Excusing


class DutyChange(NamedTuple):
    """A duty that would have another outcome."""

    shift: str
    day: int
    before: Outcome
    after: Outcome


class CaseChange(NamedTuple):
    """What the next night would find of a rule, and does not find now; or the other way round (R-050, R-051)."""

    rule: str
    raises: bool
    """Else it has no grounds any more."""
    dates: int
    """Of the evidence that would be there, or was."""


class Effect(NamedTuple):
    """What would change."""

    minutes_before: int
    """Credited on the day, and on days that are reckoned together with it."""
    minutes_after: int
    duties: list[DutyChange]
    cases: list[CaseChange]


def what_if(views: Views, volunteer: int, day: date, correction: Correction) -> Effect:
    """The effect of a correction of a volunteer's day. `views` are caught up; `volunteer` is a key in them."""
    facts, person, unit = _facts(views, volunteer, day.toordinal(), correction)
    now = views.reckoned_at
    before, after = reckon(facts, person, unit, now), reckon(corrected(facts, correction), person, unit, now)
    changed = [
        DutyChange(was.assignment.shift, was.assignment.day, was.outcome, will.outcome)
        for was, will in zip(before.duties, after.duties, strict=True)
        if was.outcome != will.outcome
    ]
    policy = unit.policies.on(unit.days.ordinal(now))
    return Effect(_minutes(before), _minutes(after), changed, _cases(views, volunteer, changed, policy))


def corrected(facts: RunFacts, correction: Correction) -> RunFacts:
    """The facts with one more correction, made after all that there are."""
    match correction:
        case Closing(check_in, check_out):
            made = DayCorrections(closings={check_in: Claim(check_in, check_out, LAST)})
        case Voiding(check_in):
            made = DayCorrections(annulments=[Annulment(check_in, "voided", LAST)])
        case Excusing(shift):
            roster = [duty._replace(state="excused") if duty.shift == shift else duty for duty in facts.roster]
            return msgspec.structs.replace(facts, roster=roster)
    return msgspec.structs.replace(facts, corrections=merged([facts.corrections, made]))


def _facts(views: Views, volunteer: int, day: int, correction: Correction) -> tuple[RunFacts, Person, UnitInForce]:
    """The facts of the days that are reckoned together, also with those that a late check-out would reach into."""
    facts, person, unit = views.facts_of(volunteer, day, None)
    while isinstance(correction, Closing) and correction.check_out > unit.days.end(facts.days[-1]):
        facts = _joined(facts, views.facts_of(volunteer, facts.days[-1] + 1, None)[0])
    return facts, person, unit


def _joined(one: RunFacts, next_one: RunFacts) -> RunFacts:
    return RunFacts(
        [*one.days, *next_one.days],
        [*one.taps, *next_one.taps],
        [*one.roster, *next_one.roster],
        merged([one.corrections, next_one.corrections]),
    )


def _minutes(reckoned: Reckoned) -> int:
    return sum(visit.credited.minutes for visit in reckoned.visits)


# --- What the night would make of it ---


def _cases(views: Views, volunteer: int, changed: Sequence[DutyChange], policy: Policy) -> list[CaseChange]:
    if not changed:
        return []
    absent, leave = _ledger(views, volunteer, "absent"), _ledger(views, volunteer, "leave")
    agreements = [day for (day,) in views.rows(AGREEMENTS, (volunteer,))]
    before = _grounds(absent, leave, agreements, policy)
    after = _grounds(_turned(absent, "absent", changed), _turned(leave, "leave", changed), agreements, policy)
    raised = [CaseChange(rule, raises=True, dates=after[rule, basis]) for rule, basis in sorted(after.keys() - before)]
    gone = [CaseChange(rule, raises=False, dates=before[rule, basis]) for rule, basis in sorted(before.keys() - after)]
    return [*raised, *gone]


def _grounds(
    absent: Sequence[int], leave: Sequence[int], agreements: Sequence[int], policy: Policy
) -> Mapping[tuple[str, str], int]:
    """How many dates each rule finds within which basis, where they are enough."""
    found = {("R-050", basis): len(days) for basis, days in unexcused_absences(absent, agreements, policy)}
    return found | {("R-051", basis): len(days) for basis, days in repeated_leave(leave, policy)}


def _turned(ledger: Sequence[int], outcome: Outcome, changed: Sequence[DutyChange]) -> list[int]:
    """The dates of an outcome once some duties have another one."""
    left = list(ledger)
    for change in changed:
        if change.before == outcome:
            left.remove(change.day)
        if change.after == outcome:
            left.append(change.day)
    return sorted(left)


def _ledger(views: Views, volunteer: int, outcome: Outcome) -> list[int]:
    return [day for (day,) in views.rows(_LEDGER, (volunteer, outcome))]


_LEDGER = "SELECT day FROM duties WHERE volunteer=? AND outcome=? ORDER BY day"
