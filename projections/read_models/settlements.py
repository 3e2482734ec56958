"""What a person may settle of a volunteer's day: a correction, a duty, or one of them taken back.

Each can be put among the facts of the day before it is made; what follows from those is for the evaluation to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from domain.model.visits import Annulment, AssertedArrival, AssertedVisit, DayCorrections, leave_out, merge_corrections
from domain.policy import Policies
from domain.spans import NEVER, Second
from projections.evaluation.facts import Assignment, RunFacts, UnitInForce

LAST = 1 << 30
"""Among the corrections of a day: behind all that there are."""


def is_correction_late(day: int, today: int, policies: Policies) -> bool:
    """Whether only a coordinator may correct a service day still: `correction_window_days` have passed (R-035)."""
    return today - day > policies.on(day).correction_window_days


@dataclass(frozen=True, slots=True)
class Closing:
    """A visit without check-out gets its end."""

    check_in: Second
    check_out: Second


@dataclass(frozen=True, slots=True)
class Voiding:
    """A visit counts as if it had not happened."""

    check_in: Second


@dataclass(frozen=True, slots=True)
class Excusing:
    """An absence becomes leave."""

    shift: str


@dataclass(frozen=True, slots=True)
class Arriving:
    """A visit begins that no tap shows (R-036)."""

    check_in: Second


@dataclass(frozen=True, slots=True)
class Adding:
    """A visit that no tap shows, from beginning to end."""

    check_in: Second
    check_out: Second


@dataclass(frozen=True, slots=True)
class AnnotatingMisuse:
    """A visit counts for nothing, because of the card (R-007)."""

    check_in: Second


@dataclass(frozen=True, slots=True)
class Scheduling:
    """A volunteer is made responsible for a shift, a new one or one that there is: presence in it counts."""

    shift: str
    start: Second
    end: Second
    category: str | None
    """None for that of the unit."""


@dataclass(frozen=True, slots=True)
class Retracting:
    """A correction of a visit is taken back."""

    position: int
    """Where the log holds it."""


@dataclass(frozen=True, slots=True)
class RetractingExcuse:
    """The excuse of an absence is taken back."""

    shift: str


DutyCorrection = Excusing | Scheduling | RetractingExcuse
Correction = Closing | Voiding | Arriving | Adding | AnnotatingMisuse | Retracting | DutyCorrection


def apply_correction(facts: RunFacts, correction: Correction, unit: UnitInForce, now: Second) -> RunFacts:
    """The facts with one more correction, made `now`, after all that there are."""
    if isinstance(correction, DutyCorrection):
        return msgspec.structs.replace(facts, roster=_change_roster(facts.roster, correction, unit))
    has_added = facts.corrections.has_added
    match correction:
        case Retracting(position):
            return msgspec.structs.replace(facts, corrections=leave_out(facts.corrections, {position}))
        case Closing(check_in, check_out):
            made = DayCorrections(closings={check_in: AssertedVisit(check_in, check_out, LAST)})
        case Adding(check_in, check_out):
            made = DayCorrections(additions=[AssertedVisit(check_in, check_out, LAST)])
        case Arriving(check_in):
            made = DayCorrections(arrivals=[AssertedArrival(check_in, LAST)])
        case Voiding(check_in):
            made = DayCorrections(annulments=[Annulment(check_in, "voided", LAST, 0, now, has_added(check_in))])
        case AnnotatingMisuse(check_in):
            made = DayCorrections(annulments=[Annulment(check_in, "misuse", LAST, 0, now, has_added(check_in))])
    return msgspec.structs.replace(facts, corrections=merge_corrections([facts.corrections, made]))


def _change_roster(roster: Sequence[Assignment], correction: DutyCorrection, unit: UnitInForce) -> list[Assignment]:
    others = [duty for duty in roster if duty.shift != correction.shift]
    meant = [duty for duty in roster if duty.shift == correction.shift]
    match correction:
        case Excusing():
            return [*others, *(duty._replace(state="excused") for duty in meant)]
        case RetractingExcuse():
            return [*others, *(duty._replace(state="responsible", excused_by=None) for duty in meant)]
        case Scheduling(shift, start, end, category):
            duty = Assignment(shift, unit.days.ordinal(start), start, end, category, False, "responsible")
            return [*others, duty]


def find_reach(correction: Correction, unit: UnitInForce) -> tuple[Second, Second]:
    """The first instant that a correction reaches back to, and the last that it reaches on to."""
    match correction:
        case Closing(_, check_out) | Adding(_, check_out):
            return NEVER, check_out
        case Scheduling(_, start, end):
            return start - unit.policies.longest_early_window, end
        case _:
            return NEVER, 0
