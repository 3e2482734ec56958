"""The unit: policy, opening hours, calendar."""

from domain.model.unit import Unit
from projections.projectors.fact_writer import Cabinet, Drawers
from projections.projectors.unit_rules import UnitSoFar


def unit_changed(cabinet: Cabinet, event: object) -> None:
    """Policy, opening hours or calendar: any day may be worth something else now."""
    UnitSoFar().take(event)
    cabinet.rules_changed = True
    cabinet.everything_is_stale()


DRAWERS: Drawers = {
    Unit.Opened: unit_changed,
    Unit.PolicyAdopted: unit_changed,
    Unit.CalendarImported: unit_changed,
}
