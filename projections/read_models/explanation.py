"""Read model: the events in quarantine that bear on a volunteer's day.

Found the other way round: an event that cannot be read does not say whom it is about, but the streams of a volunteer's
day are known, because ids derive from what they identify.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from domain.ids import attendance_stream, corrections_stream, event_stream, shift_stream, unit_stream
from domain.log.lenient import UndecodableEvent
from domain.model.visits import TapInterpreter, Visit
from domain.spans import NEVER, Second
from projections.engine.day_source import DaySource
from projections.engine.stored_values import read_id
from projections.evaluation.credit import Stretch
from projections.evaluation.evaluate import EvaluatedVisit, VisitStatus, evaluate
from projections.evaluation.facts import Person, RunFacts, UnitInForce
from projections.evaluation.outcomes import DutyResult
from projections.evaluation.reasons import CREDIT_RULES, RULES, Reason
from projections.evaluation.windows import AccountKind, Window, build_windows, find_release_from
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


class ExplainedStretch(NamedTuple):
    """Part of a visit, credited or not, with its rule and what is behind it."""

    start: Second
    end: Second | None
    account_kind: AccountKind | None
    """The kind of window in which it is credited; None where it is not."""
    reason: Reason | None
    """Why it is not credited."""
    rule: str
    """The number of the rule that decided."""
    duty: str | None
    """The shift or event that it is credited to."""
    events: list[int]
    """Positions in the log, ascending."""

    @property
    def credited(self) -> bool:
        """Whether its minutes count."""
        return self.account_kind is not None


class ExplainedVisit(NamedTuple):
    """A visit that began on the day, and the stretches that cover it."""

    visit: Visit
    status: VisitStatus
    minutes: int
    """Credited."""
    stretches: list[ExplainedStretch]


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
    unit: UnitInForce
    trainings: list[TrainingDemand]
    """Of each category in which there was presence; empty where the policy demands none."""
    unsynchronised: list[UnsynchronisedTap]
    """Taps on an unsynchronised clock, also those that count on another day than it showed."""
    undecodable: list[UndecodableEvent]
    """Events that bear on the day and could not be decoded or applied: the explanation does without them."""

    @property
    def credited_minutes(self) -> int:
        """What the visits that began on the day are worth together."""
        return sum(visit.minutes for visit in self.visits)

    @property
    def stretches(self) -> list[ExplainedStretch]:
        """Those of all visits, in order."""
        return [stretch for visit in self.visits for stretch in visit.stretches]


def explain(views: DaySource, volunteer: int, day: date, as_of: Second | None = None) -> Explanation:
    """Evaluate a day again and list every stretch of its visits. `volunteer` is a key in the views."""
    ordinal = day.toordinal()
    facts, person, unit = views.load_day_facts(volunteer, ordinal, as_of)
    result = evaluate(facts, person, unit, views.evaluated_at)
    visits = [
        ExplainedVisit(
            found.visit,
            found.status,
            found.minutes,
            list(_explain_stretches(found, facts, unit, views, volunteer)),
        )
        for found in result.visits
        if found.visit.day == ordinal
    ]
    duties = [duty for duty in result.duties if duty.assignment.day == ordinal]
    taps = [*_explain_taps(facts, unit, ordinal, visits), *_load_refused_taps(views, volunteer, ordinal)]
    span = unit.days.start(ordinal), unit.days.end(ordinal)
    unsynchronised = list(list_unsynchronised_taps(views, volunteer, ordinal, span))
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
    met = (
        window.account.category
        for visit in visits
        for window in windows
        if unit.policies.on(visit.day).require_training and _meets(visit, window)
    )
    for category in dict.fromkeys(met):
        basic, special = person.basic_from, person.find_special_from(category)
        yield TrainingDemand(category, None if basic == NEVER else basic, None if special == NEVER else special)


def _meets(visit: Visit, window: Window) -> bool:
    return visit.check_in < window.end and window.start < (visit.check_out or visit.check_in + 1)


def _explain_stretches(
    visit: EvaluatedVisit, facts: RunFacts, unit: UnitInForce, views: DaySource, volunteer: int
) -> Iterator[ExplainedStretch]:
    for stretch in visit.stretches:
        account = stretch.account
        behind = {
            *visit.visit.positions,
            *_find_positions_of_duties(stretch, facts, unit),
            *_find_positions_of_person(stretch, views, volunteer),
        }
        kind = account.kind if account else None
        rule = CREDIT_RULES[kind] if kind else RULES[stretch.reason or "unscheduled"]
        duty = account.key or None if account else None
        yield ExplainedStretch(stretch.start, stretch.end, kind, stretch.reason, rule, duty, sorted(behind - {0}))


def _find_positions_of_duties(stretch: Stretch, facts: RunFacts, unit: UnitInForce) -> Iterator[int]:
    """The roster entries and events that meet the stretch: credited by them, or in spite of them not."""
    end = stretch.end or stretch.start + 1
    for duty in facts.roster:
        if duty.start < end and stretch.start < duty.end:
            yield duty.position
    for event in (*unit.events, *(one for near in unit.sessions.values() for one in near)):
        if event.start < end and stretch.start < event.end:
            yield event.position


def _find_positions_of_person(stretch: Stretch, views: DaySource, volunteer: int) -> Iterator[int]:
    """What of the person decided: trainings, or the turns of their standing."""
    if stretch.reason in ("before_training", "no_special_training"):
        table = "trainings"
    elif stretch.reason in ("suspended", "agreement_ended", "before_agreement"):
        table = "turns"
    else:
        return
    yield from (position for (position,) in views.rows(f"SELECT position FROM {table} WHERE volunteer=?", (volunteer,)))


# --- Taps ---

_get_instant = attrgetter("at")
"""Taps of one second stay in the order in which they were interpreted."""


def _explain_taps(facts: RunFacts, unit: UnitInForce, day: int, visits: list[ExplainedVisit]) -> Iterator[ExplainedTap]:
    """The taps of the day, and those of the next that end one of its visits; each with what it meant."""
    passages = TapInterpreter(unit.days, unit.policies, facts.corrections)
    behind = {position for visit in visits for position in visit.visit.positions}
    for tap in facts.taps:
        meaning = passages.interpret(tap)
        if unit.days.ordinal(tap.at) == day or tap.position in behind:
            yield ExplainedTap(tap.at, tap.kiosk, meaning, tap.position)


def _load_refused_taps(views: DaySource, volunteer: int, day: int) -> Iterator[ExplainedTap]:
    query = "SELECT at, kiosk, reason, position FROM refused WHERE volunteer=? AND day=? ORDER BY at, position"
    yield from (ExplainedTap(*row) for row in views.rows(query, (volunteer, day)))
