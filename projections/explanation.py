"""Why each minute of a volunteer's day counts or does not, and the events behind it (R-126).

Reckoned by the same function that gives credit everywhere, from the same facts; only told in full.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.spans import Second
from projections.reckoning.credit import Stretch
from projections.reckoning.facts import RunFacts, UnitInForce
from projections.reckoning.reasons import CATALOGUE, CREDITED, Entry
from projections.reckoning.reckon import Reckoned, ReckonedVisit, reckon
from projections.views import Views


class ExplainedStretch(NamedTuple):
    """Part of a visit, credited or not, with its rule and what is behind it."""

    start: Second
    end: Second | None
    credited: bool
    reason: str | None
    rule: Entry
    duty: str | None
    """The shift or event that it is credited to."""
    events: list[int]
    """Positions in the log, ascending."""


class Explanation(NamedTuple):
    """One volunteer's service day."""

    date: date
    credited_minutes: int
    stretches: list[ExplainedStretch]
    facts: RunFacts
    reckoned: Reckoned
    unit: UnitInForce


def explain(views: Views, volunteer: int, day: date, as_of: Second | None = None) -> Explanation:
    """Reckon a day again and tell every stretch of its visits. `volunteer` is a key in the views."""
    facts, person, unit = views.facts_of(volunteer, day.toordinal(), as_of)
    reckoned = reckon(facts, person, unit, views.reckoned_at)
    of_day = [visit for visit in reckoned.visits if visit.visit.day == day.toordinal()]
    stretches = [told for visit in of_day for told in _told(visit, facts, unit, views, volunteer)]
    return Explanation(day, sum(v.credited.minutes for v in of_day), stretches, facts, reckoned, unit)


def _told(
    visit: ReckonedVisit, facts: RunFacts, unit: UnitInForce, views: Views, volunteer: int
) -> Iterator[ExplainedStretch]:
    for stretch in visit.credited.stretches:
        account = stretch.account
        behind = {*visit.visit.positions, *_behind(stretch, facts, unit), *_of_person(stretch, views, volunteer)}
        rule = CREDITED[account.kind] if account else CATALOGUE[stretch.reason or "unscheduled"]
        duty = account.key or None if account else None
        yield ExplainedStretch(
            stretch.start, stretch.end, account is not None, stretch.reason, rule, duty, sorted(behind - {0})
        )


def _behind(stretch: Stretch, facts: RunFacts, unit: UnitInForce) -> Iterator[int]:
    """The roster entries and events that meet the stretch: credited by them, or in spite of them not."""
    end = stretch.end or stretch.start + 1
    for duty in facts.roster:
        if duty.start < end and stretch.start < duty.end:
            yield duty.position
    for event in unit.events:
        if event.start < end and stretch.start < event.end:
            yield event.position


def _of_person(stretch: Stretch, views: Views, volunteer: int) -> Iterator[int]:
    """What of the person decided: trainings, or the turns of their standing."""
    if stretch.reason in ("before_training", "no_special_training"):
        table = "trainings"
    elif stretch.reason in ("suspended", "agreement_ended"):
        table = "turns"
    else:
        return
    yield from (position for (position,) in views.rows(f"SELECT position FROM {table} WHERE volunteer=?", (volunteer,)))
