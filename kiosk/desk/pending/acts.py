"""What people settled lately, as the log has it: by whom, when, whose, and whether it was taken back.

Rule: each event is read once, however often it is asked for.
"""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.log.event_log import EventLog
from domain.log.event_rows import Entry
from domain.model.acknowledgements import Acknowledgements
from domain.model.corrections import CorrectionEvent, Corrections
from domain.model.kiosk_clock import KioskClock
from domain.model.shift import Shift, ShiftRetraction
from domain.spans import second
from kiosk.desk.pending.view_model import SettledAs
from projections.read_models.plan import PlannedDuty

EVENTS_AT_FIRST = 5_000
"""Of the log, the last ones, when the desk is started."""
MOST_ACTS = 500


class Act(NamedTuple):
    """One of them."""

    position: int
    what: SettledAs
    recorded: datetime
    by: UUID
    volunteer: UUID | None = None
    note: UUID | None = None
    note_digest: str | None = None
    check_in: datetime | None = None
    """Of a visit."""
    shift: str | None = None
    kind: str | None = None
    """What an acknowledgement is about."""
    events: Sequence[int] = ()
    """What was acknowledged."""
    can_undo: bool = True


VISIT_ACTS: dict[type[CorrectionEvent], SettledAs] = {
    Corrections.VisitClosed: "closed",
    Corrections.VisitAdded: "added",
    Corrections.ArrivalAdded: "arrived",
    Corrections.VisitVoided: "voided",
    Corrections.MisuseAnnotated: "misuse",
}


class ActLog:
    """The acts in one log, one thread at a time."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._position = max(0, log.head().position - EVENTS_AT_FIRST)
        self._acts: deque[Act] = deque(maxlen=MOST_ACTS)

    def load(self, find_duty: Callable[[str], PlannedDuty | None]) -> list[Act]:
        """Those that stand, in the order of the log."""
        while rows := self._log.read_entries_lenient(self._position, upto=(head := self._log.head().position)):
            for entry in rows:
                self._read(entry, find_duty)
            self._position = rows[-1].position
        self._position = max(self._position, head)
        return list(self._acts)

    def _read(self, entry: Entry, find_duty: Callable[[str], PlannedDuty | None]) -> None:
        event = entry.event
        if isinstance(event, Corrections.Retracted | ShiftRetraction | Acknowledgements.Retracted):
            self._acts = deque((one for one in self._acts if one.position != event.retracted), MOST_ACTS)
        elif act := _build_act(entry):
            duty = find_duty(act.shift) if act.what == "assigned" and act.shift else None
            if act.what != "assigned" or (duty and second(act.recorded) >= duty.start):
                self._acts.append(act)


def _build_act(entry: Entry) -> Act | None:
    position, event = entry
    recorded = event.timestamp
    match event:
        case CorrectionEvent(by=by, volunteer_id=whose, note=note, note_digest=digest, check_in=check_in):
            return Act(position, VISIT_ACTS[type(event)], recorded, by, whose, note, digest, check_in)
        case Shift.AbsenceExcused(by=by, volunteer_id=whose, note=note, note_digest=digest, shift=shift):
            return Act(position, "excused", recorded, by, whose, note, digest, shift=shift)
        case Shift.Assigned(by=by, volunteer_id=whose, shift=shift):
            return Act(position, "assigned", recorded, by, whose, shift=shift)
        case Shift.LeaveWithdrawn(by=by, volunteer_id=whose, shift=shift):
            return Act(position, "leave_withdrawn", recorded, by, whose, shift=shift, can_undo=False)
        case Acknowledgements.Acknowledged(by=by, volunteer_id=whose, note=note, note_digest=digest):
            about = {"kind": event.kind, "events": event.events}
            return Act(position, "acknowledged", recorded, by, whose, note, digest, **about)
        case KioskClock.ClockCorrected(by=UUID() as by, note=note, note_digest=digest):
            return Act(position, "clock", recorded, by, None, note, digest, can_undo=False)
        case _:
            return None
