"""What a settlement would change of a volunteer's day, before it is made: a correction, a duty, or one taken back.

Rule: evaluated twice by the one pure evaluation: from the facts as they are, and from the same facts with the
hypothetical settlement among them. Nothing is written, so what is shown is what will be.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from domain.model.visits import merge_corrections
from domain.policy import Policy
from domain.spans import Second
from projections.engine.views import Views
from projections.evaluation.evaluate import DayResult, evaluate
from projections.evaluation.facts import Person, RunFacts, UnitInForce
from projections.evaluation.outcomes import Outcome
from projections.read_models.exit_triggers import AGREEMENTS, EvidenceDuty, find_repeated_leave, find_unexcused_absences
from projections.read_models.explanation import Explanation
from projections.read_models.settlements import Arriving, Closing, Correction, apply_correction, find_reach


class WithoutCard(NamedTuple):
    """What the desk records of a volunteer without the card at an instant (R-036)."""

    correction: Arriving | Closing
    """Closing where they are in."""
    last: Second | None
    """When they came or left last on that day; None where they have not come."""
    counts_from: Second
    """From when on they can be recorded again (decision 9)."""


def suggest_without_card(explanation: Explanation, at: Second) -> WithoutCard:
    """An arrival, or the departure of a volunteer who is in. `explanation` is of the service day of the instant."""
    visits = [found.visit for found in explanation.visits if not found.visit.void]
    if not visits:
        return WithoutCard(Arriving(at), None, at)
    last = visits[-1]
    debounce = explanation.unit.policies.on(last.day).debounce_seconds
    if last.check_out is None:
        return WithoutCard(Closing(last.check_in, at), last.check_in, last.check_in + debounce)
    return WithoutCard(Arriving(at), last.check_out, last.check_out + debounce)


class DutyChange(NamedTuple):
    """A duty that would have another outcome."""

    shift: str
    day: int
    before: Outcome | None
    """None where there is no such duty."""
    after: Outcome | None


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
    """Credited on the day, and on days that are evaluated together with it."""
    minutes_after: int
    duties: list[DutyChange]
    cases: list[CaseChange]


def preview_correction(views: Views, volunteer: int, day: date, correction: Correction) -> Effect:
    """The effect of a correction of a volunteer's day. `views` are caught up; `volunteer` is a key in them."""
    facts, person, unit = _load_facts(views, volunteer, day.toordinal(), correction)
    now = views.evaluated_at
    before = evaluate(facts, person, unit, now)
    after = evaluate(apply_correction(facts, correction, unit, now), person, unit, now)
    changed = _compare_duties(before, after)
    policy = unit.policies.on(unit.days.ordinal(now))
    return Effect(_sum_minutes(before), _sum_minutes(after), changed, _compare_cases(views, volunteer, changed, policy))


def _compare_duties(before: DayResult, after: DayResult) -> list[DutyChange]:
    """The duties that have another outcome, are new or are gone, in the order of the roster."""
    was, becomes = _list_outcomes(before), _list_outcomes(after)
    changes = [DutyChange(*key, was.get(key), becomes.get(key)) for key in {**was, **becomes}]
    return [change for change in changes if change.before != change.after]


def _list_outcomes(result: DayResult) -> dict[tuple[str, int], Outcome]:
    return {(duty.assignment.shift, duty.assignment.day): duty.outcome for duty in result.duties}


def _load_facts(views: Views, volunteer: int, day: int, correction: Correction) -> tuple[RunFacts, Person, UnitInForce]:
    """The facts of the days that are evaluated together, also with those that the correction would reach into."""
    facts, person, unit = views.load_day_facts(volunteer, day, None)
    begins, ends = find_reach(correction, unit)
    while begins < unit.days.start(facts.days[0]):
        facts = _join_facts(views.load_day_facts(volunteer, facts.days[0] - 1, None)[0], facts)
    while ends > unit.days.end(facts.days[-1]):
        facts = _join_facts(facts, views.load_day_facts(volunteer, facts.days[-1] + 1, None)[0])
    return facts, person, unit


def _join_facts(one: RunFacts, next_one: RunFacts) -> RunFacts:
    return RunFacts(
        [*one.days, *next_one.days],
        [*one.taps, *next_one.taps],
        [*one.roster, *next_one.roster],
        merge_corrections([one.corrections, next_one.corrections]),
    )


def _sum_minutes(result: DayResult) -> int:
    return sum(visit.credited.minutes for visit in result.visits)


# --- What the night would make of it ---


def _compare_cases(views: Views, volunteer: int, changed: Sequence[DutyChange], policy: Policy) -> list[CaseChange]:
    if not changed:
        return []
    absent, leave = _load_duties(views, volunteer, "absent"), _load_duties(views, volunteer, "leave")
    agreements = [day for (day,) in views.rows(AGREEMENTS, (volunteer,))]
    before = _find_grounds(absent, leave, agreements, policy)
    after = _find_grounds(
        _apply_changes(absent, "absent", changed), _apply_changes(leave, "leave", changed), agreements, policy
    )
    raised = [CaseChange(rule, raises=True, dates=after[rule, basis]) for rule, basis in sorted(after.keys() - before)]
    gone = [CaseChange(rule, raises=False, dates=before[rule, basis]) for rule, basis in sorted(before.keys() - after)]
    return [*raised, *gone]


def _find_grounds(
    absent: Sequence[EvidenceDuty], leave: Sequence[EvidenceDuty], agreements: Sequence[int], policy: Policy
) -> Mapping[tuple[str, str], int]:
    """How many duties each rule finds within which basis, where they are enough."""
    found = {("R-050", basis): len(duties) for basis, duties in find_unexcused_absences(absent, agreements, policy)}
    return found | {("R-051", basis): len(duties) for basis, duties in find_repeated_leave(leave, policy)}


def _apply_changes(
    duties: Sequence[EvidenceDuty], outcome: Outcome, changed: Sequence[DutyChange]
) -> list[EvidenceDuty]:
    """The duties of an outcome once some have another one."""
    left = {*duties}
    for change in changed:
        duty = EvidenceDuty(change.day, change.shift)
        if change.before == outcome:
            left.remove(duty)
        if change.after == outcome:
            left.add(duty)
    return sorted(left)


def _load_duties(views: Views, volunteer: int, outcome: str) -> list[EvidenceDuty]:
    return [EvidenceDuty(*row) for row in views.rows(_DUTIES, (volunteer, outcome))]


_DUTIES = "SELECT day, shift FROM duties WHERE volunteer=? AND outcome=? ORDER BY day, shift"
