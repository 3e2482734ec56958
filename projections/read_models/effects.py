"""What differs between two states of the views, by volunteer: minutes, outcomes and cases before and after.

Rule: nothing is evaluated here. Both sides are asked the same questions as ever.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from projections.engine.views import Views
from projections.evaluation.outcomes import Outcome
from projections.read_models.exit_triggers import find_exit_triggers
from projections.read_models.hours import list_hours
from projections.read_models.what_if import DutyChange


class VolunteerEffect(NamedTuple):
    """What differs for one volunteer."""

    volunteer: UUID
    minutes_before: int = 0
    minutes_after: int = 0
    duties: tuple[DutyChange, ...] = ()
    """With another outcome, new or gone; by service day."""
    raised: tuple[str, ...] = ()
    """Rules by which the next night would raise a case, and does not before."""
    withdrawn: tuple[str, ...] = ()
    """Rules of which a case would lose its grounds."""


def list_effects(before: Views, after: Views) -> list[VolunteerEffect]:
    """Of every volunteer with credit, another outcome, or another case on either side, also where nothing changes."""
    minutes_before = {row.volunteer: row.minutes for row in list_hours(before)}
    minutes_after = {row.volunteer: row.minutes for row in list_hours(after)}
    duties = _find_duty_changes(before, after)
    cases_before, cases_after = _list_cases(before), _list_cases(after)
    people = minutes_before.keys() | minutes_after.keys() | duties.keys() | cases_before.keys() | cases_after.keys()
    return [
        VolunteerEffect(
            who,
            minutes_before.get(who, 0),
            minutes_after.get(who, 0),
            tuple(duties.get(who, ())),
            _list_rules(cases_after[who] - cases_before[who]),
            _list_rules(cases_before[who] - cases_after[who]),
        )
        for who in sorted(people)
    ]


# --- Duties ---


def _find_duty_changes(before: Views, after: Views) -> dict[UUID, list[DutyChange]]:
    """A duty that was moved to another day is the same duty: a volunteer has one part in a shift."""
    changes: dict[tuple[bytes, str], DutyChange] = {}
    for (who, day, shift, outcome), is_after in _list_unpaired(before.rows(_DUTIES), after.rows(_DUTIES)):
        known = changes.get((who, shift), DutyChange(shift, day, None, None))
        changes[who, shift] = known._replace(day=day, after=outcome) if is_after else known._replace(before=outcome)
    found: dict[UUID, list[DutyChange]] = defaultdict(list)
    for (who, _), change in changes.items():
        if change.before != change.after:
            found[UUID(bytes=who)].append(change)
    return {who: sorted(of_one, key=_DUTY_ORDER) for who, of_one in found.items()}


DutyRow = tuple[bytes, int, str, Outcome]


def _list_unpaired(before: Iterator[Any], after: Iterator[Any]) -> Iterator[tuple[DutyRow, bool]]:
    """The rows of one side alone, and whether that is the second. Both are sorted: none is held."""
    marked = merge(((row, False) for row in before), ((row, True) for row in after))
    for row, sides in groupby(marked, key=itemgetter(0)):
        (_, is_after), *others = sides
        if not others:
            yield row, is_after


_DUTY_ORDER = itemgetter(1, 0)
_DUTIES = """
SELECT p.volunteer, d.day, d.shift, d.outcome FROM duties d JOIN people p ON p.key = d.volunteer ORDER BY 1, 2, 3
"""

# --- Cases ---


def _list_cases(views: Views) -> dict[UUID, set[tuple[str, str]]]:
    """Rule and basis of each case that there are grounds for, by volunteer (R-050 to R-053)."""
    unit = views.load_unit()
    today = unit.days.ordinal(views.evaluated_at)
    found: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for trigger in find_exit_triggers(views, date.fromordinal(today), unit.policies.on(today)):
        found[trigger.volunteer_id].add((trigger.rule, trigger.basis))
    return found


def _list_rules(cases: set[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(rule for rule, _ in cases))
