"""Read model: the events in quarantine that bear on a volunteer's day.

Found the other way round: an event that cannot be read does not say whom it is about, but the streams of a volunteer's
day are known, because ids derive from what they identify.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from domain.ids import attendance_stream, corrections_stream, event_stream, shift_stream, unit_stream
from domain.log.lenient import UndecodableEvent
from domain.model.visits import TapInterpreter, Visit
from domain.spans import NEVER, Second
from projections.engine.day_source import DaySource
from projections.engine.stored_values import read_id
from projections.evaluation.attendance_state import is_attendance_of
from projections.evaluation.credit import Stretch
from projections.evaluation.evaluate import EvaluatedVisit, VisitStatus, evaluate
from projections.evaluation.facts import Assignment, Person, RunFacts, UnitInForce
from projections.evaluation.outcomes import DutyResult
from projections.evaluation.windows import Window, build_windows, find_release_from, floor_minutes
from projections.read_models.explained_stretch import ExplainedStretch, explain_stretch
from projections.read_models.unsynchronised_taps import UnsynchronisedTap, list_unsynchronised_taps


def find_undecodable_events(views: DaySource, volunteer: int, day: date) -> list[UndecodableEvent]:
    """Those of a volunteer (a key in the views) and a service day, of their shifts and events, and of the unit."""
    found = views.quarantine
    if not found:
        return []
    streams = {stream.hex for stream in _list_streams(views, volunteer, day)}
    return [event for event in found if event.stream in streams]


def _list_streams(views: DaySource, volunteer: int, day: date) -> Iterator[UUID]:
    (who,) = next(views.rows("SELECT volunteer FROM people WHERE key = ?", (volunteer,)))
    volunteer_id = read_id(who)
    yield unit_stream()
    yield volunteer_id
    near = [day + timedelta(days=offset) for offset in (-1, 0, 1)]
    yield from (corrections_stream(volunteer_id, stored) for stored in near)
    for (kiosk,) in list(views.rows(_KIOSKS)):
        for shown in near:
            yield attendance_stream(volunteer_id, shown, kiosk)
    values = (volunteer, day.toordinal())
    yield from (shift_stream(name) for (name,) in views.rows(_SHIFTS, values))
    yield from (event_stream(name) for (name,) in views.rows("SELECT event FROM events WHERE day = ?", values[1:]))


_KIOSKS = "SELECT kiosk FROM taps UNION SELECT kiosk FROM refused"
_SHIFTS = "SELECT shift FROM roster WHERE volunteer = ? AND day = ?"


class ExplainedVisit(NamedTuple):
    """A visit that bears on the day, and the stretches that cover it."""

    visit: Visit
    status: VisitStatus
    minutes: int
    """Credited on the explained day."""
    minutes_elsewhere: Mapping[date, int]
    """Credited on other service days: their duties reach into the visit."""
    stretches: list[ExplainedStretch]
    grace: list[ExplainedStretch]
    """What the grace credits before its check-in."""
    last_duty_end: Second | None
    """Of the duties, of any service day, that are attended by it; None where there is none."""

    @property
    def minutes_in_all(self) -> int:
        """Credited, on whatever service day: what the visit is worth."""
        return self.minutes + sum(self.minutes_elsewhere.values())


class ExplainedTap(NamedTuple):
    """A tap, and what it meant after those before it, or why it was refused."""

    at: Second
    kiosk: str
    outcome: str
    """`checked_in`, `checked_out`, `repeated`, `unmatched`, or the reason of a refusal."""
    position: int


class TrainingDemand(NamedTuple):
    """The trainings that presence in a category had to have behind it (R-002, R-005)."""

    category: str | None
    """None where neither duty nor unit names one: basic training alone is demanded."""
    basic_from: Second | None
    """From when on it counts; None while it is not on file."""
    special_from: Second | None
    """The same of the special training of the category."""


class Explanation(NamedTuple):
    """One volunteer's service day."""

    date: date
    duties: list[DutyResult]
    taps: list[ExplainedTap]
    visits: list[ExplainedVisit]
    """Those that began on the day, and those of its neighbours that count, or could, for a duty of the day."""
    unit: UnitInForce
    trainings: list[TrainingDemand]
    """Of each category in which there was presence; empty where the policy demands none."""
    unsynchronised: list[UnsynchronisedTap]
    """Taps on an unsynchronised clock, also those that count on another day than it showed."""
    undecodable: list[UndecodableEvent]
    """Events that bear on the day and could not be decoded or applied: the explanation does without them."""

    @property
    def credited_minutes(self) -> int:
        """What the day is worth: its shifts, and what was served at events and in opening hours."""
        return sum(visit.minutes for visit in self.visits)

    @property
    def stretches(self) -> list[ExplainedStretch]:
        """Those of all visits, in order, each visit with its grace before it."""
        return [stretch for visit in self.visits for stretch in (*visit.grace, *visit.stretches)]


