"""Taps: those that count, and those that were refused. Each is filed under the instant at which it counts."""

from domain.clock import UNSYNCHRONISED
from domain.model.attendance import RefusedTaps
from domain.spans import second
from projections.projectors.fact_writer import FactWriter, Handlers
from projections.projectors.feed import TapFact
from projections.projectors.unsynchronised_clocks import write_unsynchronised_tap


def handle_tap(writer: FactWriter, event: TapFact) -> None:
    """A tap that was not refused, whatever it was taken for."""
    key, at = writer.get_or_create_key_from_text(event.volunteer_id), second(event.at)
    if event.clock == UNSYNCHRONISED:
        at = write_unsynchronised_tap(writer, event, key, refused=False)
    _, ends, day = writer.unit.days.find_day_around(at)
    writer.pending_taps.append((key, day, at, event.kiosk, event.boot_ns, event.seq, event.direction, writer.position))
    if ends - at < writer.unit.policies.longest_debounce:
        writer.links.add((key, day))


def handle_tap_refused(writer: FactWriter, event: RefusedTaps.TapRefused) -> None:
    """A tap that counts for nothing."""
    key = writer.get_or_create_key(event.volunteer_id) if event.volunteer_id else None
    at = second(event.at)
    if event.clock == UNSYNCHRONISED:
        at = write_unsynchronised_tap(writer, event, key, refused=True)
    row = (writer.position, writer.unit.days.ordinal(at), at, event.reason, key, event.kiosk)
    writer.db.execute("INSERT INTO refused VALUES (?,?,?,?,?,?)", row)


HANDLERS: Handlers = {
    TapFact: handle_tap,
    RefusedTaps.TapRefused: handle_tap_refused,
}
