"""What the entrance shows after a tap: the answer of the door, and what the read models know of the person."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.words.volunteer_words import Language, Remark, ResultState


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
