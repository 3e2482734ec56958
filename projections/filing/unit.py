"""The unit: policy, opening hours, calendar."""

from domain.unit import Unit
from projections.filing.cabinet import Cabinet, Drawers


def unit_changed(cabinet: Cabinet, _: object) -> None:
    """Policy, opening hours or calendar: any day may be worth something else now."""
    cabinet.rules_changed = True
    cabinet.everything_is_stale()


DRAWERS: Drawers = {
    Unit.Opened: unit_changed,
    Unit.PolicyAdopted: unit_changed,
    Unit.CalendarImported: unit_changed,
}
