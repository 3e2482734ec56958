"""The unit: policy, opening hours, calendar."""

from domain.unit import Unit
from projections.filing.cabinet import Cabinet, Drawers


def unit_changed(cabinet: Cabinet, _: object) -> None:
    """Policy, opening hours or calendar: any day may be worth something else now."""
    cabinet.rules_changed = True
    cabinet.db.execute(
        "INSERT OR IGNORE INTO stale SELECT volunteer, day FROM taps UNION SELECT volunteer, day FROM roster"
        " UNION SELECT volunteer, day FROM corrections"
    )


DRAWERS: Drawers = {
    Unit.Opened: unit_changed,
    Unit.PolicyAdopted: unit_changed,
    Unit.CalendarImported: unit_changed,
}
