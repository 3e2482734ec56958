"""What the log holds about a volunteer: the notes that its events name, and words of the unit that name the person.

Rule: a note is about a volunteer when its event names them, or belongs to a stream of theirs: their own, a card while
they hold it, an exit case. A note can be erased; a word stands in the log for good.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

import msgspec

from domain.log.errors import UnknownName, Unreadable
from domain.log.event_log import EventLog
from domain.log.event_rows import EventRow
from domain.log.lenient import UndecodableEvent, describe_unreadable
from domain.log.row_walk import walk_rows
from domain.typed_decoding import decode_json
from kiosk.people.person_names import mentions

OWNERSHIP_TOPICS = frozenset({"card.issued", "card.reissued", "exit-case.raised"})
"""Events that give their stream to the volunteer whom they name; by their stored names, which never change."""


class _NoteField(msgspec.Struct):
    note: UUID | None = None


class EventsAbout:
    """The events about a volunteer, as far as the log was read: it can be read on while it is held."""

    def __init__(self, log: EventLog, volunteer_id: UUID) -> None:
        self._log = log
        self._name = str(volunteer_id).encode()
        self._streams = {volunteer_id.hex}
        self._position = 0

    def read_on(self) -> Iterator[EventRow]:
        """Those that were not read yet, in the order of the log. Raises: CannotRead."""
        for row in walk_rows(self._log, self._position):
            self._position, stream, _, topic, state = row
            is_named = self._name in state
            if topic in OWNERSHIP_TOPICS:
                (self._streams.add if is_named else self._streams.discard)(stream)
            if is_named or stream in self._streams:
                yield row

    def read_notes_on(self) -> list[UUID]:
        """The ids of the notes that those name. Raises: CannotRead.

        Of an event that cannot be read it is every id that stands in it: which of them is a note the store knows.
        """
        return [note for row in self.read_on() for note in _list_notes(row[4])]


def find_notes_about(log: EventLog, volunteer_id: UUID) -> list[UUID]:
    """The ids of the notes about a volunteer, in the order of the log. Raises: CannotRead."""
    return EventsAbout(log, volunteer_id).read_notes_on()


def find_undecodable_about(log: EventLog, volunteer_id: UUID) -> list[UndecodableEvent]:
    """The events about a volunteer that this program cannot read, in the order of the log. Raises: CannotRead."""
    found: list[UndecodableEvent] = []
    for row in EventsAbout(log, volunteer_id).read_on():
        try:
            log.decode_row(row)
        except (UnknownName, Unreadable) as refused:
            found.append(describe_unreadable(row, refused))
    return found


def find_unnamed_notes(log: EventLog, notes: Iterable[UUID]) -> list[UUID]:
    """Those of some notes that no event names: a program was killed before it wrote one. Raises: CannotRead."""
    unnamed = {str(note).encode(): note for note in notes}
    for *_, state in walk_rows(log):
        for name in _ID.findall(state):
            unnamed.pop(name, None)
    return list(unnamed.values())


def list_ids_named(state: bytes) -> list[UUID]:
    """The ids that an event names, of whatever they are; also in one that cannot be decoded any more."""
    return [UUID(name.decode()) for name in _ID.findall(state)]


_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def find_events_with_words(log: EventLog, words: Sequence[str]) -> list[int]:
    """The positions of the events whose texts mention one of these words: a name, a number. Raises: CannotRead."""
    return [position for position, _, _, _, state in walk_rows(log) if _is_any_mentioned(words, state)]


def _list_notes(state: bytes) -> list[UUID]:
    """The note that an event names, if it does; every id in one that cannot be read."""
    try:
        note = decode_json(state, _NoteField).note
    except (msgspec.DecodeError, ValueError):
        return list_ids_named(state)
    return [note] if note else []


def _is_any_mentioned(words: Sequence[str], state: bytes) -> bool:
    text = state.decode(errors="replace")
    return any(mentions(text, word) for word in words)
