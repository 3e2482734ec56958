"""Whether a volunteer holds a badge, as the entries about it add up (R-006, R-008). Pure."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

BadgeStatus = Literal["none", "held", "expired", "taken_back"]


class BadgeEntry(NamedTuple):
    """A badge that was issued, or taken back."""

    kind: Literal["issued", "taken_back"]
    day: int
    """The service day, a proleptic ordinal."""
    expires: int | None = None
    """The last day on which it is valid; None: it has no end."""


class BadgeState(NamedTuple):
    """A volunteer's badge on a service day."""

    status: BadgeStatus
    issued: int | None = None
    expires: int | None = None


def find_badge(entries: Iterable[BadgeEntry], day: int) -> BadgeState:
    """The badge on a service day; `entries` in the order in which they were recorded. It is valid on its last day."""
    state = BadgeState("none")
    for kind, since, expires in entries:
        if since > day:
            continue
        if kind == "taken_back":
            state = BadgeState("taken_back")
        else:
            state = BadgeState("expired" if expires is not None and expires < day else "held", since, expires)
    return state
