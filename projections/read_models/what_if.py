"""A volunteer's day as it would be after a settlement: a correction, a duty, or one taken back.

Rule: the one pure evaluation says so, from the facts of the day with the hypothetical settlement among them. Nothing is
written, so what is shown is what will be.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from domain.log.event_log import EventLog
from domain.model.visits import merge_corrections
from domain.spans import Second
from projections.engine.hypothetical_views import HeldViews, views_with
from projections.engine.views import Views
from projections.evaluation.facts import Person, RunFacts, UnitInForce
from projections.read_models.day_filter import DayFilter
from projections.read_models.explanation import Explanation
from projections.read_models.settlements import Arriving, Closing, Correction, apply_correction, find_reach


class WithoutCard(NamedTuple):
    """What the desk records of a volunteer without the card at an instant (R-036)."""

    correction: Arriving | Closing
    """Closing where they are in."""
    last: Second | None
    """When they came or left last; None where no visit bears on that day."""
    counts_from: Second
    """From when on they can be recorded again (decision 9)."""


def suggest_without_card(explanation: Explanation, at: Second) -> WithoutCard:
    """An arrival, or the departure of a volunteer who is in. `explanation` is of the service day of the instant.

    A visit of another service day that is open still is behind them, as at the door (decision 8).
    """
    visits = [found.visit for found in explanation.visits if not found.visit.void]
    if not visits:
        return WithoutCard(Arriving(at), None, at)
    last, today = visits[-1], explanation.date.toordinal()
    last_at = last.check_out or last.check_in
    is_in = last.check_out is None and last.day == today
    counts_from = last_at + explanation.unit.policies.on(today).debounce_seconds
    return WithoutCard(Closing(last.check_in, at) if is_in else Arriving(at), last_at, counts_from)


# --- Before it is made ---


@contextmanager
def views_after(
    log: EventLog, before: HeldViews, volunteer: int, day: date, correction: Correction
) -> Generator[tuple[Views, DayFilter]]:
    """The views as they would be after a correction of a volunteer's day, and the days that it may concern.

    `volunteer` is a key in them.
    """
    facts, person, unit = _load_facts(before, volunteer, day.toordinal(), correction)
    settled = apply_correction(facts, correction, unit, before.evaluated_at)
    first, last = (date.fromordinal(ordinal) for ordinal in (facts.days[0], facts.days[-1]))
    with views_with(log, before, settled, person, unit) as after:
        yield after, DayFilter(first, last, volunteer)


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
