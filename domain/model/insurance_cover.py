"""From when until when a volunteer is insured, as entries about it add up (R-071, R-072). Pure.

Rule: cover holds on every service day of a period, its first and its last included.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple


class InsuranceEntry(NamedTuple):
    """Cover that was enrolled, or ended. Service days are proleptic ordinals."""

    kind: Literal["enrolled", "ended"]
    since: int | None
    until: int | None
    """The last day; None of one that was enrolled: until it is ended."""


class Cover(NamedTuple):
    """A period in which a volunteer is insured."""

    since: int
    until: int | None

    def includes(self, day: int) -> bool:
        """Whether the volunteer is insured on a service day by it."""
        return self.since <= day and (self.until is None or day <= self.until)


def list_covers(entries: Iterable[InsuranceEntry]) -> list[Cover]:
    """The periods of a volunteer by their first days; `entries` in the order in which they were recorded.

    An end cuts all that was enrolled before it; what begins later is gone.
    """
    covers: list[Cover] = []
    for kind, since, until in entries:
        if kind == "enrolled":
            covers.append(Cover(since or 0, until))
        elif until is not None:
            covers = [_cut(cover, until) for cover in covers if cover.since <= until]
    return sorted(covers, key=lambda cover: cover.since)


def _cut(cover: Cover, last: int) -> Cover:
    return cover._replace(until=last if cover.until is None else min(cover.until, last))


def is_covered(covers: Iterable[Cover], day: int) -> bool:
    """Whether a volunteer is insured on a service day."""
    return any(cover.includes(day) for cover in covers)
