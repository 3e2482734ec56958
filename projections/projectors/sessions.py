"""Meetings and training sessions of the unit, and who was there without a card."""

import json
from uuid import UUID

from domain.ids import compose_category
from domain.model.unit_session import UnitSession
from domain.spans import Second, second
from projections.projectors.fact_writer import FactWriter, Handlers


def handle_session_scheduled(writer: FactWriter, event: UnitSession.Created) -> None:
    """A session: presence while it lasts is no service."""
    starts, ends = second(event.start), second(event.end)
    listed = None
    if event.volunteers is not None:
        listed = json.dumps([writer.get_or_create_key(UUID(volunteer)) for volunteer in event.volunteers])
    chair = event.note and event.note.bytes
    span = (event.session, writer.unit.days.ordinal(starts), starts, ends)
    what = (event.kind, event.title, listed, event.training, compose_category(event.category), event.hours)
    writer.db.execute("INSERT INTO sessions VALUES (?,?,?,?,?,?,?,?,?,?,0,?,?)", (*span, *what, writer.position, chair))
    _mark_present_stale(writer, starts, ends)


def handle_session_cancelled(writer: FactWriter, event: UnitSession.Cancelled) -> None:
    """It does not take place: presence is what it would have been without it."""
    query = "UPDATE sessions SET cancelled=1 WHERE session=? RETURNING starts, ends"
    (span,) = writer.db.execute(query, (event.session,)).fetchall()
    _mark_present_stale(writer, *span)


def _mark_present_stale(writer: FactWriter, starts: Second, ends: Second) -> None:
    """The days of taps while a session lasts, and of corrected visits that reach into it."""
    first, last = writer.unit.days.ordinal(starts), writer.unit.days.ordinal(ends)
    writer.rules_changed = True
    writer.flush_taps()
    writer.db.execute(_MARK_PRESENT, {"first": first - 1, "last": last, "starts": starts, "ends": ends})


_MARK_PRESENT = """
INSERT OR IGNORE INTO stale SELECT volunteer, day FROM taps WHERE day BETWEEN :first AND :last
UNION SELECT volunteer, day FROM corrections WHERE check_in < :ends AND coalesce(check_out, check_in) >= :starts
"""


def handle_attendance_added(writer: FactWriter, event: UnitSession.AttendanceAdded) -> None:
    """A volunteer was there without a card."""
    row = (event.session, writer.get_or_create_key(event.volunteer_id), writer.position)
    writer.db.execute("INSERT OR REPLACE INTO session_added VALUES (?,?,?)", row)


def handle_attendance_retracted(writer: FactWriter, event: UnitSession.AttendanceRetracted) -> None:
    """What was added counts as if it had not been."""
    where = (event.session, writer.get_or_create_key(event.volunteer_id))
    writer.db.execute("DELETE FROM session_added WHERE session=? AND volunteer=?", where)


HANDLERS: Handlers = {
    UnitSession.Created: handle_session_scheduled,
    UnitSession.Cancelled: handle_session_cancelled,
    UnitSession.AttendanceAdded: handle_attendance_added,
    UnitSession.AttendanceRetracted: handle_attendance_retracted,
}
