"""A planned period: it ends after it begins, and is no longer than its kind, except where that is confirmed.

Rule: a mistyped year would otherwise make a duty that never ends.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.errors import DomainError, EndsBeforeStart

LONGEST_SHIFT = timedelta(hours=24)
"""As long as a visit can be."""
LONGEST_EVENT = timedelta(days=31)
"""A campaign of a month."""


class ShiftTooLong(DomainError):
    """The shift would last longer than 24 hours, and the command does not confirm that."""

    name: str
    start: datetime
    end: datetime


class EventTooLong(DomainError):
    """The event would last longer than 31 days, and the command does not confirm that."""

    name: str
    start: datetime
    end: datetime


def refuse_backward(start: datetime, end: datetime) -> None:
    """Refuse a period that ends before it begins, or as it begins. Raises: EndsBeforeStart."""
    if end <= start:
        raise EndsBeforeStart(start, end)


@dataclass(frozen=True, slots=True)
class Plan:
    """When, and for what."""

    start: datetime
    end: datetime
    category: str | None = None
    """The service category; None inherits the unit's (R-005)."""
    post: str | None = None
    item: str | None = None
    """The service item: a code of the ministry or words; None takes that of the post (R-022)."""
    content: str | None = None
    """What is done there, in the same way."""
    long: bool = False
    """It is confirmed that it lasts longer than a shift may."""

    def build_fields(self) -> dict[str, Any]:
        """As an event carries them."""
        return {name: getattr(self, name) for name in ("start", "end", "category", "post", "item", "content")}


def refuse_unfit_shift(name: str, start: datetime, end: datetime, *, long: bool) -> None:
    """Refuse one that ends before it begins, or that is too long; `long` confirms its length."""
    refuse_backward(start, end)
    if end - start > LONGEST_SHIFT and not long:
        raise ShiftTooLong(name, start, end)
