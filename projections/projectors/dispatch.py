"""The handlers of all subjects: which events become facts, and how."""

from collections.abc import Iterable

from domain.model.unit import Unit
from projections.projectors import (
    awards,
    corrections,
    months,
    night,
    papers,
    people,
    sessions,
    shifts,
    taps,
    unit_ledgers,
)
from projections.projectors.fact_writer import FactWriter, Handlers
from projections.projectors.feed import PositionedEvent
from projections.projectors.unit_rules import UnitState


def handle_unit_changed(writer: FactWriter, event: object) -> None:
    """Policy, opening hours or calendar: any day may be worth something else now."""
    UnitState().apply(event)
    writer.rules_changed = True
    writer.mark_everything_stale()


HANDLERS: Handlers = {
    **taps.HANDLERS,
    **shifts.HANDLERS,
    **people.HANDLERS,
    **papers.HANDLERS,
    **corrections.HANDLERS,
    **night.HANDLERS,
    **dict.fromkeys((Unit.Opened, Unit.PolicyAdopted, Unit.CalendarImported), handle_unit_changed),
    **months.HANDLERS,
    **unit_ledgers.HANDLERS,
    **sessions.HANDLERS,
    **awards.HANDLERS,
}


def project(events: Iterable[PositionedEvent], writer: FactWriter) -> None:
    """Write a batch of events as facts, in the order of the log."""
    find_handler = HANDLERS.get
    for position, event in events:
        handler = find_handler(event.__class__)
        if handler is not None:
            writer.position = position
            handler(writer, event)
    writer.flush_batch()
