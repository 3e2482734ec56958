"""Which events are facts for the views; any other event is none of theirs."""

from collections.abc import Iterable

from projections.projectors import corrections, night, people, taps, unit
from projections.projectors import shifts as roster
from projections.projectors import unsynchronised_clocks as unsure
from projections.projectors.fact_writer import Cabinet, Drawers
from projections.projectors.feed import Told

DRAWERS: Drawers = {
    **taps.DRAWERS,
    **unsure.DRAWERS,
    **roster.DRAWERS,
    **people.DRAWERS,
    **corrections.DRAWERS,
    **night.DRAWERS,
    **unit.DRAWERS,
}


def file(told: Iterable[Told], cabinet: Cabinet) -> None:
    """File a batch, in the order of the log."""
    for position, what in told:
        drawer = DRAWERS.get(what.__class__)
        if drawer is not None:
            cabinet.position = position
            drawer(cabinet, what)
    cabinet.close()
