"""Every name that this product's log may hold. What is not listed here is not loaded."""

from domain.log.stored_names import StoredNames
from domain.model.acknowledgements import Acknowledgements
from domain.model.api_tokens import ApiTokens
from domain.model.assessments import Assessments
from domain.model.attendance import Attendance, RefusedTaps
from domain.model.award_groups import AwardGroups
from domain.model.award_ledger import AwardLedger
from domain.model.batch_line import BatchLine
from domain.model.calendar_feeds import CalendarFeeds
from domain.model.card import Card
from domain.model.coordinator import Coordinator
from domain.model.corrections import Corrections
from domain.model.desk_account import DeskAccount
from domain.model.desk_sessions import DeskSessions
from domain.model.duty_description import DutyDescription, PostDescription
from domain.model.evacuation_drill import EvacuationDrills
from domain.model.exit_case import ExitCase
from domain.model.insurance import Insurance
from domain.model.issued_document import IssuedDocument
from domain.model.kiosk_clock import BootsPutRight, KioskClock
from domain.model.kiosk_register import KioskRegister
from domain.model.leader_terms import LeaderTerms
from domain.model.log_history import LogHistory
from domain.model.month_statements import MonthStatements
from domain.model.name_access import NameAccess
from domain.model.reconciliation import Reconciliation
from domain.model.record_book import BookNumber, RecordBook
from domain.model.record_book_entries import RecordBookEntries
from domain.model.refused_commands import RefusedCommands
from domain.model.served_counts import ServedCounts
from domain.model.service_certificate import ServiceCertificate
from domain.model.service_event import ServiceEvent
from domain.model.service_plans import ServicePlans
from domain.model.shift import Shift
from domain.model.spot_checks import SpotChecks
from domain.model.tour_booking import TourBooking
from domain.model.unit import Unit
from domain.model.unit_session import UnitSession
from domain.model.volunteer import Volunteer

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
    Acknowledgements,
    ExitCase,
    Reconciliation,
    RefusedCommands,
    Coordinator,
    DeskAccount,
    ApiTokens,
    LogHistory,
    NameAccess,
    EvacuationDrills,
    CalendarFeeds,
    UnitSession,
    BatchLine,
    MonthStatements,
    RecordBookEntries,
    RecordBook,
    BookNumber,
    ServiceCertificate,
    Insurance,
    DutyDescription,
    ServedCounts,
    TourBooking,
    ServicePlans,
    LeaderTerms,
    AwardLedger,
    AwardGroups,
    IssuedDocument,
    SpotChecks,
    DeskSessions,
    Assessments,
    PostDescription,
    KioskRegister,
)
"""All kinds of stream."""

REGISTERED_NAMES = StoredNames(*STREAMS)
"""What their events are called."""
