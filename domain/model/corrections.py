"""What the desk corrected in one volunteer's service day. Nothing is edited: a correction has author and reason.

Only visits that exist can be closed or voided, and no asserted visit may overlap another; what a minute is worth
afterwards is decided in the evaluation.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID

from eventsourcing.domain import Aggregate, event

from domain.act import Act, Note, build_note_fields
from domain.errors import (
    EndsBeforeStart,
    InTheFuture,
    NoSuchVisit,
    VisitClosedAlready,
    VisitsOverlap,
    VisitTooLong,
    VisitVoidAlready,
)
from domain.ids import corrections_stream
from domain.model.streams import StandingStream
from domain.model.visits import NO_CORRECTIONS, Annulment, AssertedVisit, Visit, VoidReason
from domain.spans import instant, overlap, second

LONGEST_VISIT = timedelta(hours=24)
"""Of a visit that the desk asserts: a longer one is a mistyped date."""


class CorrectionEvent(Aggregate.Event):
    """What every correction carries."""

    volunteer_id: UUID
    check_in: datetime
    note: UUID
    note_digest: str
    at: datetime
    by: UUID


class Corrections(StandingStream):
    """The corrections of one volunteer's service day, in the order in which they were made."""

    TOPIC = "corrections"

    class Created(Aggregate.Created):
        """Never triggered; the library wants every named aggregate to name one."""

        TOPIC = "corrections.created"

    class VisitClosed(CorrectionEvent):
        """A visit without check-out ended then (R-035)."""

        TOPIC = "corrections.visit-closed"
        check_out: datetime

    class VisitAdded(CorrectionEvent):
        """The volunteer was there though no card says so (R-036)."""

        TOPIC = "corrections.visit-added"
        check_out: datetime

    class VisitVoided(CorrectionEvent):
        """The visit counts as if it had not happened."""

        TOPIC = "corrections.visit-voided"

    class MisuseAnnotated(CorrectionEvent):
        """The card was lent, used by another person or improperly: 予以糾正並註記, 不予採計 (R-007)."""

        TOPIC = "corrections.misuse-annotated"
        kind: str

    @classmethod
    def of(cls, volunteer_id: UUID, day: date) -> Self:
        """The corrections of a volunteer's service day, not yet read."""
        return cls.at_version_zero(corrections_stream(volunteer_id, day))

    # --- Commands: `visits` are those of the day and its neighbours, as they stand ---

    def close(
        self,
        volunteer_id: UUID,
        period: tuple[datetime, datetime],
        visits: Iterable[Visit],
        note: Note,
        act: Act,
    ) -> None:
        """Give a visit without check-out its end."""
        check_in, check_out = period
        visits = list(visits)
        visit = _find_standing_visit(visits, volunteer_id, check_in)
        if visit.check_out is not None:
            raise VisitClosedAlready(volunteer_id, check_in, instant(visit.check_out))
        _refuse_impossible(volunteer_id, period, (other for other in visits if other is not visit), act)
        self._record(self.VisitClosed, volunteer_id, check_in, note, act, check_out=check_out)

    def add(
        self,
        volunteer_id: UUID,
        period: tuple[datetime, datetime],
        visits: Iterable[Visit],
        note: Note,
        act: Act,
    ) -> None:
        """Add a visit that no tap shows."""
        _refuse_impossible(volunteer_id, period, visits, act)
        self._record(self.VisitAdded, volunteer_id, period[0], note, act, check_out=period[1])

    def void(self, volunteer_id: UUID, check_in: datetime, visits: Iterable[Visit], note: Note, act: Act) -> None:
        """Let a visit count for nothing."""
        _find_standing_visit(visits, volunteer_id, check_in)
        self._record(self.VisitVoided, volunteer_id, check_in, note, act)

    def annotate_misuse(
        self, volunteer_id: UUID, misuse: tuple[datetime, str], visits: Iterable[Visit], note: Note, act: Act
    ) -> None:
        """Note a misuse of the card; the visit counts for nothing."""
        check_in, kind = misuse
        _find_standing_visit(visits, volunteer_id, check_in)
        self._record(self.MisuseAnnotated, volunteer_id, check_in, note, act, kind=kind)

    def _record(
        self,
        happened: type[CorrectionEvent],
        volunteer_id: UUID,
        check_in: datetime,
        note: Note,
        act: Act,
        **facts: object,
    ) -> None:
        stamp = {"volunteer_id": volunteer_id, "check_in": check_in, **build_note_fields(note), **act.build_fields()}
        self.trigger_event(happened, **stamp, **facts)

    # --- What the events do ---

    def begin(self) -> None:
        """Nothing corrected yet."""
        self.day = NO_CORRECTIONS

    @event(VisitClosed)
    def _visit_closed(self, check_in: datetime, check_out: datetime, originator_version: int) -> None:
        closed = AssertedVisit(second(check_in), second(check_out), originator_version)
        self.day = replace(self.day, closings={**self.day.closings, closed.check_in: closed})

    @event(VisitAdded)
    def _visit_added(self, check_in: datetime, check_out: datetime, originator_version: int) -> None:
        added = AssertedVisit(second(check_in), second(check_out), originator_version)
        self.day = replace(self.day, additions=[*self.day.additions, added])

    @event(VisitVoided)
    def _visit_voided(self, check_in: datetime, at: datetime, originator_version: int) -> None:
        self._annul(check_in, "voided", originator_version, at)

    @event(MisuseAnnotated)
    def _misuse_annotated(self, check_in: datetime, at: datetime, originator_version: int) -> None:
        self._annul(check_in, "misuse", originator_version, at)

    def _annul(self, check_in: datetime, reason: VoidReason, order: int, at: datetime) -> None:
        annulment = Annulment(second(check_in), reason, order, at=second(at))
        self.day = replace(self.day, annulments=[*self.day.annulments, annulment])


def _find_standing_visit(visits: Iterable[Visit], volunteer_id: UUID, check_in: datetime) -> Visit:
    """The visit that begins at an instant and is not void; of several, the one that stands."""
    found = [visit for visit in visits if visit.check_in == second(check_in)]
    if not found:
        raise NoSuchVisit(volunteer_id, check_in)
    standing = [visit for visit in found if not visit.void]
    if not standing:
        raise VisitVoidAlready(volunteer_id, check_in)
    return standing[0]


def _refuse_impossible(
    volunteer_id: UUID, period: tuple[datetime, datetime], others: Iterable[Visit], act: Act
) -> None:
    check_in, check_out = period
    if check_out <= check_in:
        raise EndsBeforeStart(check_in, check_out)
    if check_out > act.recorded:
        raise InTheFuture(check_out, act.recorded)
    if check_out - check_in > LONGEST_VISIT:
        raise VisitTooLong(volunteer_id, check_in, check_out)
    span = (second(check_in), second(check_out))
    for other in others:
        ends = other.check_in + 1 if other.check_out is None else other.check_out
        if not other.void and overlap(span, (other.check_in, ends)):
            raise VisitsOverlap(volunteer_id, check_in, instant(other.check_in))
