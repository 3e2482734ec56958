"""Who our tests speak of, and when: fixed people, local times, the circumstances of a command."""

from datetime import UTC, datetime
from uuid import UUID

from domain.act import Act, Note
from domain.calendar import TAIPEI, parse_instant
from domain.clock import Reading
from domain.spans import Second, second

ANN = UUID("a0000000-0000-4000-8000-000000000001")
BEN = UUID("b0000000-0000-4000-8000-000000000002")
CAT = UUID("c0000000-0000-4000-8000-000000000003")
STRANGER = UUID("d0000000-0000-4000-8000-000000000004")
"""Nobody ever enrolled them."""
COORDINATOR = UUID("e0000000-0000-4000-8000-000000000005")

CATEGORY = "戶政"
"""The main service category of the unit."""

NOTE = Note(UUID("f0000000-0000-4000-8000-000000000006"), "salted")
"""Some reason, in the people store."""


def local_time(text: str) -> datetime:
    """`2026-11-19 09:00`, seconds where they matter, in Taipei, as the UTC instant that events hold."""
    return parse_instant(text, TAIPEI).astimezone(UTC)


def local_second(text: str) -> Second:
    """The same instant as read models and the reckoning hold it."""
    return second(local_time(text))


def act(at: str, recorded: str | None = None) -> Act:
    """The coordinator does something at a local time; it is written down then, unless `recorded` says later."""
    return Act(local_time(at), COORDINATOR, local_time(recorded or at))


def reading(at: str) -> Reading:
    """A look at a clock that nobody doubts."""
    return Reading(local_time(at), "ok", "boot", 0)


def span(start: str, end: str) -> tuple[datetime, datetime]:
    """`2026-11-19 09:00` to `12:00` on the same date, or to another whole instant."""
    return local_time(start), local_time(end if "-" in end else f"{start[:10]} {end}")
