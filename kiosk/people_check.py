"""The people store compared with the log: each row, reason, author, PIN, password and erasure that an event can prove.

Rule: it is read, never changed. What is older than the digests is counted and cannot be proved; what an event does
prove, and the store has otherwise or lacks, is a fault with the position of that event.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from domain.ids import SYSTEM
from domain.log.event_log import EventLog
from domain.log.event_rows import EventRow
from domain.log.row_walk import walk_rows
from domain.typed_decoding import build_json_decoder
from kiosk.erasure.ledger import Erasures, read_ledger
from kiosk.erasure.traces import OWNERSHIP_TOPICS, list_ids_named
from kiosk.errors import UserError
from kiosk.people.file import SYSTEM_ACTOR, build_pseudonym, build_pseudonyms
from kiosk.people.people import People
from kiosk.people.proofs import (
    PROVABLE_ACTOR,
    KeyedHash,
    compute_note_digest,
    compute_password_digest,
    compute_pin_digest,
)
from kiosk.words.reports import PeopleText

FaultKind = Literal["person", "reason", "author", "pin", "password", "erasure", "erased"]
ROW_TOPICS = ("volunteer.enrolled", "volunteer.person-changed")
PASSWORD_TOPICS = ("desk-account.added", "desk-account.password-changed")
"""Stored names, which never change: no kind of stream is loaded for them."""


class PeopleFault(NamedTuple):
    """What the store has otherwise than the log says, and the position of the event that says so."""

    kind: FaultKind
    position: int
    volunteer: UUID | None = None
    """Who is to be erased again."""


@dataclass(slots=True)
class PeopleVerdict:
    """What came of the comparison."""

    faults: list[PeopleFault] = field(default_factory=list[PeopleFault])
    """In the order of the log."""
    proved: int = 0
    """Rows, reasons, authors, PINs and passwords that are as they were written."""
    unproved: int = 0
    """Rows and authors that are older than the digests."""


class _Facts(msgspec.Struct):
    """Of any event, what bears on the people store."""

    by: UUID | None = None
    note: UUID | None = None
    note_digest: str | None = None
    person_digest: str | None = None
    pin_digest: str | None = None
    coordinator: UUID | None = None
    password_digest: str | None = None
    actor: UUID | None = None
    volunteer_id: UUID | None = None


def check_people(log: EventLog, people: People, keyed_hash: KeyedHash) -> PeopleVerdict:
    """Compare the whole store with the whole log. Raises: UserError, CannotRead."""
    check = _Check(people, keyed_hash)
    for row in walk_rows(log):
        check.take(row)
    return check.conclude()


class _Check:
    """Remembers what only the end of the log can decide."""

    def __init__(self, people: People, keyed_hash: KeyedHash) -> None:
        self._people, self._keyed_hash = people, keyed_hash
        self._ledger = _read_ledger(people.folder)
        self._decode = build_json_decoder(_Facts).decode
        self._verdict = PeopleVerdict()
        self._enrolled: dict[UUID, tuple[int, str | None]] = {}
        self._erased: dict[UUID, int] = {}
        self._owners: dict[str, UUID] = {}
        self._blank_notes: list[tuple[int, set[UUID]]] = []
        """Reasons without a text: the event, and whom it may be about."""
        self._first_notes: dict[UUID, int] = {}
        """Of those who are in the ledger the first event with a reason about them that has a text."""
        self._authors: dict[UUID, int] = {}
        self._pins: dict[UUID, tuple[int, str | None]] = {}
        self._passwords: dict[UUID, tuple[int, str]] = {}

    def take(self, row: EventRow) -> None:
        """The next event; one that cannot be read is for the verification of the log."""
        position, stream, _, topic, state = row
        try:
            facts = self._decode(state)
        except (msgspec.MsgspecError, ValueError):
            return
        if facts.by is not None:
            self._authors.setdefault(facts.by, position)
        if facts.note is not None and facts.note_digest is not None:
            self._check_note(position, facts.note, facts.note_digest, row)
        if topic in ROW_TOPICS:
            self._enrolled[UUID(stream)] = position, facts.person_digest
        elif topic == "volunteer.person-erased":
            self._erased[UUID(stream)] = position
        elif topic in OWNERSHIP_TOPICS and facts.volunteer_id is not None:
            self._owners[stream] = facts.volunteer_id
        else:
            self._take_secret(position, topic, facts)

    def _take_secret(self, position: int, topic: str, facts: _Facts) -> None:
        if topic == "coordinator.pin-set" and facts.coordinator is not None:
            self._pins[facts.coordinator] = position, facts.pin_digest
        elif topic == "coordinator.pin-removed" and facts.coordinator is not None:
            self._pins.pop(facts.coordinator, None)
        elif topic in PASSWORD_TOPICS and facts.actor is not None and facts.password_digest is not None:
            self._passwords[facts.actor] = position, facts.password_digest
        elif topic == "desk-account.removed" and facts.actor is not None:
            self._passwords.pop(facts.actor, None)

    def _check_note(self, position: int, note: UUID, digest: str, row: EventRow) -> None:
        found = self._people.find_note(note)
        about = {self._owners.get(row[1], UUID(row[1])), *list_ids_named(row[4])}
        if found == ("", b""):
            self._blank_notes.append((position, about))
            return
        self._judge("reason", position, fits=found is not None and compute_note_digest(found[1], found[0]) == digest)
        for volunteer in about & self._ledger.keys():
            self._first_notes.setdefault(volunteer, position)

    def conclude(self) -> PeopleVerdict:
        """The verdict, now that it is known who was erased."""
        for position, about in self._blank_notes:
            self._judge("reason", position, fits=not about.isdisjoint(self._erased))
        for volunteer, (position, digest) in self._enrolled.items():
            if volunteer not in self._erased:
                self._check_person(volunteer, position, digest)
        for actor, position in self._authors.items():
            self._check_author(actor, position)
        for actor, (position, digest) in self._pins.items():
            self._check_pin(actor, position, digest)
        for actor, (position, digest) in self._passwords.items():
            hashed = self._people.find_password_hash(actor) or ""
            self._judge("password", position, fits=compute_password_digest(self._keyed_hash, actor, hashed) == digest)
        self._check_erased()
        self._verdict.faults.sort(key=lambda fault: fault.position)
        return self._verdict

    def _check_person(self, volunteer: UUID, position: int, digest: str | None) -> None:
        if digest is not None:
            stored = (self._people.compute_digest(volunteer), self._people.compute_changed_digest(volunteer))
            self._judge("person", position, fits=digest in stored)
        elif self._people.find_number(volunteer) is None:
            self._judge("person", position, fits=False)
        else:
            self._verdict.unproved += 1

    def _check_erased(self) -> None:
        """Of an erased volunteer the store has a pseudonym, and no reason from before: all else was removed."""
        with_data = self._people.list_with_data() if self._erased else set[str]()
        for volunteer, position in self._erased.items():
            is_pseudonym = self._people.find_number(volunteer) in build_pseudonyms(volunteer)
            # a reason that was given later stays: the record of the volunteer goes on
            is_bare = str(volunteer) not in with_data and self._first_notes.get(volunteer, position) >= position
            self._judge("erased", position, fits=is_pseudonym and is_bare, volunteer=volunteer)
            self._judge("erasure", position, fits=volunteer in self._ledger, volunteer=volunteer)

    def _check_author(self, actor: UUID, position: int) -> None:
        if actor == SYSTEM:
            self._judge("author", position, fits=self._people.find_actor_name(actor) in (None, SYSTEM_ACTOR))
        elif actor.version == PROVABLE_ACTOR or self._people.is_simulation:
            self._judge("author", position, fits=self._people.is_actor_proved(actor))
        else:
            self._verdict.unproved += 1

    def _check_pin(self, actor: UUID, position: int, digest: str | None) -> None:
        hashed = self._people.find_pin_hash(actor)
        if digest is not None:
            fits = hashed is not None and compute_pin_digest(self._keyed_hash, actor, hashed) == digest
            self._judge("pin", position, fits=fits)

    def _judge(self, kind: FaultKind, position: int, *, fits: bool, volunteer: UUID | None = None) -> None:
        if fits:
            self._verdict.proved += 1
        else:
            self._verdict.faults.append(PeopleFault(kind, position, volunteer))


def _read_ledger(folder: Path) -> Erasures:
    """One that cannot be read names nobody."""
    try:
        return read_ledger(folder)
    except UserError:
        return {}


MOST_POSITIONS = 5
"""Events that a sentence names."""
SENTENCES: dict[FaultKind, PeopleText] = {
    "person": PeopleText.PERSON_ALTERED,
    "reason": PeopleText.REASON_ALTERED,
    "author": PeopleText.AUTHOR_ALTERED,
    "pin": PeopleText.PIN_ALTERED,
    "password": PeopleText.PASSWORD_ALTERED,
    "erasure": PeopleText.ERASURE_MISSING,
    "erased": PeopleText.ERASED_IS_BACK,
}


MENDED_BY_COMMANDS: frozenset[FaultKind] = frozenset({"pin", "password", "erasure", "erased"})
"""What a command that its clause names puts right; for anything else it takes a backup."""


def explain_faults(verdict: PeopleVerdict) -> str:
    """What is not as the log says, with the events that say so, and what to do, in one line; empty where all is."""
    if not verdict.faults:
        return ""
    kinds = {fault.kind for fault in verdict.faults}
    faults = "; ".join(_explain_kind(kind, verdict.faults) for kind in SENTENCES if kind in kinds)
    text = PeopleText.STORE_DIFFERS if kinds <= MENDED_BY_COMMANDS else PeopleText.STORE_ALTERED
    return text.fill(faults=faults)


def _explain_kind(kind: FaultKind, faults: list[PeopleFault]) -> str:
    found = [fault for fault in faults if fault.kind == kind]
    pseudonyms = [build_pseudonym(fault.volunteer) for fault in found if fault.volunteer]
    events = format_first([fault.position for fault in found])
    return SENTENCES[kind].fill(events=events, pseudonyms=format_first(pseudonyms))


def format_first(several: Sequence[object]) -> str:
    """The first of these, such as positions of events, in one line."""
    more = ", …" if len(several) > MOST_POSITIONS else ""
    return ", ".join(map(str, several[:MOST_POSITIONS])) + more
