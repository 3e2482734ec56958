"""What every language must be able to say on the entrance screen. The words themselves are one file a language.

The rule: a sentence says what was recorded and what to do next, with a person and a place, and never a code. Every
language has every sentence. Braces stand for times as on a clock, numbers, and the names of readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ResultState = Literal[
    "checked_in",
    "checked_out",
    "already",
    "unmatched",
    "noted",
    "unknown_card",
    "revoked_card",
    "suspended",
    "agreement_ended",
    "unreadable",
    "phone_card",
]
"""How a tap ended. `already`: a repeated tap changed nothing. `noted`: it is on record; what it means cannot be told.
`phone_card`: a number that changes at every use."""

Remark = Literal["early", "late", "off_roster", "forgot_last_time"]
"""What is said beside a check-in; it never refuses one."""

Language = Literal["zh-TW", "en", "vi", "id"]

Condition = Literal["reader_lost", "storage_trouble"]
"""`reader_lost`: no reader answers. `storage_trouble`: nothing can be written down."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one state says: a headline of a few letters, and the next step."""

    headline: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntranceWords:
    """The sentences of one language."""

    tap_your_card: str
    """The invitation on the idle screen."""
    results: Mapping[ResultState, Message]
    conditions: Mapping[Condition, Message]
    remarks: Mapping[Remark, str]
    """Said beside a check-in; {minutes} for early and late."""
    recorded_at: str
    """For a repeated tap: it stands recorded since {time}."""
    counts_again: str
    """For a repeated tap: from {time} on a tap counts."""
    today: str
    """{duration} served today."""
    month: str
    """{duration} served this month."""
    hours_and_minutes: str
    """A duration of {hours} and {minutes}."""
    only_minutes: str
    """A duration of {minutes}, less than an hour."""
    separator: str
    """What stands between two parts of a line."""
    clock_not_set: str
    """Beside everything, while nobody vouches for the time."""
    one_reader_lost: str
    """Beside everything, while {reader} does not answer but another does. A language may leave the name out."""

    def format_duration(self, minutes: int) -> str:
        """Whole minutes as people say them: never a decimal fraction of an hour."""
        if minutes < 60:
            return self.only_minutes.format(minutes=minutes)
        return self.hours_and_minutes.format(hours=minutes // 60, minutes=minutes % 60)
