"""What the events of a log say of the people store: which row, reason, author, PIN or password stands there, by digest.

Rule: events are known by their stored names, and no kind of stream is loaded. Of what is changed again and again, the
last event counts.
"""

from pathlib import Path
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from domain.log.event_log import EventLog
from domain.log.event_rows import EventRow
from domain.log.row_walk import walk_rows
from domain.typed_decoding import build_json_decoder
from kiosk.erasure.ledger import Erasures, read_ledger
from kiosk.erasure.traces import OWNERSHIP_TOPICS, list_ids_named
from kiosk.errors import UserError
from kiosk.people.people import People
from kiosk.people.proofs import compute_note_digest

ClaimKind = Literal["person", "reason", "author", "pin", "password", "erasure", "erased"]
CHANGED, ERASED = "volunteer.person-changed", "volunteer.person-erased"
ROW_TOPICS = ("volunteer.enrolled", CHANGED)
PIN_TOPICS = ("coordinator.pin-set", "coordinator.pin-removed")
PASSWORD_CHANGED, ACCOUNT_REMOVED = "desk-account.password-changed", "desk-account.removed"
PASSWORD_TOPICS = ("desk-account.added", PASSWORD_CHANGED)
"""Stored names, which never change: no kind of stream is loaded for them."""
CHANGING_TOPICS = frozenset((CHANGED, ERASED, *PIN_TOPICS, PASSWORD_CHANGED, ACCOUNT_REMOVED))
"""The events with which the store no longer has what an earlier event says."""


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


class Claim(NamedTuple):
    """What an event says of something in the store."""

    position: int
    digest: str | None = None
    about: frozenset[UUID] = frozenset()
    """Of a reason: whom it may be about."""


ClaimKey = tuple[ClaimKind, UUID]
"""What of the store a claim is about: of a volunteer, of an actor, or a reason."""


class PeopleClaims:
    """What the log says of the store, as far as it was read."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._ledger = load_ledger(people.folder)
        self._decode = build_json_decoder(_Facts).decode
        self._position = 0
        self._owners: dict[str, UUID] = {}
        self.by_key: dict[ClaimKey, Claim] = {}
        """Of reasons those alone that did not fit when they were read: a text is never written again."""
        self.proved_notes = 0
        self.notes_about: dict[UUID, list[tuple[int, UUID]]] = {}
        """The reasons about those who are in the ledger that had a text, with the positions of their events."""

    def read_on(self, log: EventLog) -> None:
        """Read what was written since. Raises: UserError, CannotRead."""
        for row in walk_rows(log, self._position):
            self._take(row)
            self._position = row[0]

    def _take(self, row: EventRow) -> None:
        """The next event; one that cannot be read is for the verification of the log."""
        position, stream, _, topic, state = row
        try:
            facts = self._decode(state)
        except (msgspec.MsgspecError, ValueError):
            return
        if facts.by is not None:
            self.by_key.setdefault(("author", facts.by), Claim(position))
        if facts.note is not None and facts.note_digest is not None:
            self._take_note(facts.note, facts.note_digest, row)
        if topic in ROW_TOPICS:
            if ("erased", UUID(stream)) not in self.by_key:
                self.by_key["person", UUID(stream)] = Claim(position, facts.person_digest)
        elif topic == ERASED:
            self._take_erasure(UUID(stream), position)
        elif topic in OWNERSHIP_TOPICS and facts.volunteer_id is not None:
            self._owners[stream] = facts.volunteer_id
        else:
            self._take_secret(position, topic, facts)

    def _take_note(self, note: UUID, digest: str, row: EventRow) -> None:
        position, about = row[0], frozenset((self._owners.get(row[1], UUID(row[1])), *list_ids_named(row[4])))
        text, salt = self._people.find_note(note) or ("", b"")
        if compute_note_digest(salt, text) == digest:
            self.proved_notes += 1
        else:
            earlier = self.by_key.get(
                ("reason", note), Claim(position, digest)
            )  # two shifts that are swapped share one
            self.by_key["reason", note] = earlier._replace(about=earlier.about | about)
        if text:
            for volunteer in about & self._ledger.keys():
                self.notes_about.setdefault(volunteer, []).append((position, note))

    def _take_erasure(self, volunteer: UUID, position: int) -> None:
        self.by_key.pop(("person", volunteer), None)
        self.by_key["erased", volunteer] = self.by_key["erasure", volunteer] = Claim(position)

    def _take_secret(self, position: int, topic: str, facts: _Facts) -> None:
        if topic in PIN_TOPICS and facts.coordinator is not None:
            self.by_key.pop(("pin", facts.coordinator), None)  # one without a digest proves nothing
            if facts.pin_digest is not None:
                self.by_key["pin", facts.coordinator] = Claim(position, facts.pin_digest)
        elif topic in PASSWORD_TOPICS and facts.actor is not None and facts.password_digest is not None:
            self.by_key["password", facts.actor] = Claim(position, facts.password_digest)
        elif topic == ACCOUNT_REMOVED and facts.actor is not None:
            self.by_key.pop(("password", facts.actor), None)


def load_ledger(folder: Path) -> Erasures:
    """One that cannot be read names nobody."""
    try:
        return read_ledger(folder)
    except UserError:
        return {}
