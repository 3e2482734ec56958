"""Erasing a person: ledger first, then log, then people store; what a kill cut short is done by the next run.

Rule: each step is safe to repeat. The hours stay, under a pseudonym: they belong to the unit's record.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from domain.act import Act
from domain.clock import to_the_second
from domain.log.event_log import PAGE, EventLog
from domain.log.mapper import EventRow
from domain.model.card import Card
from domain.model.exit_case import ExitCase
from kiosk.erasure.ledger import Basis, Erasure, append_to_ledger, read_ledger
from kiosk.errors import UnknownNumber
from kiosk.home import Home
from kiosk.people import SYSTEM_ACTOR


class PendingErasure:
    """One person who may be erased.

    Raises:
        UnknownNumber, PersonErased, AgreementInForce; traces of an earlier run are wiped all the same.
    """

    def __init__(self, home: Home, number: str, basis: Basis) -> None:
        home.people.wipe()
        who = home.people.find_id(number)
        if who is None:
            raise UnknownNumber(number)
        begun = read_ledger(home.path).get(who) if home.people.is_known(who) else None
        self._home = home
        self._is_resumed = begun is not None
        self._entry = begun or Erasure(who, to_the_second(home.clock.now()), basis)
        self._demand_erasable()

    @property
    def name(self) -> str | None:
        """Whose it would be."""
        return self._home.people.find_name(self._entry.volunteer)

    def count_notes(self) -> int:
        """How many notes would go."""
        texts = map(self._home.people.find_note_text, find_notes_about(self._home.log, self._entry.volunteer))
        return sum(text is not None for text in texts)

    def carry_out(self, by: str) -> str:
        """Erase; the pseudonym. Somebody may have waited for an answer: the rules are asked once more.

        Raises: PersonErased, AgreementInForce; Mistake, LogError, and then running it again finishes it.
        """
        home, entry = self._home, self._entry
        act = Act(entry.at, home.people.ensure_actor(by), max(home.clock.now(), entry.at))
        with home.log.writing():
            self._demand_erasable()
            append_to_ledger(home.path, [entry])
            home.desk.erase_person(entry.volunteer, entry.basis, act)
        _forget(home, entry)
        return home.people.find_number(entry.volunteer) or str(entry.volunteer)

    def _demand_erasable(self) -> None:
        if not self._is_resumed:
            self._home.desk.demand_erasable(self._entry.volunteer, self._entry.at)


def _forget(home: Home, entry: Erasure) -> None:
    home.people.forget(entry.volunteer, find_notes_about(home.log, entry.volunteer))


def erase_again(home: Home, entries: Iterable[Erasure]) -> int:
    """After a restore: nobody comes back who was erased, whatever the older log says of them. How many would have."""
    entries = list(entries)
    append_to_ledger(home.path, entries)
    return sum(_erase_one_again(home, entry) for entry in entries)


def _erase_one_again(home: Home, entry: Erasure) -> bool:
    act = Act(entry.at, home.people.ensure_actor(SYSTEM_ACTOR), max(home.clock.now(), entry.at))
    told = home.desk.erase_person(entry.volunteer, entry.basis, act)
    known = home.people.is_known(entry.volunteer)
    if known:
        _forget(home, entry)
    return told or known


# --- The notes about a volunteer ---

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
