"""What is true of a person, and so bears on every day of theirs."""

from typing import Any

from domain.model.volunteer import Volunteer
from domain.spans import second
from projections.projectors.fact_writer import Cabinet, Drawers, ordinal


def enrolled(cabinet: Cabinet, event: Volunteer.Created) -> None:
    """A volunteer, and the first agreement."""
    key = cabinet.key(event.originator_id)
    cabinet.db.execute("UPDATE people SET mode=? WHERE key=?", (event.mode, key))
    _turn(cabinet, event, "agreement", event.agreement_from)


def renewed(cabinet: Cabinet, event: Volunteer.AgreementRenewed) -> None:
    """Another agreement."""
    _turn(cabinet, event, "agreement", event.agreement_from)


def ended(cabinet: Cabinet, event: Volunteer.AgreementEnded) -> None:
    """The end of an agreement."""
    _turn(cabinet, event, "ended", event.on)


def erased(cabinet: Cabinet, event: Volunteer.PersonErased) -> None:
    """Who it was is forgotten; the record stays. Service is over after that day at the latest."""
    _turn(cabinet, event, "ended", event.on)


def suspended(cabinet: Cabinet, event: Volunteer.Suspended) -> None:
    """Service pauses."""
    _turn(cabinet, event, "suspended", event.since)


def resumed(cabinet: Cabinet, event: Volunteer.Resumed) -> None:
    """Service goes on."""
    _turn(cabinet, event, "resumed", event.on)


def _turn(cabinet: Cabinet, event: Any, kind: str, day: str) -> None:
    key = cabinet.key(event.originator_id)
    row = (key, cabinet.position, kind, ordinal(day), second(event.timestamp))
    cabinet.db.execute("INSERT INTO turns VALUES (?,?,?,?,?)", row)
    cabinet.all_days_are_stale(key)


def trained(cabinet: Cabinet, event: Volunteer.TrainingCompleted) -> None:
    """A completed training."""
    key = cabinet.key(event.originator_id)
    day = ordinal(event.on) if event.on else None
    instant = second(event.completed_at) if event.completed_at else None
    row = (key, cabinet.position, event.kind, event.category, day, instant)
    cabinet.db.execute("INSERT INTO trainings VALUES (?,?,?,?,?,?)", row)
    cabinet.all_days_are_stale(key)


def assessed(cabinet: Cabinet, event: Volunteer.Assessed) -> None:
    """An assessment; a later one of the same period replaces it."""
    row = (cabinet.key(event.originator_id), ordinal(event.period_end), event.score, cabinet.position)
    cabinet.db.execute("INSERT OR REPLACE INTO assessments VALUES (?,?,?,?)", row)


DRAWERS: Drawers = {
    Volunteer.Created: enrolled,
    Volunteer.AgreementRenewed: renewed,
    Volunteer.AgreementEnded: ended,
    Volunteer.PersonErased: erased,
    Volunteer.Suspended: suspended,
    Volunteer.Resumed: resumed,
    Volunteer.TrainingCompleted: trained,
    Volunteer.Assessed: assessed,
}
