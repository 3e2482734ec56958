"""Taps: those that count, and those that were refused."""

from domain.attendance import RefusedTaps
from domain.spans import second
from projections.feed import TapFact
from projections.filing.cabinet import Cabinet, Drawers


def tap(cabinet: Cabinet, event: TapFact) -> None:
    """A tap that was not refused, whatever it was taken for."""
    key, at = cabinet.key_of(event.volunteer_id), second(event.at)
    day = cabinet.unit.days.ordinal(at)
    cabinet.taps.append((key, day, at, event.kiosk, event.seq, event.direction, cabinet.position))
    if cabinet.unit.days.end(day) - at < cabinet.unit.policies.longest_debounce:
        cabinet.links.add((key, day))


def refused_tap(cabinet: Cabinet, event: RefusedTaps.TapRefused) -> None:
    """A tap that counts for nothing."""
    at = second(event.at)
    key = cabinet.key(event.volunteer_id) if event.volunteer_id else None
    row = (cabinet.position, cabinet.unit.days.ordinal(at), at, event.reason, key, event.kiosk)
    cabinet.db.execute("INSERT INTO refused VALUES (?,?,?,?,?,?)", row)


DRAWERS: Drawers = {
    TapFact: tap,
    RefusedTaps.TapRefused: refused_tap,
}
