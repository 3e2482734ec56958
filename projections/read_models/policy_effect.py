"""What a policy would change of each volunteer: minutes, outcomes and cases under it beside those that stand.

Rule: nothing is evaluated here. Both sides are asked the same questions as ever.
"""

from collections import Counter, defaultdict
from datetime import date
from typing import NamedTuple
from uuid import UUID

from projections.engine.as_of import HypotheticalViews
from projections.engine.views import Views
from projections.read_models.exit_triggers import find_exit_triggers
from projections.read_models.hours import list_hours


class PolicyEffect(NamedTuple):
    """What would change for one volunteer."""

    volunteer: UUID
    minutes_before: int
    minutes_after: int
    outcomes: int
    """Duties that would have another outcome."""
    raised: list[str]
    """Rules by which the next night would raise a case, and does not now."""
    withdrawn: list[str]
    """Rules of which a case would lose its grounds."""


def list_policy_effects(live: Views, under: HypotheticalViews) -> list[PolicyEffect]:
    """Of every volunteer with credit, another outcome, or another case on either side, also where nothing changes."""
    before = {row.volunteer: row.minutes for row in list_hours(live)}
    after = {row.volunteer: row.minutes for row in list_hours(under)}
    outcomes = Counter({UUID(bytes=who): count for who, count in under.rows(_OTHER_OUTCOMES)})
    rules_before, rules_after = _list_cases(live), _list_cases(under)
    people = before.keys() | after.keys() | outcomes.keys() | rules_before.keys() | rules_after.keys()
    return [
        PolicyEffect(
            who,
            before.get(who, 0),
            after.get(who, 0),
            outcomes[who],
            _list_rules(rules_after[who] - rules_before[who]),
            _list_rules(rules_before[who] - rules_after[who]),
        )
        for who in sorted(people)
    ]


def _list_cases(views: Views) -> dict[UUID, set[tuple[str, str]]]:
    """Rule and basis of each case that there are grounds for, by volunteer (R-050 to R-053)."""
    unit = views.load_unit()
    today = unit.days.ordinal(views.evaluated_at)
    found: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for trigger in find_exit_triggers(views, date.fromordinal(today), unit.policies.on(today)):
        found[trigger.volunteer_id].add((trigger.rule, trigger.basis))
    return found


def _list_rules(cases: set[tuple[str, str]]) -> list[str]:
    return sorted(rule for rule, _ in cases)


_OTHER_OUTCOMES = """
SELECT p.volunteer, count(*) FROM main.duties a JOIN live.duties b USING (volunteer, day, shift)
JOIN live.people p ON p.key = a.volunteer WHERE a.outcome <> b.outcome GROUP BY 1
"""
