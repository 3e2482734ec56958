"""Stretches of time as pairs of whole seconds. Half-open: a span holds its start and not its end."""

from collections.abc import Iterable
from datetime import UTC, datetime
from math import floor

Second = int
"""An instant: whole seconds since 1970-01-01T00:00:00Z."""

NEVER: Second = 1 << 62
"""A second that no clock will show: of what did not come to pass."""

Span = tuple[Second, Second]
"""From a second (included) to a later one (excluded)."""


def second(at: datetime) -> Second:
    """The whole second in which an aware instant lies."""
    return floor(at.timestamp())


def instant(at: Second) -> datetime:
    """The UTC instant of a second."""
    return datetime.fromtimestamp(at, UTC)


def length(spans: Iterable[Span]) -> int:
    """Seconds in spans that do not overlap."""
    return sum(end - start for start, end in spans)


def overlap(a: Span, b: Span) -> Span | None:
    """What two spans have in common, or None."""
    start, end = max(a[0], b[0]), min(a[1], b[1])
    return (start, end) if start < end else None


def subtract(spans: Iterable[Span], taken: Span) -> list[Span]:
    """What is left of spans once a stretch is taken out of them."""
    left: list[Span] = []
    for start, end in spans:
        if taken[1] <= start or end <= taken[0]:
            left.append((start, end))
            continue
        if start < taken[0]:
            left.append((start, taken[0]))
        if taken[1] < end:
            left.append((taken[1], end))
    return left


def subtract_all(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of spans once several stretches are taken out of them."""
    left = list(spans)
    for stretch in taken:
        left = subtract(left, stretch)
    return left


def clip(spans: Iterable[Span], bounds: Span) -> list[Span]:
    """The parts of spans that lie between two seconds."""
    first, last = bounds
    return [
        (start if start > first else first, end if end < last else last)
        for start, end in spans
        if start < last and first < end
    ]
