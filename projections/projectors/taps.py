"""Taps: those that count, and those that were refused. Each is filed under the instant at which it counts."""

from domain.clock import UNSYNCHRONISED
from domain.model.attendance import RefusedTaps
from domain.spans import second
from projections.projectors.fact_writer import Cabinet, Drawers
from projections.projectors.feed import TapFact
from projections.projectors.unsynchronised_clocks import doubt


def tap(cabinet: Cabinet, event: TapFact) -> None:
    """A tap that was not refused, whatever it was taken for."""
    key, at = cabinet.key_of(event.volunteer_id), second(event.at)
    if event.clock == UNSYNCHRONISED:
        at = doubt(cabinet, event, key, refused=False)
    _, ends, day = cabinet.unit.days.around(at)
    cabinet.taps.append((key, day, at, event.kiosk, event.boot_ns, event.seq, event.direction, cabinet.position))
    if ends - at < cabinet.unit.policies.longest_debounce:
        cabinet.links.add((key, day))


def refused_tap(cabinet: Cabinet, event: RefusedTaps.TapRefused) -> None:
    """A tap that counts for nothing."""
    key = cabinet.key(event.volunteer_id) if event.volunteer_id else None
    at = second(event.at)
    if event.clock == UNSYNCHRONISED:
        at = doubt(cabinet, event, key, refused=True)
    row = (cabinet.position, cabinet.unit.days.ordinal(at), at, event.reason, key, event.kiosk)
    cabinet.db.execute("INSERT INTO refused VALUES (?,?,?,?,?,?)", row)


DRAWERS: Drawers = {
    TapFact: tap,
    RefusedTaps.TapRefused: refused_tap,
}
