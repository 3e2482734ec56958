"""What the desk corrected in one volunteer's service day. Nothing is edited: a correction has author and reason.

Only visits that exist can be closed or voided, and no asserted visit may overlap another; what a minute is worth
afterwards is decided in the evaluation.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Self
from uuid import UUID

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
from domain.model.retraction import AlreadyRetracted, find_end, refuse_overlap_of_restored
from domain.model.streams import StandingStream, StreamEvent
from domain.model.visits import (
    NO_CORRECTIONS,
    Annulment,
    AssertedArrival,
    AssertedVisit,
    DayCorrections,
    Visit,
    leave_out,
    merge_corrections,
)
from domain.spans import Second, instant, overlap, second

LONGEST_VISIT = timedelta(hours=24)
"""Of a visit that the desk asserts: a longer one is a mistyped date."""
AFTER_ALL_KNOWN = 1 << 40
"""The place of a new correction behind others whose places are positions in the log."""


class CorrectionEvent(StreamEvent):
    """What every correction carries."""

    volunteer_id: UUID
    check_in: datetime
    note: UUID
    note_digest: str
    at: datetime
    by: UUID

    def apply(self, aggregate: "Corrections") -> None:
        """What all of them add up to is derived again from all of them."""
        aggregate.made.append(self)


class Corrections(StandingStream):
    """The corrections of one volunteer's service day, in the order in which they were made."""

    TOPIC = "corrections"

    class VisitClosed(CorrectionEvent):
        """A visit without check-out ended then (R-035)."""

        TOPIC = "corrections.visit-closed"
        check_out: datetime

    class VisitAdded(CorrectionEvent):
        """The volunteer was there though no card says so (R-036)."""

        TOPIC = "corrections.visit-added"
        check_out: datetime

    class ArrivalAdded(CorrectionEvent):
        """The volunteer came without the card, and has not left: the next tap ends the visit, or the desk (R-036)."""

        TOPIC = "corrections.arrival-added"

    class VisitVoided(CorrectionEvent):
        """The visit counts as if it had not happened."""

        TOPIC = "corrections.visit-voided"

    class MisuseAnnotated(CorrectionEvent):
        """The card was lent, used by another person or improperly: 予以糾正並註記, 不予採計 (R-007)."""

        TOPIC = "corrections.misuse-annotated"
        kind: str

    class Retracted(CorrectionEvent):
        """An earlier correction of this stream counts as if it had not been made; `check_in` is that correction's."""

        TOPIC = "corrections.retracted"
        retracted: int
        """Where the log holds that correction."""
        version: int
        """Its number in this stream."""

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

    def add_arrival(
        self, volunteer_id: UUID, arrival: tuple[datetime, int], visits: Iterable[Visit], note: Note, act: Act
    ) -> None:
        """Begin a visit that no tap shows, at an instant of a service day: it is the last one of that day."""
        check_in, day = arrival
        if check_in > act.recorded:
            raise InTheFuture(check_in, act.recorded)
        for other in visits:
            if not other.void and _lasts_beyond(other, second(check_in), day):
                raise VisitsOverlap(volunteer_id, check_in, instant(other.check_in))
        self._record(self.ArrivalAdded, volunteer_id, check_in, note, act)

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

    def retract(
        self, position: int, correction: CorrectionEvent, visits: Sequence[Visit], note: Note, act: Act
    ) -> None:
        """Take a correction of this stream back; `visits` are those that there would be without it."""
        volunteer_id, version = correction.volunteer_id, correction.originator_version
        if any(isinstance(made, self.Retracted) and made.version == version for made in self.made):
            raise AlreadyRetracted(position)
        closing = self.day.closings.get(second(correction.check_in))
        if closing and isinstance(correction, self.ArrivalAdded):
            raise VisitClosedAlready(volunteer_id, correction.check_in, instant(closing.check_out))
        if isinstance(correction, self.VisitVoided | self.MisuseAnnotated):
            refuse_overlap_of_restored(volunteer_id, correction.check_in, visits)
        facts = {"retracted": position, "version": version}
        self._record(self.Retracted, volunteer_id, correction.check_in, note, act, **facts)

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
        self.made: list[CorrectionEvent] = []
        """In the order in which they were recorded."""

    @property
    def day(self) -> DayCorrections:
        """What they add up to."""
        return fold_corrections(self.made)


