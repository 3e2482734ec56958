"""Whose days an event bears on: those that it is about, and their neighbours where an explanation cites it as well.

Rule: whether a day cites an event is what the explanation of that day says. A visit over the turn of the service day is
explained on both days, wherever its minutes count.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from domain.log.event_rows import Entry
from projections.engine.stored_values import read_id
from projections.read_models.affected_rows import AffectedRows, DayRange, find_affected_rows_of

if TYPE_CHECKING:
    from domain.calendar import ServiceDays
    from domain.log.standing_log import LogToRead
    from projections.engine.day_source import DaySource

TAP_REFUSED = "refused-taps.tap-refused"
LISTED_ALONE = frozenset({TAP_REFUSED, "acknowledgements.acknowledged", "acknowledgements.retracted"})
"""Stored names, which never change: no figure follows from these, and the day's explanation lists them."""
ONE_DAY = timedelta(days=1)


class EventDays(NamedTuple):
    """Service days of a volunteer, both included. None leaves a side open: every volunteer, every day."""

    volunteer: UUID | None
    first: date | None
    last: date | None


def list_event_days(
    views: "DaySource", days: "ServiceDays", log: "LogToRead", entry: Entry, stream: Sequence[Entry]
) -> list[EventDays]:
    """Of an event of a stream; none where nothing is explained by it. The views are caught up with the log.

    `days`: the service days of the unit, as these views evaluate them.
    """
    affected = _find_affected(entry.position, entry.event, stream, days)
    if affected is None:
        return []
    found = dict.fromkeys([None] if affected.volunteers is None else affected.volunteers, affected.day_range)
    for whose, day in _find_citing_neighbours(views, log, affected, days):
        found[whose] = _widen(found.get(whose), day)
    return [EventDays(whose, reach and reach.first, reach and reach.last) for whose, reach in found.items()]


def _widen(days: DayRange | None, day: date) -> DayRange:
    return DayRange(min(days.first, day), max(days.last, day)) if days else DayRange(day, day)


def _find_affected(position: int, event: Any, stream: Sequence[Entry], days: "ServiceDays") -> AffectedRows | None:
    if event.TOPIC in LISTED_ALONE:
        whose: UUID | None = event.volunteer_id
        day = days.of(event.at) if event.TOPIC == TAP_REFUSED else _find_acknowledged_day(event, days)
        return AffectedRows(position, frozenset({whose}), DayRange(day, day)) if whose and day else None
    return find_affected_rows_of(stream, days, position)


def _find_acknowledged_day(event: Any, days: "ServiceDays") -> date | None:
    from domain.model.acknowledgements import find_acknowledged_day  # noqa: PLC0415 - few events are of this kind

    return find_acknowledged_day(event, days)


# --- The days beside those ---


def _find_citing_neighbours(
    views: "DaySource", log: "LogToRead", affected: AffectedRows, days: "ServiceDays"
) -> Iterator[tuple[UUID, date]]:
    """The day before those that an event is about and the day after, of each volunteer where it cites the event."""
    if (reach := affected.day_range) is None:
        return
    if reach.first > date.min:
        before = reach.first - ONE_DAY
        yield from _find_citing(views, log, affected, before, _find_over_turn(views, days, before))
    if reach.last < date.max:
        yield from _find_citing(views, log, affected, reach.last + ONE_DAY, _find_over_turn(views, days, reach.last))


def _find_citing(
    views: "DaySource", log: "LogToRead", affected: AffectedRows, day: date, volunteers: Iterable[tuple[int, UUID]]
) -> Iterator[tuple[UUID, date]]:
    for key, whose in volunteers:
        is_about = affected.volunteers is None or whose in affected.volunteers
        if is_about and affected.position in _list_cited(views, log, (key, whose), day):
            yield whose, day


def _find_over_turn(views: "DaySource", days: "ServiceDays", day: date) -> list[tuple[int, UUID]]:
    """Those with a visit, a duty or credit that has to do with both a service day and the next one; with their keys."""
    earlier, later = day.toordinal(), day.toordinal() + 1
    values = {"earlier": earlier, "later": later, "turn": days.start(later)}
    return [(key, read_id(who)) for key, who in views.rows(_OVER_TURN, values)]


_OVER_TURN = """
SELECT key, volunteer FROM people WHERE key IN (
    SELECT volunteer FROM visits WHERE day = :earlier AND (check_out IS NULL OR check_out > :turn)
    UNION SELECT volunteer FROM duties WHERE day = :earlier AND ends > :turn
    UNION SELECT volunteer FROM visits v WHERE day = :later
        AND EXISTS (SELECT 1 FROM earned WHERE volunteer = v.volunteer AND day = :earlier)
)
"""


def _list_cited(views: "DaySource", log: "LogToRead", volunteer: tuple[int, UUID], day: date) -> set[int]:
    """The positions of the events that stand in the explanation of a volunteer's day."""
    from projections.read_models.audit_trail import list_audit_trail  # noqa: PLC0415 - few events are near a turn
    from projections.read_models.explanation import explain  # noqa: PLC0415 - same

    key, volunteer_id = volunteer
    found = explain(views, key, day)
    rows = (
        *(duty.assignment for duty in found.duties),
        *found.taps,
        *found.unsynchronised,
        *list_audit_trail(log, volunteer_id, found),
    )
    return {*(row.position for row in rows), *(position for one in found.stretches for position in one.events)}
