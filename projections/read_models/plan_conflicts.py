"""Read model: what speaks against a planned duty, before it is saved and after.

Rule: nothing here refuses. A double booking, a closed day (R-048), a visiting desk that is not there (R-027), a leave,
a standing, a missing training (R-002, R-005), a half-day that has its volunteer already (R-040) and a week above or
below its hours (R-041) are said, and a person decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from domain.calendar import WORKING_DAYS
from domain.spans import Second, Span
from projections.engine.views import Views
from projections.evaluation.facts import Person, UnitInForce
from projections.read_models.desk_sessions import lacks_desk, load_desk_calendars
from projections.read_models.plan import ASSIGNED_STATES, PlannedDuty, list_planned_duties

ConflictKind = Literal[
    "past",
    "weekend",
    "holiday",
    "not_open",
    "no_desk_session",
    "occupied",
    "double",
    "leave",
    "suspended",
    "agreement_ended",
    "before_agreement",
    "before_training",
    "no_special_training",
    "week_over",
    "week_under",
]
REMARKS: frozenset[ConflictKind] = frozenset({"before_training", "no_special_training", "week_over", "week_under"})
"""What is worth saying and no reason to leave a duty out: the person comes, some minutes may not count."""
DAYS_A_WEEK = 7


class Conflict(NamedTuple):
    """Something that speaks against a duty."""

    kind: ConflictKind
    volunteer: UUID | None = None
    """Whom it is about; None where it is about the duty itself."""
    other: PlannedDuty | None = None
    """The duty that it does not fit to."""
    minutes: int = 0
    """What the week comes to."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What duties are compared with."""

    unit: UnitInForce
    people: Mapping[UUID, Person]
    duties: Sequence[PlannedDuty]
    """Those that stand, of all weeks that are touched."""
    now: Second
    desks: Mapping[str, Sequence[Span]]
    """When a visiting desk is at each post that has a calendar."""


def load_plan_facts(views: Views, unit: UnitInForce, proposed: Iterable[PlannedDuty], now: Second) -> PlanFacts:
    """The facts about the weeks of some duties, and the day before and after. Raises: ViewsDamaged."""
    days = [duty.day for duty in proposed] or [unit.days.ordinal(now)]
    first, last = _find_monday(min(days)) - 1, _find_monday(max(days)) + DAYS_A_WEEK
    desks = load_desk_calendars(views, unit.days.start(first), unit.days.start(last + 1))
    return PlanFacts(unit, views.load_people(unit), list_planned_duties(views, first, last), now, desks)


def find_conflicts(proposed: Sequence[PlannedDuty], facts: PlanFacts) -> dict[str, list[Conflict]]:
    """What speaks against each of these duties, by shift; a duty that stands already is compared with the others."""
    comparison = _Comparison(proposed, facts)
    return {duty.shift: list(comparison.list_conflicts(duty)) for duty in proposed}


class _Comparison:
    """Duties that stand and duties that are proposed, together."""

    def __init__(self, proposed: Sequence[PlannedDuty], facts: PlanFacts) -> None:
        self._facts = facts
        standing = {duty.shift: duty for duty in facts.duties if not duty.is_cancelled}
        duties = (standing | {duty.shift: duty for duty in proposed}).values()
        self._whole = range(min((d.day for d in proposed), default=0), max((d.day for d in proposed), default=0) + 1)
        self._weeks: dict[tuple[UUID, int], list[PlannedDuty]] = defaultdict(list)
        self._leaves: dict[tuple[UUID, int], PlannedDuty] = {}
        self._at_post: dict[tuple[int, str | None], list[PlannedDuty]] = defaultdict(list)
        for duty in duties:
            self._at_post[duty.day, duty.post].append(duty)
            for volunteer, state in duty.people:
                if state in ASSIGNED_STATES:
                    self._weeks[volunteer, _find_monday(duty.day)].append(duty)
                elif state != "handed_over":
                    self._leaves[volunteer, duty.day] = duty

    def list_conflicts(self, duty: PlannedDuty) -> Iterator[Conflict]:
        """First what is about the duty, then about each volunteer."""
        if duty.start <= self._facts.now:
            yield Conflict("past")
        if closure := self._facts.unit.open_days.find_closure(date.fromordinal(duty.day)):
            yield Conflict(closure)
        if lacks_desk(self._facts.desks, duty.post, (duty.start, duty.end)):
            yield Conflict("no_desk_session")
        for other in self._at_post[duty.day, duty.post]:
            if _overlap(duty, other):
                yield Conflict("occupied", other=other)
        for volunteer in duty.assigned:
            yield from self._list_of_volunteer(duty, volunteer)

    def _list_of_volunteer(self, duty: PlannedDuty, volunteer: UUID) -> Iterator[Conflict]:
        for other in self._list_around(duty, volunteer):
            if _overlap(duty, other):
                yield Conflict("double", volunteer, other)
        leave = self._leaves.get((volunteer, duty.day))
        if leave and leave.shift != duty.shift:
            yield Conflict("leave", volunteer, leave)
        person = self._facts.people.get(volunteer)
        if person:
            yield from self._list_of_standing(duty, volunteer, person)
        yield from self._compare_week(duty, volunteer)

    def _list_around(self, duty: PlannedDuty, volunteer: UUID) -> Iterator[PlannedDuty]:
        """The duties of a volunteer that can be at the same time: a duty may last over the turn of the week."""
        monday = _find_monday(duty.day)
        for week in (monday - DAYS_A_WEEK, monday, monday + DAYS_A_WEEK):
            yield from self._weeks.get((volunteer, week), ())

    def _list_of_standing(self, duty: PlannedDuty, volunteer: UUID, person: Person) -> Iterator[Conflict]:
        standing = person.standing(duty.day)
        if standing != "in_service":
            yield Conflict(standing, volunteer)
        if not self._facts.unit.policies.on(duty.day).require_training:
            return
        if person.basic_from > duty.start:
            yield Conflict("before_training", volunteer)
        elif person.find_special_from(duty.category or self._facts.unit.category) > duty.start:
            yield Conflict("no_special_training", volunteer)

    # --- The weekly hours (R-041) ---

    def _compare_week(self, duty: PlannedDuty, volunteer: UUID) -> Iterator[Conflict]:
        monday = _find_monday(duty.day)
        minutes = sum(one.end - one.start for one in self._weeks[volunteer, monday]) // 60
        target = self._facts.unit.policies.on(duty.day).weekly_target_minutes
        if minutes > target:
            yield Conflict("week_over", volunteer, minutes=minutes)
        elif minutes < target and self._is_full(monday, volunteer):
            yield Conflict("week_under", volunteer, minutes=minutes)

    def _is_full(self, monday: int, volunteer: UUID) -> bool:
        """Whether a week is planned from Monday to Friday, without a holiday or a leave: others have no target."""
        days = range(monday, monday + len(WORKING_DAYS))
        return (
            days[0] in self._whole
            and days[-1] in self._whole
            and not any(self._facts.unit.open_days.find_closure(date.fromordinal(day)) for day in days)
            and not any((volunteer, monday + n) in self._leaves for n in range(DAYS_A_WEEK))
        )


def _overlap(duty: PlannedDuty, other: PlannedDuty) -> bool:
    return other.shift != duty.shift and duty.start < other.end and other.start < duty.end


def _find_monday(day: int) -> int:
    return day - date.fromordinal(day).weekday()
