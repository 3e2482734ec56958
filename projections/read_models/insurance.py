"""Read model: the insurance of volunteers at this unit (R-071)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from domain.model.insurance_cover import Cover, InsuranceEntry, list_covers
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day


class CoverLine(NamedTuple):
    """An entry about the insurance of a volunteer."""

    position: int
    kind: str
    """`enrolled` or `ended`."""
    since: date | None
    until: date | None
    """The last day; of `ended` that after which all cover ends."""


def list_cover_lines(views: RowSource, volunteer: int) -> list[CoverLine]:
    """What is on file of a volunteer's insurance, in the order in which it was recorded."""
    query = "SELECT position, kind, since, until FROM insurance WHERE volunteer = ? ORDER BY position"
    return [
        CoverLine(position, kind, since and read_day(since), until and read_day(until))
        for position, kind, since, until in views.rows(query, (volunteer,))
    ]


def load_covers(views: RowSource) -> Mapping[int, list[Cover]]:
    """The periods of every volunteer who was ever insured, by their keys."""
    entries: dict[int, list[InsuranceEntry]] = defaultdict(list)
    for key, *entry in views.rows("SELECT volunteer, kind, since, until FROM insurance ORDER BY volunteer, position"):
        entries[key].append(InsuranceEntry(*entry))
    return {key: list_covers(found) for key, found in entries.items()}
