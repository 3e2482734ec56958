"""What a policy would change of the days that are over, before it is adopted: minutes and outcomes by volunteer.

Rule: evaluated twice by the one pure evaluation, under the policies as they are and with the new one among them.
"""

from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from domain.policy import Adoption
from projections.engine.views import Views
from projections.evaluation.evaluate import DayResult, evaluate


class VolunteerChange(NamedTuple):
    """What would change for one volunteer."""

    volunteer: UUID
    minutes_before: int
    minutes_after: int
    outcomes: int
    """Duties that would have another outcome."""


def preview_policy(views: Views, adoption: Adoption) -> list[VolunteerChange] | None:
    """Every volunteer for whom it would change anything, the greatest change of minutes first.

    None where it moves the end of a service day: what is filed by day would have to be filed anew. `views` are caught
    up.
    """
    unit = views.load_unit()
    policies = unit.policies.with_adoption(adoption)
    if policies.day_ends != unit.policies.day_ends:
        return None
    changed = replace(unit, policies=policies)
    now, sums = views.evaluated_at, defaultdict[UUID, list[int]](lambda: [0, 0, 0])
    first = adoption.effective_from.toordinal()
    for volunteer, facts, person in views.read_day_facts(first, unit.days.ordinal(now)):
        before, after = evaluate(facts, person, unit, now), evaluate(facts, person, changed, now)
        differing = zip(before.duties, after.duties, strict=True)
        found = (
            _sum_minutes(before),
            _sum_minutes(after),
            sum(one.outcome != other.outcome for one, other in differing),
        )
        sums[volunteer] = [total + part for total, part in zip(sums[volunteer], found, strict=True)]
    rows = [VolunteerChange(volunteer, *totals) for volunteer, totals in sums.items()]
    moved = [row for row in rows if row.minutes_before != row.minutes_after or row.outcomes]
    return sorted(moved, key=lambda row: (-abs(row.minutes_after - row.minutes_before), -row.outcomes, row.volunteer))


def _sum_minutes(result: DayResult) -> int:
    return sum(visit.credited.minutes for visit in result.visits)
