"""What is true of a person, and so bears on every day of theirs."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from domain.ids import compose_category
from domain.model.assessments import Assessments
from domain.model.card import Card
from domain.model.evacuation_drill import EvacuationDrills
from domain.model.name_access import NameAccess
from domain.model.volunteer import Volunteer
from domain.spans import second
from projections.projectors.fact_writer import FactWriter, Handlers, parse_day


def handle_enrolled(writer: FactWriter, event: Volunteer.Created) -> None:
    """A volunteer, and the first agreement."""
    writer.write_person(event.originator_id, event.mode)
    _write_turn(writer, event, "agreement", event.agreement_from)


def handle_agreement_renewed(writer: FactWriter, event: Volunteer.AgreementRenewed) -> None:
    """Another agreement."""
    _write_turn(writer, event, "agreement", event.agreement_from)


def handle_agreement_ended(writer: FactWriter, event: Volunteer.AgreementEnded) -> None:
    """The end of an agreement, and why."""
    _write_turn(writer, event, "ended", event.on)
    row = (writer.get_or_create_key(event.originator_id), writer.position, parse_day(event.on), event.reason_code)
    writer.db.execute("INSERT INTO resignations VALUES (?,?,?,?)", row)


def handle_person_erased(writer: FactWriter, event: Volunteer.PersonErased) -> None:
    """Who it was is forgotten; the record stays. Service is over after that day at the latest."""
    _write_turn(writer, event, "ended", event.on)


def handle_suspended(writer: FactWriter, event: Volunteer.Suspended) -> None:
    """Service pauses."""
    _write_turn(writer, event, "suspended", event.since)


def handle_resumed(writer: FactWriter, event: Volunteer.Resumed) -> None:
    """Service goes on."""
    _write_turn(writer, event, "resumed", event.on)


def _write_turn(writer: FactWriter, event: Any, kind: str, day: str) -> None:
    key = writer.get_or_create_key(event.originator_id)
    row = (key, writer.position, kind, parse_day(day), second(event.timestamp))
    writer.db.execute("INSERT INTO turns VALUES (?,?,?,?,?)", row)
    writer.mark_volunteer_stale(key)


def handle_training_completed(writer: FactWriter, event: Volunteer.TrainingCompleted) -> None:
    """A completed training, and a session of one unless it is the sum of those that are on file."""
    if not event.is_sum:
        handle_training_attended(writer, event)
    key = writer.get_or_create_key(event.originator_id)
    event.build_training()
    day = parse_day(event.on) if event.on else None
    instant = second(event.completed_at) if event.completed_at else None
    row = (key, writer.position, event.kind, compose_category(event.category), day, instant)
    writer.db.execute("INSERT INTO trainings VALUES (?,?,?,?,?,?)", row)
    writer.mark_volunteer_stale(key)


def handle_training_attended(
    writer: FactWriter, event: Volunteer.TrainingAttended | Volunteer.TrainingCompleted
) -> None:
    """A session of a training. No minute follows from it."""
    day = parse_day(event.on) if event.on else writer.unit.days.ordinal(second(event.completed_at or event.at))
    modules = json.dumps(event.modules) if event.modules else None
    what = (event.kind, compose_category(event.category), day, event.hours, modules, event.session)
    row = (writer.get_or_create_key(event.originator_id), writer.position, *what, event.originator_version)
    writer.db.execute("INSERT INTO training_sessions VALUES (?,?,?,?,?,?,?,?,?)", row)


def handle_training_retracted(writer: FactWriter, event: Volunteer.TrainingRetracted) -> None:
    """A session that counts no more, with what it completed and the sums of its training, which are no sessions."""
    key = writer.get_or_create_key(event.originator_id)
    writer.db.execute("DELETE FROM training_sessions WHERE volunteer=? AND version=?", (key, event.version))
    sums = "position NOT IN (SELECT position FROM training_sessions WHERE volunteer=trainings.volunteer)"
    writer.db.execute(
        f"DELETE FROM trainings WHERE volunteer=? AND kind=? AND category IS ? AND {sums}",
        (key, event.kind, compose_category(event.category)),
    )
    writer.mark_volunteer_stale(key)


def handle_assessment_recorded(writer: FactWriter, event: Assessments.Recorded) -> None:
    """An assessment; a later one of the same period replaces it."""
    _write_assessment(writer, event.volunteer_id, event)


def handle_assessed(writer: FactWriter, event: Volunteer.Assessed) -> None:
    """The same, in a log of an earlier version."""
    _write_assessment(writer, event.originator_id, event)


def _write_assessment(writer: FactWriter, volunteer_id: UUID, event: Assessments.Recorded | Volunteer.Assessed) -> None:
    row = (writer.get_or_create_key(volunteer_id), parse_day(event.period_end), event.score, writer.position)
    writer.db.execute("INSERT OR REPLACE INTO assessments VALUES (?,?,?,?)", row)


def handle_card_issued(writer: FactWriter, event: Card.Created) -> None:
    """A card that a volunteer was given: it is unknown no more."""
    row = (event.card, event.originator_id.hex, writer.get_or_create_key(event.volunteer_id), True)
    writer.db.execute("INSERT INTO cards VALUES (?,?,?,?)", row)


def handle_card_reissued(writer: FactWriter, event: Card.Reissued) -> None:
    """A revoked card that a volunteer was given again, perhaps another one."""
    row = (writer.get_or_create_key(event.volunteer_id), event.originator_id.hex)
    writer.db.execute("UPDATE cards SET volunteer=?, held=TRUE WHERE stream=?", row)


def handle_card_revoked(writer: FactWriter, event: Card.Revoked) -> None:
    """It is held no more."""
    lost = "INSERT OR IGNORE INTO lost_cards SELECT volunteer, ? FROM cards WHERE stream=?"
    writer.db.execute(lost, (second(event.timestamp), event.originator_id.hex))
    writer.db.execute("UPDATE cards SET held=FALSE WHERE stream=?", (event.originator_id.hex,))


def handle_person_shown(writer: FactWriter, event: NameAccess.PersonShown) -> None:
    """All that is kept of a volunteer was shown."""
    _write_shown(writer, event, [event.volunteer_id])


def handle_names_listed(writer: FactWriter, event: NameAccess.NamesListed) -> None:
    """The names of several volunteers were shown."""
    _write_shown(writer, event, map(UUID, event.volunteers))


def _write_shown(writer: FactWriter, event: Any, volunteers: Iterable[UUID]) -> None:
    day = writer.unit.days.ordinal(second(event.at))
    rows = [(writer.get_or_create_key(volunteer), day, writer.position) for volunteer in volunteers]
    writer.db.executemany("INSERT OR IGNORE INTO names_shown VALUES (?,?,?)", rows)


def handle_drill_recorded(writer: FactWriter, event: EvacuationDrills.Recorded) -> None:
    """An evacuation drill."""
    at = second(event.at)
    row = (writer.position, writer.unit.days.ordinal(at), at, len(event.accounted), len(event.missing))
    writer.db.execute("INSERT INTO drills VALUES (?,?,?,?,?)", row)


HANDLERS: Handlers = {
    Volunteer.Created: handle_enrolled,
    Volunteer.AgreementRenewed: handle_agreement_renewed,
    Volunteer.AgreementEnded: handle_agreement_ended,
    Volunteer.PersonErased: handle_person_erased,
    Volunteer.Suspended: handle_suspended,
    Volunteer.Resumed: handle_resumed,
    Volunteer.TrainingAttended: handle_training_attended,
    Volunteer.TrainingCompleted: handle_training_completed,
    Volunteer.TrainingRetracted: handle_training_retracted,
    Volunteer.Assessed: handle_assessed,
    Assessments.Recorded: handle_assessment_recorded,
    Card.Created: handle_card_issued,
    Card.Reissued: handle_card_reissued,
    Card.Revoked: handle_card_revoked,
    NameAccess.PersonShown: handle_person_shown,
    NameAccess.NamesListed: handle_names_listed,
    EvacuationDrills.Recorded: handle_drill_recorded,
}
