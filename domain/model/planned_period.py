"""A planned period: it ends after it begins, and is no longer than its kind, except where that is confirmed.

Rule: a mistyped year would otherwise make a duty that never ends.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import DomainError, EndsBeforeStart

LONGEST_SHIFT = timedelta(hours=24)
"""As long as a visit can be."""
LONGEST_EVENT = timedelta(days=31)
"""A campaign of a month."""


@dataclass(eq=False)
class ShiftTooLong(DomainError):
    """The shift would last longer than 24 hours, and the command does not confirm that."""

    name: str
    start: datetime
    end: datetime


@dataclass(eq=False)
class EventTooLong(DomainError):
    """The event would last longer than 31 days, and the command does not confirm that."""

    name: str
    start: datetime
    end: datetime


def refuse_backward(start: datetime, end: datetime) -> None:
    """Refuse a period that ends before it begins, or as it begins. Raises: EndsBeforeStart."""
    if end <= start:
        raise EndsBeforeStart(start, end)
