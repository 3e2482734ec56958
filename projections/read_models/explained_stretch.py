"""Part of a visit, explained: by which rule it counts or does not, for which duty and day, and the events behind it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from domain.model.visits import Visit
from domain.spans import Second
from projections.engine.day_source import DaySource
from projections.evaluation.credit import Stretch
from projections.evaluation.facts import RunFacts, UnitInForce
from projections.evaluation.reasons import CREDIT_RULES, PARAMETER_RULES, RULES, CreditParameter, Reason
from projections.evaluation.windows import AccountKind


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
    counts_on: date | None
    """The service day whose minutes it adds to; None where it is not credited."""
    parameter: CreditParameter | None
    """Of the policy, where it is credited and no recorded presence inside a window is what counts."""

    @property
    def credited(self) -> bool:
        """Whether its minutes count."""
        return self.account_kind is not None


def explain_stretch(
    stretch: Stretch, visit: Visit, *, facts: RunFacts, unit: UnitInForce, views: DaySource, volunteer: int
) -> ExplainedStretch:
    """A stretch of a visit with its rule and the events behind it. `volunteer` is a key in the views."""
    start, end, reason, account, parameter = msgspec.structs.astuple(stretch)
    behind = {
        *visit.positions,
        *_find_positions_of_duties(stretch, facts, unit),
        *_find_positions_of_person(stretch, views, volunteer),
    } - {0}
    if account is None:
        return ExplainedStretch(
            start, end, None, reason, RULES[reason or "unscheduled"], None, sorted(behind), None, None
        )
    rule = PARAMETER_RULES[parameter] if parameter else CREDIT_RULES[account.kind]
    day = date.fromordinal(account.day)
    return ExplainedStretch(start, end, account.kind, None, rule, account.key or None, sorted(behind), day, parameter)


def _find_positions_of_duties(stretch: Stretch, facts: RunFacts, unit: UnitInForce) -> Iterator[int]:
    """The roster entries and events that meet the stretch: credited by them, or in spite of them not.

    And the one that it is credited to, where a policy credits what lies outside of it.
    """
    end, account = stretch.end or stretch.start + 1, stretch.account
    kind, key = (account.kind, account.key) if account else (None, "")
    for duty in facts.roster:
        if (duty.start < end and stretch.start < duty.end) or (kind, key) == ("shift", duty.shift):
            yield duty.position
    for event in unit.events:
        if (event.start < end and stretch.start < event.end) or (kind, key) == ("event", event.event):
            yield event.position
    for session in (one for near in unit.sessions.values() for one in near):
        if session.start < end and stretch.start < session.end:
            yield session.position


def _find_positions_of_person(stretch: Stretch, views: DaySource, volunteer: int) -> Iterator[int]:
    """What of the person decided: trainings, or the turns of their standing."""
    if stretch.reason in ("before_training", "no_special_training"):
        table = "trainings"
    elif stretch.reason in ("suspended", "agreement_ended", "before_agreement"):
        table = "turns"
    else:
        return
    yield from (position for (position,) in views.rows(f"SELECT position FROM {table} WHERE volunteer=?", (volunteer,)))
