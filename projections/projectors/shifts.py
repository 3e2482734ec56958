"""Shifts, who is responsible for them, and service events."""

import json
from typing import Any
from uuid import UUID

from domain.model.service_event import ServiceEvent
from domain.model.shift import Shift
from domain.spans import Second, second
from projections.projectors.fact_writer import Cabinet, Drawers
from projections.projectors.feed import AssignmentFact, ShiftFact


def scheduled(cabinet: Cabinet, event: ShiftFact) -> None:
    """A shift, with nobody on it yet."""
    _keep(cabinet, event.shift, second(event.start), second(event.end), event.category, event.post, 0)


def _keep(
    cabinet: Cabinet,
    shift: str,
    starts: Second,
    ends: Second,
    category: str | None,
    post: str | None,
    cancelled: int,
) -> tuple[Any, ...]:
    row = (shift, cabinet.unit.days.ordinal(starts), starts, ends, category, post, cancelled)
    cabinet.scheduled.append(row)
    cabinet.shifts[shift] = row
    return row


def _shift(cabinet: Cabinet, shift: str) -> tuple[Any, ...]:
    row = cabinet.shifts.get(shift)
    if row is None:
        cabinet.put_roster_away()
        row = cabinet.db.execute("SELECT * FROM shifts WHERE shift=?", (shift,)).fetchone()
        cabinet.shifts[shift] = row
    return row


def assigned(cabinet: Cabinet, event: AssignmentFact) -> None:
    """Somebody is responsible."""
    _responsible(cabinet, event.shift, cabinet.key_of(event.volunteer_id))


def _responsible(cabinet: Cabinet, shift: str, key: int) -> None:
    _, day, starts, ends, category, _, cancelled = _shift(cabinet, shift)
    row = (key, day, shift, starts, ends, category, cancelled, "responsible", None, cabinet.position)
    cabinet.assigned.append(row)
    cabinet.touch(key, day, ends)


def unassigned(cabinet: Cabinet, event: Shift.Unassigned) -> None:
    """Somebody was taken off in time: as if never assigned."""
    key, day = cabinet.key(event.volunteer_id), _shift(cabinet, event.shift)[1]
    cabinet.put_roster_away()
    cabinet.db.execute("DELETE FROM roster WHERE volunteer=? AND day=? AND shift=?", (key, day, event.shift))
    cabinet.stale.add((key, day))


def handed_over(cabinet: Cabinet, event: Shift.HandedOver) -> None:
    """Responsibility passed on."""
    _state(cabinet, event.shift, event.giver, "handed_over")
    _responsible(cabinet, event.shift, cabinet.key(event.taker))


def leave(cabinet: Cabinet, event: Shift.LeaveRequested) -> None:
    """Leave was asked in time."""
    _state(cabinet, event.shift, event.volunteer_id, "on_leave")


def leave_withdrawn(cabinet: Cabinet, event: Shift.LeaveWithdrawn) -> None:
    """No leave after all."""
    _state(cabinet, event.shift, event.volunteer_id, "responsible")


def excused(cabinet: Cabinet, event: Shift.AbsenceExcused) -> None:
    """A coordinator excused an absence."""
    _state(cabinet, event.shift, event.volunteer_id, "excused", event.by.bytes)


def _state(cabinet: Cabinet, shift: str, volunteer_id: UUID, state: str, by: bytes | None = None) -> None:
    key, day = cabinet.key(volunteer_id), _shift(cabinet, shift)[1]
    where = (state, by, cabinet.position, key, day, shift)
    cabinet.put_roster_away()
    cabinet.db.execute(
        "UPDATE roster SET state=?, excused_by=?, position=? WHERE volunteer=? AND day=? AND shift=?", where
    )
    cabinet.stale.add((key, day))


def changed(cabinet: Cabinet, event: Shift.Changed) -> None:
    """A shift has other times, perhaps on another day."""
    _, _, _, _, category, post, cancelled = _shift(cabinet, event.shift)
    starts, ends = second(event.start), second(event.end)
    cabinet.put_roster_away()
    before = _people_of(cabinet, event.shift)
    row = _keep(cabinet, event.shift, starts, ends, category, post, cancelled)
    cabinet.db.execute(
        "UPDATE roster SET day=?, starts=?, ends=?, position=? WHERE shift=?",
        (row[1], starts, ends, cabinet.position, event.shift),
    )
    cabinet.stale.update(before)
    for key, _ in before:
        cabinet.touch(key, row[1], ends)


def cancelled(cabinet: Cabinet, event: Shift.Cancelled) -> None:
    """A shift does not take place."""
    _, _, starts, ends, category, post, _ = _shift(cabinet, event.shift)
    cabinet.put_roster_away()
    _keep(cabinet, event.shift, starts, ends, category, post, 1)
    cabinet.db.execute("UPDATE roster SET cancelled=1, position=? WHERE shift=?", (cabinet.position, event.shift))
    cabinet.stale.update(_people_of(cabinet, event.shift))


def _people_of(cabinet: Cabinet, shift: str) -> list[tuple[int, int]]:
    return cabinet.db.execute("SELECT volunteer, day FROM roster WHERE shift=?", (shift,)).fetchall()


def event_scheduled(cabinet: Cabinet, event: ServiceEvent.Created) -> None:
    """A service event: every presence while it lasts may count."""
    starts, ends = second(event.start), second(event.end)
    first, last = cabinet.unit.days.ordinal(starts), cabinet.unit.days.ordinal(ends)
    keys = None if event.volunteers is None else [cabinet.key(volunteer) for volunteer in event.volunteers]
    listed = None if keys is None else json.dumps(keys)
    row = (event.event, first, starts, ends, event.category, listed, cabinet.position)
    cabinet.db.execute("INSERT INTO events VALUES (?,?,?,?,?,?,?)", row)
    cabinet.rules_changed = True
    _stale_between(cabinet, first, last)


def _stale_between(cabinet: Cabinet, first: int, last: int) -> None:
    cabinet.db.execute(
        "INSERT OR IGNORE INTO stale SELECT volunteer, day FROM taps WHERE day BETWEEN ?1 AND ?2"
        " UNION SELECT volunteer, day FROM corrections WHERE day BETWEEN ?1 AND ?2",
        (first, last),
    )


DRAWERS: Drawers = {
    ShiftFact: scheduled,
    AssignmentFact: assigned,
    Shift.Unassigned: unassigned,
    Shift.Changed: changed,
    Shift.Cancelled: cancelled,
    Shift.HandedOver: handed_over,
    Shift.LeaveRequested: leave,
    Shift.LeaveWithdrawn: leave_withdrawn,
    Shift.AbsenceExcused: excused,
    ServiceEvent.Created: event_scheduled,
}