CorrectionKey = tuple[UUID, int]
"""The stream of a correction, and its number there: the same in every copy of a log, which its position is not."""


def fold_corrections(
    made: Sequence[CorrectionEvent],
    known: DayCorrections = NO_CORRECTIONS,
    first: int = 1,
    places: Mapping[CorrectionKey, int] = MappingProxyType({}),
    *,
    without: CorrectionEvent | None = None,
) -> DayCorrections:
    """What corrections of one volunteer add up to, in the order in which they were recorded, from any streams.

    `known` are those before them, `places` the positions of these, and `first` is a place behind them. `without` is
    one that counts as if it were taken back.
    """
    retracted = {(event.originator_id, event.version) for event in made if isinstance(event, Corrections.Retracted)}
    if without:
        retracted.add((without.originator_id, without.originator_version))
    of_added = _list_of_added(made, known, first, places)
    standing = (
        _build_one(event, order, of_added=order in of_added)
        for order, event in enumerate(made, first)
        if (event.originator_id, event.originator_version) not in retracted
    )
    return merge_corrections([leave_out(known, {places[key] for key in retracted & places.keys()}), *standing])


def _build_one(event: CorrectionEvent, order: int, *, of_added: bool) -> DayCorrections:
    check_in = second(event.check_in)
    match event:
        case Corrections.VisitClosed(check_out=check_out):
            return DayCorrections(closings={check_in: AssertedVisit(check_in, second(check_out), order)})
        case Corrections.VisitAdded(check_out=check_out):
            return DayCorrections(additions=[AssertedVisit(check_in, second(check_out), order)])
        case Corrections.ArrivalAdded():
            return DayCorrections(arrivals=[AssertedArrival(check_in, order)])
        case Corrections.VisitVoided() | Corrections.MisuseAnnotated():
            reason = "voided" if isinstance(event, Corrections.VisitVoided) else "misuse"
            return DayCorrections(annulments=[Annulment(check_in, reason, order, 0, second(event.at), of_added)])
        case _:
            return NO_CORRECTIONS


def _list_of_added(
    made: Sequence[CorrectionEvent], known: DayCorrections, first: int, places: Mapping[CorrectionKey, int]
) -> set[int]:
    """The places of those annulments at whose check-in a visit stood that the desk had added."""
    added: dict[object, Second] = {one.position: one.check_in for one in (*known.additions, *known.arrivals)}
    found = set[int]()
    for order, event in enumerate(made, first):
        check_in = second(event.check_in)
        match event:
            case Corrections.VisitAdded() | Corrections.ArrivalAdded():
                added[event.originator_id, event.originator_version] = check_in
            case Corrections.Retracted(originator_id=stream, version=version):
                added.pop(places.get((stream, version), (stream, version)), None)
            case Corrections.VisitVoided() | Corrections.MisuseAnnotated() if check_in in added.values():
                found.add(order)
            case _:
                pass
    return found


def _find_standing_visit(visits: Iterable[Visit], volunteer_id: UUID, check_in: datetime) -> Visit:
    """The visit that begins at an instant and is not void; of several, the one that stands."""
    found = [visit for visit in visits if visit.check_in == second(check_in)]
    if not found:
        raise NoSuchVisit(volunteer_id, check_in)
    standing = [visit for visit in found if not visit.void]
    if not standing:
        raise VisitVoidAlready(volunteer_id, check_in)
    return standing[0]


def _lasts_beyond(other: Visit, at: Second, day: int) -> bool:
    """Whether a visit leaves no room for one that begins at an instant of a service day and has no end."""
    return other.day == day if other.check_out is None else at <= other.check_out and other.day <= day


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
        if not other.void and overlap(span, (other.check_in, find_end(other))):
            raise VisitsOverlap(volunteer_id, check_in, instant(other.check_in))
