"""A planned period: it ends after it begins, and is no longer than its kind, except where that is said.

Rule: a mistyped year would otherwise make a duty that never ends.
"""

from datetime import datetime, timedelta

from domain.errors import EndsBeforeStart, TooLong

LONGEST_SHIFT = timedelta(hours=24)
"""As long as a visit can be."""
LONGEST_EVENT = timedelta(days=31)
"""A campaign of a month."""


def refuse_unfit_period(name: str, start: datetime, end: datetime, longest: timedelta | None) -> None:
    """Refuse a period that cannot be planned; `longest` None means that its length is confirmed.

    Raises: EndsBeforeStart, TooLong.
    """
    if end <= start:
        raise EndsBeforeStart(start, end)
    if longest is not None and end - start > longest:
        raise TooLong(name, start, end, round(longest.total_seconds()) // 3600)
