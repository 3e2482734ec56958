"""The words of codes in events, in English."""

from collections.abc import Mapping

from kiosk.words.desk.policy_parameters import POLICY
from kiosk.words.desk.unit import UNIT
from kiosk.words.event_subjects import compose_texts
from kiosk.words.staff_en import ROSTER
from kiosk.words.statements_en import REPORT

CODES: Mapping[str, str] = {
    **compose_texts("codes", "en"),
    **ROSTER.pending_kinds,
    **UNIT["en"].kinds,
    **POLICY["en"].parameters,
    **POLICY["en"].values,
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
}
