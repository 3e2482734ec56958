"""Every name that this product's log may hold. What is not listed here is not loaded."""

from domain.attendance import Attendance, RefusedTaps
from domain.card import Card
from domain.coordinator import Coordinator
from domain.corrections import Corrections
from domain.exit_case import ExitCase
from domain.kiosk_clock import BootsPutRight, KioskClock
from domain.log.stored_names import StoredNames
from domain.reconciliation import Reconciliation
from domain.refused_commands import RefusedCommands
from domain.service_event import ServiceEvent
from domain.shift import Shift
from domain.unit import Unit
from domain.volunteer import Volunteer

STREAMS = (
    Unit,
    Volunteer,
    Card,
    Shift,
    ServiceEvent,
    Attendance,
    RefusedTaps,
    KioskClock,
    BootsPutRight,
    Corrections,
    ExitCase,
    Reconciliation,
    RefusedCommands,
    Coordinator,
)
"""All kinds of stream."""

OUR_NAMES = StoredNames(*STREAMS)
"""What their events are called."""
