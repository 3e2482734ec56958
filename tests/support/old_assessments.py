"""Assessments as earlier versions wrote them: events of the volunteer's own stream."""

from datetime import date
from uuid import UUID

from domain.act import Act
from domain.log.event_log import EventLog
from domain.model.volunteer import Volunteer


def record_old_assessment(log: EventLog, volunteer_id: UUID, period_end: date, score: float, act: Act) -> None:
    """Write a score where it stood before it had a stream of its own."""
    with log.writing():
        volunteer = log.load(Volunteer, volunteer_id)
        assert volunteer is not None
        volunteer.record(Volunteer.Assessed, act, period_end=period_end.isoformat(), score=score)
        log.append(volunteer)
