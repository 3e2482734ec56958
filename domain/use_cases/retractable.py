"""What a person did, by its position in the log, so that it can be taken back."""

from domain.log.event_log import EventLog
from domain.model.acknowledgements import Acknowledgements
from domain.model.corrections import CorrectionEvent, Corrections
from domain.model.exit_case import ExitCase
from domain.model.ledger import LedgerEntry
from domain.model.retraction import NoSuchCorrection
from domain.model.shift import Shift
from domain.model.training import TrainingEvent
from domain.model.unit_session import UnitSession
from domain.model.volunteer import Volunteer

Retractable = (
    CorrectionEvent
    | Shift.AbsenceExcused
    | Shift.Assigned
    | ExitCase.Decided
    | Acknowledgements.Acknowledged
    | LedgerEntry
    | UnitSession.AttendanceAdded
)
"""What a person did and can take back; not a retraction itself, nor what the program concluded."""


def find_retractable(log: EventLog, position: int) -> Retractable | TrainingEvent:
    """What can be taken back at a position of the log. Raises: NoSuchCorrection; UnknownName, Unreadable."""
    found = next((entry.event for entry in log.read_entries(position - 1, 1) if entry.position == position), None)
    if isinstance(found, Corrections.Retracted) or (isinstance(found, Volunteer.TrainingCompleted) and found.is_sum):
        raise NoSuchCorrection(position)
    if isinstance(found, Retractable | TrainingEvent):
        return found
    raise NoSuchCorrection(position)
