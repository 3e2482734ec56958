"""What the desk corrected, and what it acknowledged as right."""

from typing import Any

from domain.model.acknowledgements import AcknowledgementEvent, Acknowledgements, find_acknowledged_day
from domain.model.corrections import Corrections
from domain.spans import Second, second
from projections.projectors.fact_writer import FactWriter, Handlers

NO_VOLUNTEER = 0
"""The key of what was acknowledged and is about no volunteer."""
ANNULMENTS = ("voided", "misuse")
"""Kinds of correction that let a visit count for nothing."""


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
    if ends - second(event.check_in) <= writer.unit.policies.longest_debounce:
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
    where = (key, day, event.originator_id.bytes, event.version)
    writer.db.execute("DELETE FROM corrections WHERE volunteer=? AND day=? AND stream=? AND version=?", where)
    writer.note_correction(day)
    writer.stale.add((key, day))


def _write_correction(writer: FactWriter, event: Any, kind: str, check_out: Second | None) -> None:
    key, check_in = writer.get_or_create_key(event.volunteer_id), second(event.check_in)
    day = writer.unit.days.ordinal(check_in)
    row = (key, day, writer.position, kind, check_in, check_out, second(event.at))
    of_added = kind in ANNULMENTS and writer.db.execute(_FIND_ADDED, (key, day, check_in)).fetchone() is not None
    place = (event.originator_id.bytes, event.originator_version, of_added)
    writer.db.execute("INSERT INTO corrections VALUES (?,?,?,?,?,?,?,?,?,?)", (*row, *place))
    writer.note_correction(day)
    writer.mark_stale(key, day, check_in if check_out is None else check_out + 1)  # a closing covers the tap at its end


_FIND_ADDED = """
SELECT 1 FROM corrections WHERE volunteer=? AND day=? AND check_in=? AND kind IN ('added', 'arrived')
"""


def handle_acknowledged(writer: FactWriter, event: Acknowledgements.Acknowledged) -> None:
    """A person looked at events and left them as they are."""
    key = writer.get_or_create_key(event.volunteer_id) if event.volunteer_id else NO_VOLUNTEER
    rows = [(event.kind, key, position, writer.position) for position in event.events]
    writer.db.executemany("INSERT OR IGNORE INTO acknowledged VALUES (?,?,?,?)", rows)
    _note_acknowledged(writer, event)


def handle_acknowledgement_retracted(writer: FactWriter, event: Acknowledgements.Retracted) -> None:
    """An acknowledgement counts as if it had not been made."""
    key = writer.get_or_create_key(event.volunteer_id) if event.volunteer_id else NO_VOLUNTEER
    where = (event.kind, key, event.retracted)
    writer.db.execute("DELETE FROM acknowledged WHERE kind=? AND volunteer=? AND position=?", where)
    _note_acknowledged(writer, event)


def _note_acknowledged(writer: FactWriter, event: AcknowledgementEvent) -> None:
    day = find_acknowledged_day(event, writer.unit.days)
    writer.note_correction(None if day is None else day.toordinal())


HANDLERS: Handlers = {
    Corrections.VisitClosed: handle_visit_closed,
    Corrections.VisitAdded: handle_visit_added,
    Corrections.ArrivalAdded: handle_arrival_added,
    Corrections.VisitVoided: handle_visit_voided,
    Corrections.MisuseAnnotated: handle_misuse_annotated,
    Corrections.Retracted: handle_retracted,
    Acknowledgements.Acknowledged: handle_acknowledged,
    Acknowledgements.Retracted: handle_acknowledgement_retracted,
}
