"""What the entrance shows after a tap: the answer of the door, and what the read models know of the person."""

from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class TapResult:
    """One result on the screen. Instants carry the local zone; minutes are whole and credited."""

    state: ResultState
    at: datetime
    name: str | None = None
    """Already masked, for a public screen."""
    language: Language = "zh-TW"
    since: datetime | None = None
    """When the visit began that this tap belongs to."""
    remarks: tuple[Remark, ...] = ()
    """The most important first."""
    minutes_off: int = 0
    """By how many minutes early or late."""
    duty: str | None = None
    """Where the volunteer serves now, as on the roster: a post, or the times of the shift."""
    today_minutes: int | None = None
    month_minutes: int | None = None
    counts_again_at: datetime | None = None
    """From when on another tap of this card counts."""
    clock_trusted: bool = True
