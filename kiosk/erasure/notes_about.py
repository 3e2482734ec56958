"""The notes about a volunteer, found by walking the log: nothing else knows what was written about whom.

Rule: a note is about somebody when its event names them, or stands in a stream that is theirs: their own, a card while
they hold it, an exit case.
"""

from collections.abc import Iterator
from uuid import UUID

import msgspec

from domain.log.event_log import PAGE, EventLog
from domain.log.mapper import EventRow
from domain.model.card import Card
from domain.model.exit_case import ExitCase

OWNERSHIP_TOPICS = (Card.Created.TOPIC, Card.Reissued.TOPIC, ExitCase.Created.TOPIC)
"""From such an event on, its stream is of whom it names."""


class _NoteField(msgspec.Struct):
    note: UUID | None = None


def find_notes_about(log: EventLog, volunteer_id: UUID) -> list[UUID]:
    """The ids of all of them, in the order of the log. Raises: CannotRead."""
    name, theirs, found = str(volunteer_id).encode(), {volunteer_id.hex}, list[UUID]()
    for _, stream, _, topic, state in _read_rows(log):
        names_them = name in state
        if topic in OWNERSHIP_TOPICS:
            (theirs.add if names_them else theirs.discard)(stream)
        if (names_them or stream in theirs) and (note := _parse_note(state)):
            found.append(note)
    return found


def _read_rows(log: EventLog) -> Iterator[EventRow]:
    after = 0
    while rows := log.read_rows(after, PAGE):
        yield from rows
        after = rows[-1][0]


def _parse_note(state: bytes) -> UUID | None:
    """What cannot be read names no note that anybody could look up."""
    try:
        return msgspec.json.decode(state, type=_NoteField).note
    except (msgspec.DecodeError, ValueError):
        return None
