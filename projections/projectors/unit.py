"""The unit: policy, opening hours, calendar."""

from domain.model.unit import Unit
from projections.projectors.fact_writer import FactWriter, Handlers
from projections.projectors.unit_rules import UnitState


def handle_unit_changed(writer: FactWriter, event: object) -> None:
    """Policy, opening hours or calendar: any day may be worth something else now."""
    UnitState().apply(event)
    writer.rules_changed = True
    writer.mark_everything_stale()


HANDLERS: Handlers = {
    Unit.Opened: handle_unit_changed,
    Unit.PolicyAdopted: handle_unit_changed,
    Unit.CalendarImported: handle_unit_changed,
}
