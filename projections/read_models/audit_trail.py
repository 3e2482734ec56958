"""What people did about a volunteer's day: corrections, leaves, hand-overs, changed shifts, and policies.

Rule: read from the streams themselves, in the order of the log: by whom, when, and where the reason is kept. What
followed for a minute is for the evaluation to say. Events are known by their stored names, which never change: a kind
of stream is loaded where one of its events is read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast
from uuid import UUID

from domain.ids import acknowledgements_stream, corrections_stream, shift_stream, unit_stream
from domain.log.event_rows import PAGE, Entry
from domain.log.lenient import read_lenient
from domain.policy import Adoption
from domain.spans import Second, second
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day
from projections.read_models.explanation import Explanation

if TYPE_CHECKING:
    from domain.log.event_log import EventLog
    from domain.log.standing_log import LogToRead
    from domain.model.acknowledgements import AcknowledgedKind
    from projections.engine.views import Views

AuditKind = Literal[
    "closed",
    "added",
    "arrived",
    "voided",
    "misuse",
    "leave",
    "leave_withdrawn",
    "excused",
    "given",
    "taken",
    "moved",
    "cancelled",
    "retracted",
    "excuse_retracted",
    "assignment_retracted",
    "acknowledged",
    "acknowledgement_retracted",
    "policy_adopted",
]


class AuditEntry(NamedTuple):
    """One of them."""

    position: int
    kind: AuditKind
    at: Second
    by: UUID
    note: UUID | None
    """The reason, in the people store."""
    shift: str | None = None
    start: Second | None = None
    """Of the visit that was corrected, or of the shift as it was moved."""
    end: Second | None = None
    other: UUID | None = None
    """To whom the shift was given, or from whom it was taken."""
    note_digest: str | None = None
    """What fixes the wording of the reason."""
    retracts: int | None = None
    """The position of the correction that it takes back."""
    matter: "AcknowledgedKind | None" = None
    """What an acknowledgement is about."""


def list_audit_trail(
    log: "LogToRead", volunteer: UUID, found: Explanation, as_of: Second | None = None
) -> list[AuditEntry]:
    """All that bear on an explained day, as far as they were recorded by an instant."""
    days = {found.date, *(date.fromordinal(visit.visit.day) for visit in found.visits)}
    near = {day + timedelta(days=offset) for day in days for offset in (-1, 0, 1)}  # the end of a day may have moved
    streams = [corrections_stream(volunteer, day) for day in sorted(near)]
    streams += [acknowledgements_stream(volunteer, found.date), *map(shift_stream, _list_shifts(found))]
    rows = (row for stream in streams for row in log.read_stream_rows(stream) if row[3] in _AUDITED)
    entries = read_lenient(log.decode_row, rows)
    known = (
        entry
        for entry in entries
        if (as_of is None or second(entry.event.timestamp) <= as_of) and _is_of_day(entry.event, found)
    )
    entries_of_day = [one for entry in known for one in _build_entries(entry.position, entry.event, volunteer)]
    return sorted([*entries_of_day, *_list_policies(log, found, as_of)], key=_POSITION)


_POSITION = attrgetter("position")


def _is_of_day(event: Any, found: Explanation) -> bool:
    """Corrections are of the day of their visit, and of another one of which the explanation shows that visit."""
    if event.TOPIC not in _VISIT_KINDS or found.unit.days.of(event.check_in) == found.date:
        return True
    at = second(event.check_in)
    return any(one.visit.check_in <= at <= (one.visit.check_out or one.visit.check_in) for one in found.visits)


def _list_policies(log: "LogToRead", found: Explanation, as_of: Second | None) -> Iterator[AuditEntry]:
    """The policy behind each parameter by which a stretch counts: the last one of those in force that names it."""
    needed = {
        (date.fromordinal(visit.visit.day).isoformat(), one.parameter)
        for visit in found.visits
        for one in (*visit.grace, *visit.stretches)
        if one.parameter
    }
    if not needed:
        return
    rows = (row for row in log.read_stream_rows(unit_stream()) if row[3] == POLICY_ADOPTED)
    adopted = [
        one
        for one in read_lenient(log.decode_row, rows)
        if (as_of is None or second(one.event.timestamp) <= as_of) and _is_usable(one.event)
    ]
    behind = {_find_adoption(adopted, day, parameter) for day, parameter in needed}
    yield from (_build_entry(at, "policy_adopted", one) for at, one in adopted if at in behind)


def _is_usable(adopted: Any) -> bool:
    """Whether the policy is one that this program can apply: another one is not in force."""
    return Adoption(date.min, adopted.changes).is_usable


def _find_adoption(adopted: Iterable[tuple[int, Any]], day: str, parameter: str) -> int | None:
    """The position of what set a parameter that is in force on a day: the last for the latest day, as in `Policies`."""
    naming = ((one.effective_from, at) for at, one in adopted if parameter in one.changes)
    return max(((since, at) for since, at in naming if since <= day), default=("", None))[1]


# --- The corrections of days, also those that were taken back ---


class DayCorrection(NamedTuple):
    """A correction of a service day."""

    day: date
    volunteer: UUID | None
    """Of a swap it is the giver; an acknowledgement may be about none."""
    entry: AuditEntry


def list_corrections(
    views: "Views", log: "EventLog", day: date, after: int, upto: int
) -> list[tuple[UUID | None, AuditEntry]]:
    """The corrections of a service day, and all behind one position and up to another, each with its volunteer.

    An acknowledgement may be about none.
    """
    entries = [entry for _, entry in _read_corrections_of_days(views, log, day, day)]
    for first in range(after, upto, PAGE):
        entries += log.read_entries_lenient(first, PAGE, min(first + PAGE, upto))
    return build_corrections({one.position: one.event for one in entries if one.position <= upto})


def list_corrections_of_days(views: "Views", log: "EventLog", first: date, last: date) -> list[DayCorrection]:
    """The corrections of service days from one to another, as far as the views have followed the log (R-121)."""
    found = {entry.position: (day, entry.event) for day, entry in _read_corrections_of_days(views, log, first, last)}
    built = build_corrections({position: event for position, (_, event) in found.items()})
    return [DayCorrection(found[entry.position][0], whose, entry) for whose, entry in built]


def _read_corrections_of_days(
    views: RowSource, log: "EventLog", first: date, last: date
) -> Iterator[tuple[date, Entry]]:
    span = (first.toordinal(), last.toordinal())
    for position, day in list(views.rows(_OF_DAYS, span)):
        for entry in log.read_entries_lenient(position - 1, 1, position):
            yield read_day(day), entry


def build_corrections(events: Mapping[int, Any]) -> list[tuple[UUID | None, AuditEntry]]:
    """Those among some events, by their positions, in order, each with its volunteer; of a swap it is the giver."""
    return [
        (whose, entry)
        for position, event in sorted(events.items())
        if is_correction(event)
        for whose in [getattr(event, "giver", None) or event.volunteer_id]
        for entry in _build_entries(position, event, whose)
    ]


def is_correction(event: Any) -> bool:
    """Whether it corrects a day that is past, or says that the day is right; a swap entered afterwards does."""
    kind = event.TOPIC
    return kind in _VISIT_KINDS or kind in _LATER_KINDS or (kind == HANDED_OVER and event.retroactive)


_OF_DAYS = """
SELECT c.position, coalesce(c.day, s.day) AS of FROM correction_events c LEFT JOIN shifts s ON s.shift = c.shift
WHERE of BETWEEN ? AND ? ORDER BY c.position
"""


# --- As entries ---


def _list_shifts(found: Explanation) -> Sequence[str]:
    return [duty.assignment.shift for duty in found.duties]


_VISIT_KINDS: dict[str, AuditKind] = {
    "corrections.visit-closed": "closed",
    "corrections.visit-added": "added",
    "corrections.arrival-added": "arrived",
    "corrections.visit-voided": "voided",
    "corrections.misuse-annotated": "misuse",
    "corrections.retracted": "retracted",
}
_LATER_KINDS: dict[str, AuditKind] = {
    "shift.absence-excused": "excused",
    "shift.excuse-retracted": "excuse_retracted",
    "shift.assignment-retracted": "assignment_retracted",
    "acknowledgements.acknowledged": "acknowledged",
    "acknowledgements.retracted": "acknowledgement_retracted",
}
_DUTY_KINDS: dict[str, AuditKind] = {
    "shift.leave-requested": "leave",
    "shift.leave-withdrawn": "leave_withdrawn",
    **_LATER_KINDS,
}
POLICY_ADOPTED = "unit.policy-adopted"
HANDED_OVER, CHANGED, CANCELLED = "shift.handed-over", "shift.changed", "shift.cancelled"
_AUDITED = frozenset((*_VISIT_KINDS, *_DUTY_KINDS, HANDED_OVER, CHANGED, CANCELLED))
"""By their stored names."""


def _build_entries(position: int, event: Any, volunteer: UUID | None) -> Iterator[AuditEntry]:
    """The event as a entry, if it is one about this volunteer."""
    kind: str = event.TOPIC
    if kind in _VISIT_KINDS:
        yield _build_entry(
            position, _VISIT_KINDS[kind], event, start=event.check_in, end=getattr(event, "check_out", None)
        )
    elif kind in _DUTY_KINDS and event.volunteer_id == volunteer:
        yield _build_entry(position, _DUTY_KINDS[kind], event)
    elif kind == HANDED_OVER and volunteer in (event.giver, event.taker):
        gave = event.giver == volunteer
        yield _build_entry(position, "given" if gave else "taken", event, other=event.taker if gave else event.giver)
    elif kind == CHANGED:
        yield _build_entry(position, "moved", event, start=event.start, end=event.end)
    elif kind == CANCELLED:
        yield _build_entry(position, "cancelled", event)


def _build_entry(
    position: int,
    kind: AuditKind,
    event: Any,
    start: datetime | None = None,
    end: datetime | None = None,
    other: UUID | None = None,
) -> AuditEntry:
    return AuditEntry(
        position,
        kind,
        second(event.at),
        event.by,
        getattr(event, "note", None),
        getattr(event, "shift", None),
        None if start is None else second(start),
        None if end is None else second(end),
        other,
        getattr(event, "note_digest", None),
        getattr(event, "retracted", None),
        cast("AcknowledgedKind", event.kind) if event.TOPIC.startswith("acknowledgements.") else None,
    )
