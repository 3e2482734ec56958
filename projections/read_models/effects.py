"""What differs between two states of the views, by volunteer: minutes, duties and cases before and after.

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

from domain.model.exit_case import group_triggers, list_cases_after
from projections.engine.stored_values import read_id
from projections.engine.views import Views
from projections.evaluation.outcomes import Outcome
from projections.read_models.day_filter import EVERYTHING, DayFilter
from projections.read_models.day_findings import load_known_cases
from projections.read_models.exit_triggers import find_exit_triggers
from projections.read_models.hours import list_hours


class DutyChange(NamedTuple):
    """A duty that would have another outcome, or other minutes late or early."""

    shift: str
    day: int
    before: Outcome | None
    """None where there is no such duty."""
    after: Outcome | None
    late: tuple[int, int] = (0, 0)
    """Minutes by which the volunteer came late, before and after."""
    early: tuple[int, int] = (0, 0)
    """Minutes by which they left early, before and after."""

    @property
    def has_other_outcome(self) -> bool:
        """Whether it is new, gone, or ends in another way."""
        return self.before != self.after

    @property
    def has_other_minutes(self) -> bool:
        """Whether its minutes late or early are others."""
        return self.late[0] != self.late[1] or self.early[0] != self.early[1]


class Grounds(NamedTuple):
    """Of a case: its rule, and how many dates of evidence there would be for it, or were."""

    rule: str
    dates: int


class VolunteerEffect(NamedTuple):
    """What differs for one volunteer."""

    volunteer: UUID
    minutes_before: int = 0
    minutes_after: int = 0
    duties: tuple[DutyChange, ...] = ()
    """With another outcome or other minutes late or early, new or gone; by service day."""
    raised: tuple[Grounds, ...] = ()
    """Cases that there would be after the next night, and would not be without what is compared."""
    withdrawn: tuple[Grounds, ...] = ()
    """Cases that there would not be after the next night, and would be without it; none that was decided."""

    @property
    def change(self) -> int:
        """Minutes more, or fewer where it is negative."""
        return self.minutes_after - self.minutes_before


def list_effects(before: Views, after: Views, day_filter: DayFilter = EVERYTHING) -> list[VolunteerEffect]:
    """Of every volunteer with credit, a duty that differs, or a case on either side, also where nothing changes.

    The filter is of the days whose minutes and duties are compared; a case may rest on others of that volunteer too.
    """
    minutes_before = {row.volunteer: row.minutes for row in list_hours(before, day_filter)}
    minutes_after = {row.volunteer: row.minutes for row in list_hours(after, day_filter)}
    duties = _find_duty_changes(before, after, day_filter)
    cases_before, cases_after = (_list_cases(views, day_filter.volunteer) for views in (before, after))
    people = minutes_before.keys() | minutes_after.keys() | duties.keys() | cases_before.keys() | cases_after.keys()
    return [
        VolunteerEffect(
            who,
            minutes_before.get(who, 0),
            minutes_after.get(who, 0),
            tuple(duties.get(who, ())),
            _list_others(cases_after[who], cases_before[who]),
            _list_others(cases_before[who], cases_after[who]),
        )
        for who in sorted(people)
    ]


# --- Duties ---


def _find_duty_changes(before: Views, after: Views, day_filter: DayFilter) -> dict[UUID, list[DutyChange]]:
    """A duty that was moved to another day is the same duty: a volunteer has one part in a shift."""
    query = _DUTIES.format(where="TRUE" if day_filter == EVERYTHING else day_filter.where)  # read in order then
    sides = (views.rows(query, day_filter.values) for views in (before, after))
    changes: dict[tuple[bytes, str], DutyChange] = {}
    for row, is_after in _list_unpaired(*sides):
        who, day, shift = row[:3]
        known = changes.get((who, shift), DutyChange(shift, day, None, None))
        changes[who, shift] = _set_side(known, row, is_after=is_after)
    found: dict[UUID, list[DutyChange]] = defaultdict(list)
    for (who, _), change in changes.items():
        if change.has_other_outcome or change.has_other_minutes:
            found[read_id(who)].append(change)
    return {who: sorted(of_one, key=_DUTY_ORDER) for who, of_one in found.items()}


def _set_side(known: DutyChange, row: "DutyRow", *, is_after: bool) -> DutyChange:
    _, day, _, outcome, late, early = row
    if is_after:
        return known._replace(day=day, after=outcome, late=(known.late[0], late), early=(known.early[0], early))
    return known._replace(before=outcome, late=(late, known.late[1]), early=(early, known.early[1]))


DutyRow = tuple[bytes, int, str, Outcome, int, int]


def _list_unpaired(before: Iterator[Any], after: Iterator[Any]) -> Iterator[tuple[DutyRow, bool]]:
    """The rows of one side alone, and whether that is the second. Both are sorted: none is held."""
    marked = merge(((row, False) for row in before), ((row, True) for row in after))
    for row, sides in groupby(marked, key=itemgetter(0)):
        (_, is_after), *others = sides
        if not others:
            yield row, is_after


_DUTY_ORDER = itemgetter(1, 0)
_DUTIES = """
SELECT who, day, shift, outcome, late, early
FROM duties JOIN (SELECT key, volunteer AS who FROM people) ON key = volunteer
WHERE {where} ORDER BY 1, 2, 3
"""

# --- Cases ---

Cases = dict[tuple[str, str], list[int]]
"""How many dates of evidence each case has, the oldest first, by rule and basis."""


def _list_cases(views: Views, volunteer: int | None) -> dict[UUID, Cases]:
    """The cases that there would be after the next night, the decided ones too, by volunteer (R-050 to R-053)."""
    unit = views.load_unit()
    today = unit.days.ordinal(views.evaluated_at)
    known = load_known_cases(views, volunteer)
    triggers = find_exit_triggers(views, date.fromordinal(today), unit.policies.on(today), volunteer)
    found: dict[UUID, Cases] = defaultdict(dict)
    for (who, rule), of_rule in group_triggers(known, triggers).items():
        for case in list_cases_after(known.get((who, rule), ()), of_rule):
            found[who].setdefault((rule, case.basis), []).append(len(case.evidence))
    return found


def _list_others(cases: Cases, known: Cases) -> tuple[Grounds, ...]:
    """The cases that are not known: of a rule and a basis the latest."""
    return tuple(
        Grounds(rule, dates)
        for rule, basis in sorted(cases)
        for dates in cases[rule, basis][len(known.get((rule, basis), ())) :]
    )
