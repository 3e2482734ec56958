"""The shifts of a day and how everybody stands to them, as far as it is known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from domain.model.shift import Responsibility, Shift
from domain.spans import Second, second
from projections.evaluation.facts import Assignment
from projections.read_models.live_roster import TIME_TO_LEAVE, Slot

Responsibilities = dict[UUID, Responsibility]
"""How everybody stands to a shift who was ever responsible for it."""
ResponsibilityEvent = Shift.Assigned | Shift.LeaveWithdrawn | Shift.LeaveRequested | Shift.AbsenceExcused
ShiftEvent = Shift.Created | Shift.Changed | Shift.Cancelled | Shift.HandedOver | Shift.Unassigned | ResponsibilityEvent
"""What becomes of a shift, and of somebody's part in it."""


class ChangeScope(NamedTuple):
    """Whom an event or an instant may change something for."""

    people: frozenset[UUID] = frozenset()
    shifts: frozenset[str] = frozenset()

    def __or__(self, other: "ChangeScope") -> "ChangeScope":
        """Both."""
        return ChangeScope(self.people | other.people, self.shifts | other.shifts)


class DayShifts:
    """Hears what becomes of the shifts, one event after the other."""

    def __init__(self, slots: Mapping[str, Slot], responsibilities: Mapping[str, Responsibilities]) -> None:
        """`slots`: shifts that are not cancelled; `posts` by shift."""
        self.slots = dict(slots)
        self._responsibilities: dict[str, Responsibilities] = defaultdict(dict)
        self._shifts: dict[UUID, set[str]] = defaultdict(set)
        for shift, post in responsibilities.items():
            for who, state in post.items():
                self._set_state(shift, who, state)

    def apply(self, event: ShiftEvent) -> ChangeScope:
        """What became known; whom it concerns."""
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
            case Shift.Unassigned(shift=shift, volunteer_id=who):
                self._responsibilities[shift].pop(who, None)
            case _:
                self._set_state(event.shift, event.volunteer_id, _STATES[type(event)])

    def _set_state(self, shift: str, who: UUID, state: Responsibility) -> None:
        self._responsibilities[shift][who] = state
        self._shifts[who].add(shift)

    # --- Whose is what ---

    def find_scope_at(self, at: Second) -> ChangeScope:
        """Whom the clock alone may change something for: a shift begins, is over, or is over for long."""
        return self.build_scope({name for name, slot in self.slots.items() if at in list_shift_instants(slot)})

    def build_scope(self, shifts: set[str]) -> ChangeScope:
        """Whoever has anything to do with these shifts."""
        return ChangeScope(
            frozenset(who for shift in shifts for who in self._responsibilities[shift]), frozenset(shifts)
        )

    def shifts_of(self, who: UUID) -> frozenset[str]:
        """The shifts that somebody has anything to do with."""
        return frozenset(self._shifts[who])

    def people_of(self, shift: str) -> list[UUID]:
        """Whoever was ever responsible for a shift."""
        return list(self._responsibilities[shift])

    def list_open_duties(self, who: UUID) -> Iterator[tuple[Slot, Responsibility]]:
        """The shifts that are still somebody's to do, excused or not."""
        for shift in self._shifts[who]:
            slot, state = self.slots.get(shift), self._responsibilities[shift].get(who)
            if slot and (state == "responsible" or state == "excused"):
                yield slot, state


_STATES: Mapping[type[ResponsibilityEvent], Responsibility] = {
    Shift.Assigned: "responsible",
    Shift.LeaveWithdrawn: "responsible",
    Shift.LeaveRequested: "on_leave",
    Shift.AbsenceExcused: "excused",
}


def list_shift_instants(slot: Slot) -> tuple[Second, Second, Second]:
    """When a shift begins, is over, and is over for so long that whoever is in forgot to tap out."""
    return slot.start, slot.end, slot.end + TIME_TO_LEAVE


def build_assignment(slot: Slot, day: int, state: Responsibility) -> Assignment:
    """Somebody's part in a shift, as the reckoning takes it."""
    return Assignment(slot.shift, day, slot.start, slot.end, None, cancelled=False, state=state)
