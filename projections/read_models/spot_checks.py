"""Read model: the spot checks of record books, and from whom one is drawn (R-112)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from projections.engine.stored_values import read_day, read_ids
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.read_models.volunteers import list_active


class SpotCheck(NamedTuple):
    """A sample, and what came of it."""

    number: int
    day: date
    """The service day whose holders it was drawn from."""
    seed: int
    holders: int
    """How many held a book that day."""
    sample: list[UUID]
    """Whose books were drawn."""
    matching: int | None
    """How many agree; None until that is recorded."""
    position: int
    """Of the event that drew it."""
    result_position: int | None
    """Of the event that recorded the result that counts."""


def list_spot_checks(views: Views, since: date = date.min, until: date = date.max) -> Iterator[SpotCheck]:
    """The spot checks whose day lies in a period, in the order in which they were drawn."""
    for number, day, seed, holders, sample, position, recorded, matching in views.rows(
        _CHECKS, (since.toordinal(), until.toordinal())
    ):
        yield SpotCheck(number, read_day(day), seed, holders, read_ids(sample), matching, position, recorded)


_CHECKS = """
SELECT c.number, c.day, c.seed, c.holders, c.sample, c.position, max(r.position), r.matching
FROM spot_checks c LEFT JOIN spot_check_results r ON r.number = c.number
WHERE c.day BETWEEN ? AND ? GROUP BY c.number ORDER BY c.number
"""
"""Beside the one `max`, SQLite takes the other columns of the result from its row."""


def list_book_holders(views: Views, unit: UnitInForce, day: date) -> list[UUID]:
    """Who serves on a day and holds a record book whose number is known."""
    return [one.volunteer for one in list_active(views, unit, day.toordinal()) if one.book == "held"]
