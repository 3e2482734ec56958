"""Every name that this product's log may hold, by kind of stream. What is not listed here is not loaded.

Rule: a kind of stream is loaded when the first of its names is met: a tap reads the names of a few.
"""

from collections.abc import Mapping

from domain.log.stored_names import StoredNames

STREAMS: Mapping[str, str] = {
    "unit": "domain.model.unit:Unit",
    "volunteer": "domain.model.volunteer:Volunteer",
    "card": "domain.model.card:Card",
    "shift": "domain.model.shift:Shift",
    "service-event": "domain.model.service_event:ServiceEvent",
    "attendance": "domain.model.attendance:Attendance",
    "refused-taps": "domain.model.attendance:RefusedTaps",
    "kiosk-clock": "domain.model.kiosk_clock:KioskClock",
    "boots-put-right": "domain.model.kiosk_clock:BootsPutRight",
    "corrections": "domain.model.corrections:Corrections",
    "acknowledgements": "domain.model.acknowledgements:Acknowledgements",
    "exit-case": "domain.model.exit_case:ExitCase",
    "reconciliation": "domain.model.reconciliation:Reconciliation",
    "refused-commands": "domain.model.refused_commands:RefusedCommands",
    "coordinator": "domain.model.coordinator:Coordinator",
    "desk-account": "domain.model.desk_account:DeskAccount",
    "api-tokens": "domain.model.api_tokens:ApiTokens",
    "log-history": "domain.model.log_history:LogHistory",
    "name-access": "domain.model.name_access:NameAccess",
    "evacuation-drills": "domain.model.evacuation_drill:EvacuationDrills",
    "calendar-feeds": "domain.model.calendar_feeds:CalendarFeeds",
    "unit-session": "domain.model.unit_session:UnitSession",
    "batch-line": "domain.model.batch_line:BatchLine",
    "month-statements": "domain.model.month_statements:MonthStatements",
    "record-book-entries": "domain.model.record_book_entries:RecordBookEntries",
    "record-book": "domain.model.record_book:RecordBook",
    "book-number": "domain.model.record_book:BookNumber",
    "service-certificate": "domain.model.service_certificate:ServiceCertificate",
    "insurance": "domain.model.insurance:Insurance",
    "duty-description": "domain.model.duty_description:DutyDescription",
    "served-counts": "domain.model.served_counts:ServedCounts",
    "tour-booking": "domain.model.tour_booking:TourBooking",
    "service-plans": "domain.model.service_plans:ServicePlans",
    "leader-terms": "domain.model.leader_terms:LeaderTerms",
    "award-ledger": "domain.model.award_ledger:AwardLedger",
    "award-groups": "domain.model.award_groups:AwardGroups",
    "issued-document": "domain.model.issued_document:IssuedDocument",
    "spot-checks": "domain.model.spot_checks:SpotChecks",
    "desk-sessions": "domain.model.desk_sessions:DeskSessions",
    "assessments": "domain.model.assessments:Assessments",
    "post-description": "domain.model.duty_description:PostDescription",
    "kiosk-register": "domain.model.kiosk_register:KioskRegister",
}
"""All kinds of stream: what the names of their events begin with, and `module:class`."""

REGISTERED_NAMES = StoredNames(table=STREAMS)
"""What their events are called."""
