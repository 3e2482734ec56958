"""The words of codes in events, in English."""

from collections.abc import Mapping

from kiosk.words import session_events_en as session_events
from kiosk.words.desk.unit import UNIT
from kiosk.words.papers import ENGLISH
from kiosk.words.staff_en import ROSTER
from kiosk.words.statements_en import REPORT
from kiosk.words.unit_ledger_events import UNIT_LEDGERS

CODES: Mapping[str, str] = {
    **session_events.CODES,
    **ROSTER.pending_kinds,
    **UNIT["en"].kinds,
    **UNIT["en"].parameters,
    **UNIT["en"].values,
    **REPORT.figures,
    "rostered": "by roster",
    "event": "for events",
    "flexible": "when there is time",
    "guide": "guide",
    "basic": "basic training",
    "special": "special training",
    "growth": "growth training",
    "leadership": "leadership training",
    "in_service": "in-service training",
    "lent": "lent to another",
    "impersonated": "used by another",
    "improper": "used improperly",
    "in": "in",
    "out": "out",
    "ok": "synchronised",
    "unsynchronised": "not synchronised",
    "unknown": "not known",
    "simulated": "of a simulation",
    "keep": "goes on",
    "reassign": "gets other duties",
    "not_renew": "agreement is not renewed",
    "terminate": "service ends",
    "request": "the person asked for it",
    "purpose_ended": "no longer needed",
    "authority": "an authority ordered it",
    "leader": "team leader",
    "coordinator": "coordinator",
    "registrar": "registrar",
    "unit_head": "unit head",
    "auditor": "auditor",
    "name": "name",
    "birth_date": "birth date",
    "gender": "gender",
    "language": "language",
    "group": "group",
    "telephone": "telephone",
    "email": "e-mail",
    "address": "address",
    "emergency_contact": "emergency contact",
    "notes": "notes",
    **ENGLISH.codes,
    **ENGLISH.details,
    **UNIT_LEDGERS["en"].codes,
}
