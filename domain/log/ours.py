"""Every name that this product's log may hold. What is not listed here is not loaded."""

from domain.attendance import Attendance, RefusedTaps
from domain.card import Card
from domain.corrections import Corrections
from domain.exit_case import ExitCase
from domain.log.stored_names import StoredNames
from domain.reconciliation import Reconciliation
from domain.refused_commands import RefusedCommands
from domain.service_event import ServiceEvent
from domain.shift import Shift
from domain.unit import Unit
from domain.volunteer import Volunteer

OUR_NAMES = StoredNames(
    Unit,
    Volunteer,
    Card,
    Shift,
    ServiceEvent,
    Attendance,
    RefusedTaps,
    Corrections,
    ExitCase,
    Reconciliation,
    RefusedCommands,
)
"""All streams."""
