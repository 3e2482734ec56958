"""Read model: the service certificates of a volunteer (R-006, R-008)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from domain.model.badge_status import BadgeEntry, BadgeState, find_badge
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day


class BadgeLine(NamedTuple):
    """A badge that was issued, or taken back."""

    position: int
    kind: str
    """`issued` or `taken_back`."""
    day: date
    expires: date | None
    """The last day on which it is valid; None: it has no end."""


def list_badge_lines(views: RowSource, volunteer: int) -> list[BadgeLine]:
    """What is on file of a volunteer's badges, in the order in which it was recorded."""
    return [
        BadgeLine(position, kind, read_day(day), expires and read_day(expires))
        for position, kind, day, expires in views.rows(_LINES, (volunteer,))
    ]


def find_badge_state(views: RowSource, volunteer: int, day: int) -> BadgeState:
    """The badge of a volunteer on a service day."""
    return find_badge((BadgeEntry(*entry) for _, *entry in views.rows(_LINES, (volunteer,))), day)


def load_badge_states(views: RowSource, day: int) -> Mapping[int, BadgeState]:
    """Of every volunteer of whose badges something is on file, by their keys."""
    entries: dict[int, list[BadgeEntry]] = defaultdict(list)
    for key, *entry in views.rows("SELECT volunteer, kind, day, expires FROM badges ORDER BY volunteer, position"):
        entries[key].append(BadgeEntry(*entry))
    return {key: find_badge(found, day) for key, found in entries.items()}


_LINES = "SELECT position, kind, day, expires FROM badges WHERE volunteer = ? ORDER BY position"
