"""Stretches of time as pairs of whole seconds. Half-open: a span holds its start and not its end."""

from collections.abc import Iterable
from datetime import UTC, datetime

Second = int
"""An instant: whole seconds since 1970-01-01T00:00:00Z."""

NEVER: Second = 1 << 62
"""A second that no clock will show: of what did not come to pass."""

FIRST_YEAR, END_YEAR = 1000, 9999
"""Whatever the log says happened from the one on and before the other, however wrong a clock is: the days around it are
dates too."""
FIRST_INSTANT, END_INSTANT = (datetime(year, 1, 1, tzinfo=UTC) for year in (FIRST_YEAR, END_YEAR))

Span = tuple[Second, Second]
"""From a second (included) to a later one (excluded)."""


def second(at: datetime) -> Second:
    """The whole second in which an aware instant lies. Measured: half the work of `floor(at.timestamp())`."""
    since = at - _EPOCH
    return since.days * 86_400 + since.seconds


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(at: Second) -> datetime:
    """The UTC instant of a second."""
    return datetime.fromtimestamp(at, UTC)


def length(spans: Iterable[Span]) -> int:
    """Seconds in spans that do not overlap."""
    return sum(end - start for start, end in spans)


def overlap(a: Span, b: Span) -> Span | None:
    """What two spans have in common, or None."""
    start, end = a
    first, last = b
    start, end = start if start > first else first, end if end < last else last
    return (start, end) if start < end else None


def divide(spans: Iterable[Span], bounds: Span) -> tuple[list[Span], list[Span]]:
    """The parts of spans that lie between two seconds, and what is left of them; an empty span is left all the same."""
    first, last = bounds
    inside: list[Span] = []
    outside: list[Span] = []
    for start, end in spans:
        if last <= start or end <= first:
            outside.append((start, end))
            continue
        if start < first:
            outside.append((start, first))
        inside.append((start if start > first else first, end if end < last else last))
        if last < end:
            outside.append((last, end))
        elif start == end:
            outside.append((start, end))
    return inside, outside


def subtract_all(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of spans once several stretches are taken out of them."""
    left = list(spans)
    for stretch in taken:
        _, left = divide(left, stretch)
    return left
