"""Which events are facts for the views; any other event is none of theirs."""

from collections.abc import Iterable
from typing import Any, cast

from projections.filing import corrections, night, people, roster, taps, unit
from projections.filing.cabinet import Cabinet, Drawers

DRAWERS: Drawers = {
    **taps.DRAWERS,
    **roster.DRAWERS,
    **people.DRAWERS,
    **corrections.DRAWERS,
    **night.DRAWERS,
    **unit.DRAWERS,
}


def file(entries: Iterable[tuple[int, Any]], cabinet: Cabinet) -> None:
    """File a batch of entries, in the order of the log."""
    for position, event in entries:
        drawer = DRAWERS.get(cast("type", event.__class__))
        if drawer is not None:
            cabinet.position = position
            drawer(cabinet, event)
    cabinet.close()
