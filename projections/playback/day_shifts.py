"""The shifts of a day and who is responsible for them, as the events so far have it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from domain.model.shift import Responsibility, Shift
from domain.policy import Policy
from domain.spans import Second, second
from projections.evaluation.attendance_state import OVERDUE_AFTER, find_alarm_instant, find_release
from projections.read_models.live_roster import Slot

Responsibilities = dict[UUID, Responsibility]
"""How each volunteer stands to a shift that they were ever responsible for."""
ResponsibilityEvent = (
    Shift.Assigned | Shift.LeaveWithdrawn | Shift.LeaveRequested | Shift.AbsenceExcused | Shift.ExcuseRetracted
)
ReleaseEvent = Shift.Unassigned | Shift.AssignmentRetracted
ShiftEvent = Shift.Created | Shift.Changed | Shift.Cancelled | Shift.HandedOver | ReleaseEvent | ResponsibilityEvent
"""Events that change a shift, or a volunteer's responsibility for it."""


class ChangeScope(NamedTuple):
    """The volunteers and shifts for which an event or an instant may change something."""

    people: frozenset[UUID] = frozenset()
    shifts: frozenset[str] = frozenset()

    def __or__(self, other: "ChangeScope") -> "ChangeScope":
        """The union of both."""
        return ChangeScope(self.people | other.people, self.shifts | other.shifts)


class DayShifts:
    """The shifts and responsibilities, changed by one event after the other."""

    def __init__(self, slots: Mapping[str, Slot], responsibilities: Mapping[str, Responsibilities]) -> None:
        """`slots`: shifts that are not cancelled; `responsibilities` by shift."""
        self.slots = dict(slots)
        self._responsibilities: dict[str, Responsibilities] = defaultdict(dict)
        self._shifts: dict[UUID, set[str]] = defaultdict(set)
        for shift, states in responsibilities.items():
            for volunteer_id, state in states.items():
                self._set_state(shift, volunteer_id, state)

    def apply(self, event: ShiftEvent) -> ChangeScope:
        """Take an event in; what it may change something for."""
        before = self.build_scope({event.shift})
        self._apply_event(event)
        return before | self.build_scope({event.shift})

    def _apply_event(self, event: ShiftEvent) -> None:
        match event:
            case Shift.Created(shift=shift, start=start, end=end, post=post):
                self.slots[shift] = Slot(shift, second(start), second(end), post)
            case Shift.Changed(shift=shift, start=start, end=end):
                if shift in self.slots:
                    self.slots[shift] = self.slots[shift]._replace(start=second(start), end=second(end))
            case Shift.Cancelled(shift=shift):
                self.slots.pop(shift, None)
            case Shift.HandedOver(shift=shift, giver=giver, taker=taker):
                self._set_state(shift, giver, "handed_over")
                self._set_state(shift, taker, "responsible")
            case (
                Shift.Unassigned(shift=shift, volunteer_id=volunteer_id)
                | Shift.AssignmentRetracted(shift=shift, volunteer_id=volunteer_id)
            ):
                self._responsibilities[shift].pop(volunteer_id, None)
            case _:
                self._set_state(event.shift, event.volunteer_id, _STATES[type(event)])

    def _set_state(self, shift: str, volunteer_id: UUID, state: Responsibility) -> None:
        self._responsibilities[shift][volunteer_id] = state
        self._shifts[volunteer_id].add(shift)

    # --- Who is responsible for what ---

    def find_scope_at(self, at: Second, policy: Policy) -> ChangeScope:
        """What the clock alone may change something for."""
        return self.build_scope({name for name, slot in self.slots.items() if at in list_shift_instants(slot, policy)})

    def build_scope(self, shifts: set[str]) -> ChangeScope:
        """These shifts, and all volunteers who were ever responsible for one of them."""
        people = frozenset(volunteer_id for shift in shifts for volunteer_id in self._responsibilities[shift])
        return ChangeScope(people, frozenset(shifts))

    def shifts_of(self, volunteer_id: UUID) -> frozenset[str]:
        """The shifts that a volunteer was ever responsible for."""
        return frozenset(self._shifts[volunteer_id])

    def people_of(self, shift: str) -> list[UUID]:
        """The volunteers who were ever responsible for a shift."""
        return list(self._responsibilities[shift])

    def list_open_duties(self, volunteer_id: UUID) -> Iterator[tuple[Slot, Responsibility]]:
        """The shifts that are still a volunteer's to do, excused or not."""
        for shift in self._shifts[volunteer_id]:
            slot, state = self.slots.get(shift), self._responsibilities[shift].get(volunteer_id)
            if slot and state and not find_release(state, cancelled=False):
                yield slot, state


_STATES: Mapping[type[ResponsibilityEvent], Responsibility] = {
    Shift.Assigned: "responsible",
    Shift.LeaveWithdrawn: "responsible",
    Shift.LeaveRequested: "on_leave",
    Shift.AbsenceExcused: "excused",
    Shift.ExcuseRetracted: "responsible",
}


def list_shift_instants(slot: Slot, policy: Policy) -> tuple[Second, ...]:
    """When a shift begins, lacks its volunteers, is over, and is over for so long that a departure is overdue."""
    return slot.start, find_alarm_instant(slot, policy), slot.end, slot.end + OVERDUE_AFTER
