"""What was received and attested of awards; no day changes by it."""

import json
from typing import Any
from uuid import UUID

from domain.ids import compose, compose_category
from domain.model.award_groups import AwardGroups
from domain.model.award_ledger import AwardEntry, AwardLedger
from projections.projectors.award_tables import AWARD_TABLES
from projections.projectors.fact_writer import FactWriter, Handlers, parse_day


def handle_award_granted(writer: FactWriter, event: AwardLedger.AwardGranted) -> None:
    """A volunteer received an award."""
    _insert(writer, "award_grants", _find_volunteer(writer, event), event.award, parse_day(event.on))


def handle_honor_card_granted(writer: FactWriter, event: AwardLedger.HonorCardGranted) -> None:
    """An honor card."""
    days = map(parse_day, (event.approved_on, event.expires_on, event.counted_through))
    _insert(writer, "honor_cards", _find_volunteer(writer, event), *days)


def handle_certificate_issued(writer: FactWriter, event: AwardLedger.CertificateIssued) -> None:
    """A performance certificate."""
    days = map(parse_day, (event.applied_on, event.issued_on, event.first_day, event.last_day))
    _insert(writer, "certificates", _find_volunteer(writer, event), *days, event.minutes)


def handle_hours_attested(writer: FactWriter, event: AwardLedger.HoursAttested) -> None:
    """Hours that a document proves."""
    days = map(parse_day, (event.first_day, event.last_day))
    where = (event.unit and compose(event.unit), compose_category(event.category), event.city and compose(event.city))
    _insert(writer, "attested_hours", _find_volunteer(writer, event), *days, event.minutes, *where, event.proof)


def handle_seniority_attested(writer: FactWriter, event: AwardLedger.SeniorityAttested) -> None:
    """Years of service that a document proves."""
    days = map(parse_day, (event.since, event.until))
    _insert(
        writer,
        "attested_seniority",
        _find_volunteer(writer, event),
        *days,
        event.unit and compose(event.unit),
        compose_category(event.category),
    )


def handle_condition_attested(writer: FactWriter, event: AwardLedger.ConditionAttested) -> None:
    """A condition of an award."""
    _insert(writer, "attested_conditions", _find_volunteer(writer, event), event.award, event.condition)


def handle_family_attested(writer: FactWriter, event: AwardGroups.FamilyAttested) -> None:
    """A family among the volunteers."""
    _insert(writer, "families", event.family, json.dumps([UUID(member).hex for member in event.members]))


def handle_team_attested(writer: FactWriter, event: AwardGroups.TeamAttested) -> None:
    """When the team was established."""
    _insert(writer, "teams", parse_day(event.established_on))


def handle_team_award_granted(writer: FactWriter, event: AwardGroups.TeamAwardGranted) -> None:
    """The team received an award."""
    _insert(writer, "award_grants", None, event.award, parse_day(event.on))


def handle_retracted(writer: FactWriter, event: AwardLedger.Retracted | AwardGroups.Retracted) -> None:
    """An entry counts no more."""
    for table in AWARD_TABLES:
        writer.db.execute(f"DELETE FROM {table} WHERE position=?", (event.retracted,))


def _find_volunteer(writer: FactWriter, event: AwardEntry) -> int:
    return writer.get_or_create_key(event.volunteer_id)


def _insert(writer: FactWriter, table: str, *values: Any) -> None:
    places = ",".join("?" * (len(values) + 1))
    writer.db.execute(f"INSERT INTO {table} VALUES ({places})", (writer.position, *values))


HANDLERS: Handlers = {
    AwardLedger.AwardGranted: handle_award_granted,
    AwardLedger.HonorCardGranted: handle_honor_card_granted,
    AwardLedger.CertificateIssued: handle_certificate_issued,
    AwardLedger.HoursAttested: handle_hours_attested,
    AwardLedger.SeniorityAttested: handle_seniority_attested,
    AwardLedger.ConditionAttested: handle_condition_attested,
    AwardLedger.Retracted: handle_retracted,
    AwardGroups.FamilyAttested: handle_family_attested,
    AwardGroups.TeamAttested: handle_team_attested,
    AwardGroups.TeamAwardGranted: handle_team_award_granted,
    AwardGroups.Retracted: handle_retracted,
}
