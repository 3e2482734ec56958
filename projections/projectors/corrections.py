"""What the desk corrected."""

from typing import Any

from domain.model.corrections import Corrections
from domain.spans import Second, second
from projections.projectors.fact_writer import FactWriter, Handlers


def handle_visit_closed(writer: FactWriter, event: Corrections.VisitClosed) -> None:
    """A visit got its end."""
    _write_correction(writer, event, "closed", second(event.check_out))


def handle_visit_added(writer: FactWriter, event: Corrections.VisitAdded) -> None:
    """A visit without taps."""
    _write_correction(writer, event, "added", second(event.check_out))


def handle_arrival_added(writer: FactWriter, event: Corrections.ArrivalAdded) -> None:
    """A visit without taps that has no end yet; so soon after it, a tap of the next day changes nothing either."""
    _write_correction(writer, event, "arrived", None)
    _, ends, day = writer.unit.days.find_day_around(second(event.check_in))
    if ends - second(event.check_in) < writer.unit.policies.longest_debounce:
        writer.links.add((writer.get_or_create_key(event.volunteer_id), day))


def handle_visit_voided(writer: FactWriter, event: Corrections.VisitVoided) -> None:
    """A visit counts for nothing."""
    _write_correction(writer, event, "voided", None)


def handle_misuse_annotated(writer: FactWriter, event: Corrections.MisuseAnnotated) -> None:
    """A visit counts for nothing, because of the card."""
    _write_correction(writer, event, "misuse", None)


def handle_retracted(writer: FactWriter, event: Corrections.Retracted) -> None:
    """A correction counts as if it had not been made."""
    key, day = writer.get_or_create_key(event.volunteer_id), writer.unit.days.ordinal(second(event.check_in))
    writer.db.execute("DELETE FROM corrections WHERE volunteer=? AND day=? AND position=?", (key, day, event.retracted))
    writer.stale.add((key, day))


def _write_correction(writer: FactWriter, event: Any, kind: str, check_out: Second | None) -> None:
    key, check_in = writer.get_or_create_key(event.volunteer_id), second(event.check_in)
    day = writer.unit.days.ordinal(check_in)
    row = (key, day, writer.position, kind, check_in, check_out, second(event.at))
    writer.db.execute("INSERT INTO corrections VALUES (?,?,?,?,?,?,?)", row)
    writer.mark_stale(key, day, check_out or check_in)


HANDLERS: Handlers = {
    Corrections.VisitClosed: handle_visit_closed,
    Corrections.VisitAdded: handle_visit_added,
    Corrections.ArrivalAdded: handle_arrival_added,
    Corrections.VisitVoided: handle_visit_voided,
    Corrections.MisuseAnnotated: handle_misuse_annotated,
    Corrections.Retracted: handle_retracted,
}
