"""Shifts, who is responsible for them, and service events."""

import json
from typing import Any
from uuid import UUID

from domain.ids import compose, compose_category
from domain.model.service_event import ServiceEvent
from domain.model.shift import Shift
from domain.spans import second
from projections.projectors.fact_writer import FactWriter, Handlers
from projections.projectors.feed import AssignmentFact, ShiftFact
from projections.projectors.tables import ROSTER_INDEX
from projections.projectors.unit_ledgers import write_description


def handle_shift_scheduled(writer: FactWriter, event: ShiftFact) -> None:
    """A shift, with no volunteer on it yet."""
    shift, starts, category = event.shift, second(event.start), compose_category(event.category)
    day, post = writer.unit.days.ordinal(starts), event.post and compose(event.post)
    row = (shift, day, starts, second(event.end), category, post, 0, writer.position)
    writer.pending_shifts.append(row)
    writer.known_shifts[shift] = row
    write_description(writer, "shift", shift, event.item, event.content)


def _change_shift(writer: FactWriter, row: tuple[Any, ...]) -> None:
    """Another row of a shift that stands in the table."""
    shift, *values = row
    writer.db.execute(_CHANGE_SHIFT, (*values, shift))
    writer.known_shifts[shift] = row


_CHANGE_SHIFT = """
UPDATE shifts SET day=?, starts=?, ends=?, category=?, post=?, cancelled=?, position=? WHERE shift=?
"""


def _load_shift(writer: FactWriter, shift: str) -> tuple[Any, ...]:
    row = writer.known_shifts.get(shift)
    if row is None:
        writer.flush_shifts()
        row = writer.db.execute("SELECT * FROM shifts WHERE shift=?", (shift,)).fetchone()
        writer.known_shifts[shift] = row
    return row


def handle_assigned(writer: FactWriter, event: AssignmentFact) -> None:
    """A volunteer is responsible."""
    _write_assignment(writer, event.shift, writer.get_or_create_key_from_text(event.volunteer_id))


def _write_assignment(writer: FactWriter, shift: str, key: int) -> None:
    _, day, starts, ends, category, _, cancelled, _ = _load_shift(writer, shift)
    row = (key, day, shift, starts, ends, category, cancelled, "responsible", None, writer.position)
    writer.pending_assignments.append(row)
    writer.mark_duty_stale(key, day, starts, ends)


def handle_assignment_retracted(writer: FactWriter, event: Shift.AssignmentRetracted) -> None:
    """A volunteer had been assigned by mistake, as it turned out when the shift had started."""
    handle_unassigned(writer, event)
    writer.note_correction(None, event.shift)


def handle_unassigned(writer: FactWriter, event: Shift.Unassigned | Shift.AssignmentRetracted) -> None:
    """A volunteer is not responsible after all: as if never assigned."""
    key, day = writer.get_or_create_key(event.volunteer_id), _load_shift(writer, event.shift)[1]
    writer.flush_roster()
    writer.db.execute("DELETE FROM roster WHERE volunteer=? AND day=? AND shift=?", (key, day, event.shift))
    writer.stale.add((key, day))


def handle_handed_over(writer: FactWriter, event: Shift.HandedOver) -> None:
    """Responsibility passed on; afterwards, that is a correction."""
    if event.retroactive:
        writer.note_correction(None, event.shift)
    _update_state(writer, event.shift, event.giver, "handed_over")
    _write_assignment(writer, event.shift, writer.get_or_create_key(event.taker))


def handle_leave_requested(writer: FactWriter, event: Shift.LeaveRequested) -> None:
    """Leave was requested; where it reached the log when the shift had started, that is on file as well."""
    _update_state(writer, event.shift, event.volunteer_id, "on_leave")
    key, recorded = writer.get_or_create_key(event.volunteer_id), second(event.timestamp)
    writer.db.execute("INSERT OR REPLACE INTO leave_requests VALUES (?,?,?)", (key, event.shift, second(event.at)))
    writer.db.execute("DELETE FROM late_leaves WHERE volunteer=? AND shift=?", (key, event.shift))
    if recorded >= _load_shift(writer, event.shift)[2]:
        row = (key, event.shift, recorded, writer.position)
        writer.db.execute("INSERT INTO late_leaves VALUES (?,?,?,?)", row)


def handle_leave_withdrawn(writer: FactWriter, event: Shift.LeaveWithdrawn) -> None:
    """No leave after all."""
    _update_state(writer, event.shift, event.volunteer_id, "responsible")


