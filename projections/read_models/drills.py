"""Read model: the evacuation drills, the latest first. Who was missing stands in their events."""

from datetime import date
from typing import NamedTuple

from domain.spans import Second
from projections.engine.stored_values import read_day
from projections.engine.views import Views


class DrillRow(NamedTuple):
    """One drill."""

    position: int
    day: date
    at: Second
    accounted: int
    missing: int
    """Volunteers."""


def list_drills(views: Views, most: int) -> list[DrillRow]:
    """The latest drills, at most so many."""
    query = "SELECT position, day, at, accounted, missing FROM drills ORDER BY position DESC LIMIT ?"
    return [DrillRow(position, read_day(day), *rest) for position, day, *rest in views.rows(query, (most,))]