def explain(views: DaySource, volunteer: int, day: date, as_of: Second | None = None) -> Explanation:
    """Evaluate a day again and list every stretch of its visits. `volunteer` is a key in the views."""
    ordinal = day.toordinal()
    facts, person, unit = views.load_day_facts(volunteer, ordinal, as_of)
    result = evaluate(facts, person, unit, views.evaluated_at)
    duties = [duty for duty in result.duties if duty.assignment.day == ordinal]
    attended = [duty.assignment for duty in result.duties if duty.outcome in ("attended", "no_check_out")]
    explain_one = partial(explain_stretch, facts=facts, unit=unit, views=views, volunteer=volunteer)
    visits = [
        _explain_visit(found, minutes, ordinal, explain_one, _find_last_duty_end(found.visit, attended, unit))
        for found, minutes in zip(result.visits, _sum_minutes_by_day(result.visits), strict=True)
        if _bears_on_day(found, ordinal, duties, unit)
    ]
    taps = [*_explain_taps(facts, unit, ordinal, visits), *_load_refused_taps(views, volunteer, ordinal)]
    unsynchronised = list(_list_unsynchronised_taps(views, volunteer, ordinal, visits, unit))
    present = [found.visit for found in visits]
    served = [duty for duty in facts.roster if not find_release_from(duty, person)]
    trainings = list(_list_demands(present, build_windows(served, present, person, unit), person, unit))
    undecodable = find_undecodable_events(views, volunteer, day)
    return Explanation(
        day, duties, sorted(taps, key=_get_instant), visits, unit, trainings, unsynchronised, undecodable
    )


def _list_demands(
    visits: list[Visit], windows: list[Window], person: Person, unit: UnitInForce
) -> Iterator[TrainingDemand]:
    met = (window.account.category for visit in visits for window in windows if _has_demand(visit, window, unit))
    for category in dict.fromkeys(met):
        basic, special = person.basic_from, person.find_special_from(category)
        yield TrainingDemand(category, None if basic == NEVER else basic, None if special == NEVER else special)


def _has_demand(visit: Visit, window: Window, unit: UnitInForce) -> bool:
    """Whether a visit counts there, or would once it has an end, if only the trainings do."""
    policy = unit.policies.on(visit.day)
    return policy.require_training and is_attendance_of(visit, window, policy)


# --- Visits ---


def _bears_on_day(found: EvaluatedVisit, day: int, duties: list[DutyResult], unit: UnitInForce) -> bool:
    """Whether a visit of the run began on the day, is credited on it, or decides whether a duty of it is attended."""
    visit, policy = found.visit, unit.policies.on(day)
    return (
        visit.day == day
        or any(account.day == day for _, account, _ in found.credited)
        or any(is_attendance_of(visit, duty.assignment, policy) for duty in duties)
    )


def _sum_minutes_by_day(visits: Iterable[EvaluatedVisit]) -> Iterator[dict[int, int]]:
    """The minutes by which each visit lets the accounts of each service day grow, floored once an account."""
    sums = defaultdict[int, int](int)
    for visit in visits:
        minutes = defaultdict[int, int](int)
        for stretch, account, end in visit.credited:
            before = sums[id(account)]
            sums[id(account)] = seconds = before + end - stretch.start
            minutes[account.day] += floor_minutes(seconds) - floor_minutes(before)
        yield minutes


def _find_last_duty_end(visit: Visit, attended: Iterable[Assignment], unit: UnitInForce) -> Second | None:
    policy = unit.policies.on(visit.day)
    return max((duty.end for duty in attended if is_attendance_of(visit, duty, policy)), default=None)


def _explain_visit(
    found: EvaluatedVisit,
    minutes: Mapping[int, int],
    day: int,
    explain_one: Callable[[Stretch, Visit], ExplainedStretch],
    last_duty_end: Second | None,
) -> ExplainedVisit:
    return ExplainedVisit(
        found.visit,
        found.status,
        minutes.get(day, 0),
        {date.fromordinal(other): minutes[other] for other in sorted(minutes) if other != day},
        [explain_one(one, found.visit) for one in found.stretches],
        [explain_one(one, found.visit) for one in found.grace],
        last_duty_end,
    )


# --- Taps ---

_get_instant = attrgetter("at")
"""Taps of one second stay in the order in which they were interpreted."""


def _explain_taps(facts: RunFacts, unit: UnitInForce, day: int, visits: list[ExplainedVisit]) -> Iterator[ExplainedTap]:
    """The taps of the day, and those of its neighbours that are behind a visit; each with what it meant."""
    passages = TapInterpreter(unit.days, unit.policies, facts.corrections)
    behind = {position for visit in visits for position in visit.visit.positions}
    for tap in facts.taps:
        meaning = passages.interpret(tap)
        if unit.days.ordinal(tap.at) == day or tap.position in behind:
            yield ExplainedTap(tap.at, tap.kiosk, meaning, tap.position)


def _list_unsynchronised_taps(
    views: DaySource, volunteer: int, day: int, visits: list[ExplainedVisit], unit: UnitInForce
) -> Iterator[UnsynchronisedTap]:
    """Those of the day, and those of its neighbours that are behind a visit."""
    behind = {position for visit in visits for position in visit.visit.positions}
    listed = set[int]()  # a clock that was wrong over the turn showed one day, and the tap counts on another
    for one in sorted({day, *(visit.visit.day for visit in visits)}):
        for tap in list_unsynchronised_taps(views, volunteer, one, (unit.days.start(one), unit.days.end(one))):
            if tap.position not in listed and (one == day or tap.position in behind):
                listed.add(tap.position)
                yield tap


def _load_refused_taps(views: DaySource, volunteer: int, day: int) -> Iterator[ExplainedTap]:
    query = "SELECT at, kiosk, reason, position FROM refused WHERE volunteer=? AND day=? ORDER BY at, position"
    yield from (ExplainedTap(*row) for row in views.rows(query, (volunteer, day)))
