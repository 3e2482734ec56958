"""Which events are facts for the views; any other event is none of theirs."""

from collections.abc import Iterable

from projections.projectors import corrections, night, people, taps, unit
from projections.projectors import shifts as roster
from projections.projectors import unsynchronised_clocks as unsure
from projections.projectors.fact_writer import FactWriter, Handlers
from projections.projectors.feed import PositionedEvent

HANDLERS: Handlers = {
    **taps.HANDLERS,
    **unsure.HANDLERS,
    **roster.HANDLERS,
    **people.HANDLERS,
    **corrections.HANDLERS,
    **night.HANDLERS,
    **unit.HANDLERS,
}


def project(events: Iterable[PositionedEvent], writer: FactWriter) -> None:
    """File a batch, in the order of the log."""
    for position, event in events:
        handler = HANDLERS.get(event.__class__)
        if handler is not None:
            writer.position = position
            handler(writer, event)
    writer.flush_batch()