def handle_excuse_retracted(writer: FactWriter, event: Shift.ExcuseRetracted) -> None:
    """The excuse counts as if it had not been made."""
    _update_state(writer, event.shift, event.volunteer_id, "responsible")
    writer.note_correction(None, event.shift)


def handle_absence_excused(writer: FactWriter, event: Shift.AbsenceExcused) -> None:
    """A coordinator excused an absence."""
    _update_state(writer, event.shift, event.volunteer_id, "excused", event.by.bytes)
    writer.note_correction(None, event.shift)


def _update_state(writer: FactWriter, shift: str, volunteer_id: UUID, state: str, by: bytes | None = None) -> None:
    key, day = writer.get_or_create_key(volunteer_id), _load_shift(writer, shift)[1]
    where = (state, by, writer.position, key, day, shift)
    writer.flush_roster()
    writer.db.execute(
        "UPDATE roster SET state=?, excused_by=?, position=? WHERE volunteer=? AND day=? AND shift=?", where
    )
    writer.stale.add((key, day))


def handle_shift_changed(writer: FactWriter, event: Shift.Changed) -> None:
    """A shift has other times, perhaps on another day."""
    _, _, _, _, category, post, cancelled, _ = _load_shift(writer, event.shift)
    starts, ends = second(event.start), second(event.end)
    before = _list_assigned(writer, event.shift)
    day = writer.unit.days.ordinal(starts)
    row = (event.shift, day, starts, ends, category, post, cancelled, writer.position)
    _change_shift(writer, row)
    writer.db.execute(
        "UPDATE roster SET day=?, starts=?, ends=?, position=? WHERE shift=?",
        (row[1], starts, ends, writer.position, event.shift),
    )
    writer.stale.update(before)
    for key, _ in before:
        writer.mark_duty_stale(key, row[1], starts, ends)


def handle_shift_cancelled(writer: FactWriter, event: Shift.Cancelled) -> None:
    """A shift does not take place."""
    shift, day, starts, ends, category, post, _, _ = _load_shift(writer, event.shift)
    assigned = _list_assigned(writer, event.shift)
    _change_shift(writer, (shift, day, starts, ends, category, post, 1, writer.position))
    writer.db.execute("UPDATE roster SET cancelled=1, position=? WHERE shift=?", (writer.position, event.shift))
    writer.stale.update(assigned)


def _list_assigned(writer: FactWriter, shift: str) -> list[tuple[int, int]]:
    """Who is or was responsible for a shift; now the tables hold all of the roster, and can be searched by it."""
    writer.flush_shifts()
    writer.flush_roster()
    writer.db.execute(ROSTER_INDEX)
    return writer.db.execute("SELECT volunteer, day FROM roster WHERE shift=?", (shift,)).fetchall()


def handle_event_scheduled(writer: FactWriter, event: ServiceEvent.Created) -> None:
    """A service event: every presence while it lasts may count."""
    starts, ends = second(event.start), second(event.end)
    first, last = writer.unit.days.ordinal(starts), writer.unit.days.ordinal(ends)
    keys = None if event.volunteers is None else [writer.get_or_create_key(volunteer) for volunteer in event.volunteers]
    listed = None if keys is None else json.dumps(keys)
    row = (event.event, first, starts, ends, compose_category(event.category), listed, writer.position)
    writer.db.execute("INSERT INTO events VALUES (?,?,?,?,?,?,?)", row)
    write_description(writer, "event", event.event, event.item, event.content)
    writer.rules_changed = True
    writer.db.execute(_MARK_PRESENT, {"first": first, "last": last, "starts": starts, "ends": ends})


_MARK_PRESENT = """
INSERT OR IGNORE INTO stale SELECT volunteer, day FROM taps WHERE day BETWEEN :first AND :last
UNION SELECT volunteer, day FROM corrections WHERE check_in < :ends AND coalesce(check_out, check_in) >= :starts
"""
"""The days of taps while an event lasts, and of corrected visits that reach into it, whenever they began."""


HANDLERS: Handlers = {
    ShiftFact: handle_shift_scheduled,
    AssignmentFact: handle_assigned,
    Shift.Unassigned: handle_unassigned,
    Shift.AssignmentRetracted: handle_assignment_retracted,
    Shift.Changed: handle_shift_changed,
    Shift.Cancelled: handle_shift_cancelled,
    Shift.HandedOver: handle_handed_over,
    Shift.LeaveRequested: handle_leave_requested,
    Shift.LeaveWithdrawn: handle_leave_withdrawn,
    Shift.AbsenceExcused: handle_absence_excused,
    Shift.ExcuseRetracted: handle_excuse_retracted,
    ServiceEvent.Created: handle_event_scheduled,
}
