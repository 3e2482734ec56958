"""A row of the pending work as a person refers to it: loaded by questions, which need nothing else of the domain."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

MOST_EVENTS = 20
"""Positions that a row of the pending work names, the first ones: a card can be refused more often."""


class SeenRow(NamedTuple):
    """A row of the pending work, as it was shown to the person."""

    kind: str
    volunteer_id: UUID | None
    events: Sequence[int]


class RowState(NamedTuple):
    """What the read models say of that row now."""

    day: date | None = None
    events: list[int] | None = None
    """All of them; None where there is no such row any more, or it has other events."""
    acknowledged_at: int | None = None
    """The position of an acknowledgement of the events that were shown."""
