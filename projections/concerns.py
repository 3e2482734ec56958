"""Which rows of the read models an event can have changed: whose, of which service day, of which shift."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.attendance import Tapped
from domain.calendar import ServiceDays
from domain.corrections import Corrected
from domain.exit_case import ExitCase
from domain.log.event_log import EventLog
from domain.service_event import ServiceEvent
from domain.shift import Shift
from domain.spans import Second, second
from domain.unit import Unit
from domain.volunteer import Volunteer


@dataclass(frozen=True, slots=True)
class Concern:
    """What an event is about. None leaves a side open: every volunteer, every day, every shift."""

    position: int
    volunteers: frozenset[UUID] | None = None
    day: date | None = None
    shift: str | None = None
    case: str | None = None
    """The rule of an exit case."""

    def touches(self, volunteer: UUID, day: date | None, shift: str | None, case: str | None) -> bool:
        """Whether a row about these may be its consequence."""
        if self.volunteers is not None and volunteer not in self.volunteers:
            return False
        if self.case is not None or case is not None:
            return self.case == case
        if self.shift is not None:
            return shift is None or shift == self.shift
        return self.day is None or day is None or day == self.day


def concerns(log: EventLog, days: ServiceDays, after: Second, until: Second) -> Iterator[Concern]:
    """What was recorded after one second and not after another, in the order of the log."""
    cases: dict[UUID, ExitCase.Created] = {}
    position = 0
    while entries := log.entries(after=position, limit=5_000):
        for position, event in entries:
            if isinstance(event, ExitCase.Created):
                cases[event.originator_id] = event
            if after < second(event.timestamp) <= until and (concern := _concern(position, event, days, cases)):
                yield concern


def _concern(position: int, event: Any, days: ServiceDays, cases: dict[UUID, ExitCase.Created]) -> Concern | None:
    match event:
        case Tapped():
            return Concern(position, frozenset({event.volunteer_id}), days.of(event.at))
        case Corrected():
            return Concern(position, frozenset({event.volunteer_id}), days.of(event.check_in))
        case Shift.HandedOver():
            return Concern(position, frozenset({event.giver, event.taker}), shift=event.shift)
        case (
            Shift.Assigned()
            | Shift.Unassigned()
            | Shift.LeaveRequested()
            | Shift.LeaveWithdrawn()
            | Shift.AbsenceExcused()
        ):
            return Concern(position, frozenset({event.volunteer_id}), shift=event.shift)
        case Shift.Created() | Shift.Changed() | Shift.Cancelled():
            return Concern(position, shift=event.shift)
        case Volunteer.Event() | Volunteer.Created():
            return Concern(position, frozenset({event.originator_id}))
        case ExitCase.Event() | ExitCase.Created():
            raised = cases[event.originator_id]
            return Concern(position, frozenset({raised.volunteer_id}), case=raised.rule)
        case ServiceEvent.Created() | Unit.Opened() | Unit.PolicyAdopted() | Unit.CalendarImported():
            return Concern(position)
        case _:
            return None
