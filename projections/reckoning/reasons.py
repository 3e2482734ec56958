"""Why a minute counts or does not: one entry a reason, with its rule. The only list of them.

Where several apply to a minute, the first of this list is given.
"""

from typing import Literal, NamedTuple

Reason = Literal[
    "voided",
    "misuse",
    "no_check_out",
    "agreement_ended",
    "suspended",
    "unscheduled",
    "closed_hours",
    "before_training",
    "no_special_training",
]


class Entry(NamedTuple):
    """A reason's rule and its sentence."""

    rule: str
    sentence: str


CATALOGUE: dict[Reason, Entry] = {
    "voided": Entry("R-121", "The visit was voided at the desk; the record of it is kept."),
    "misuse": Entry("R-007", "The card was lent, used by somebody else or improperly: not counted."),
    "no_check_out": Entry("R-035", "No departure was recorded; nothing is credited until somebody closes the visit."),
    "agreement_ended": Entry("R-056", "The service agreement had ended."),
    "suspended": Entry("R-053", "The volunteer's service was suspended on that day."),
    "unscheduled": Entry("R-024", "Presence outside the roster does not count."),
    "closed_hours": Entry("R-026", "The unit was closed."),
    "before_training": Entry("R-002", "Hours count only after basic training is complete."),
    "no_special_training": Entry("R-005", "Hours in this category count only after its special training."),
}

CREDITED = {
    "shift": Entry("R-020", "Presence inside the volunteer's own shift."),
    "event": Entry("R-023", "Presence during the event."),
    "flexible": Entry("R-026", "Presence of a flexible volunteer while the unit is open."),
}
"""Why a credited minute counts, by the kind of window it lies in."""
