"""The people store: names, numbers, free texts and PIN hashes behind the ids in the log.

Rule: it holds no fact of service, so that a person can be erased without touching the log. What an event will name is
written here first: a crash between the two leaves a volunteer registered and not enrolled, no more.
"""

import os
import secrets
from pathlib import Path
from uuid import UUID

from domain.act import Note
from domain.ids import SYSTEM, new_actor_id, new_note_id, simulated_actor_id, simulated_note_id
from domain.log.read_connection import ReadConnect
from domain.log.writer_lock import open_private_file
from kiosk.errors import HomeFileLost, UserError
from kiosk.people.file import KEEP_NOTE, SYSTEM_ACTOR
from kiosk.people.masked_names import MaskedPeople
from kiosk.people.proofs import PROVABLE_ACTOR, KeyedHash, build_actor_id, compute_note_digest
from kiosk.people.secrets import PeopleSecrets
from kiosk.people.similar_numbers import SimilarTexts
from kiosk.people.volunteers import SALT_BYTES, VolunteerFile
from kiosk.refusals import SimilarName
from kiosk.words.errors import HomeText

RANDOM_ACTOR = 4
"""The version in an id that is random."""


class People(VolunteerFile, PeopleSecrets, MaskedPeople):
    """The store of one home. Threads may share it. Errors of SQLite become `UserError`, or `LogBusy`."""

    def __init__(
        self,
        path: Path,
        *,
        simulation: bool,
        keyed_hash: KeyedHash | None = None,
        read_with: ReadConnect | None = None,
    ) -> None:
        """Use `create` or `open`. In a simulation ids are derived, so that two runs of a batch write the same log.

        Without `keyed_hash` the id of a new actor proves nothing.
        """
        super().__init__(path, simulation=simulation, keyed_hash=keyed_hash, read_with=read_with)
        self._actors: dict[str, UUID] = {}

    @classmethod
    def create(cls, path: Path, *, simulation: bool) -> "People":
        """Create an empty store that only its owner can read."""
        os.close(open_private_file(path, os.O_RDWR | os.O_CREAT | os.O_EXCL))
        people = cls(path, simulation=simulation)
        people.create_tables()
        return people

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        simulation: bool,
        keyed_hash: KeyedHash | None = None,
        read_with: ReadConnect | None = None,
    ) -> "People":
        """Open an existing store; with `read_with` only to read, through that connection. Raises: UserError."""
        if not path.is_file():
            raise HomeFileLost(HomeText.PEOPLE_STORE_MISSING.fill(path=path))
        people = cls(path, simulation=simulation, keyed_hash=keyed_hash, read_with=read_with)
        try:
            people.demand_usable()
        except UserError:
            people.close()
            raise
        return people

    # --- Actors ---

    def ensure_actor(self, name: str) -> UUID:
        """The id of an actor by name; an actor who is not stored yet gets one. Raises: SimilarName.

        The system has the id that the log has for it, except in a home that stored another one for it earlier.
        """
        if name not in self._actors:
            self._actors[name] = self.find_actor(name) or self._create_actor(name)
        return self._actors[name]

    def find_actor(self, name: str) -> UUID | None:
        """The id of an actor, whom an older program may have kept in another normal form; None for any other name."""
        query = "SELECT id FROM actors WHERE name = ?"
        found = self._fetch_value(query, name) or self._fetch_value(query, self._load_actor_names().find_same(name))
        return self._parse(UUID, found) if found else None

    def _load_actor_names(self) -> SimilarTexts:
        return SimilarTexts([SYSTEM_ACTOR, *(stored for (stored,) in self._fetch_rows("SELECT name FROM actors"))])

    def find_actor_name(self, actor_id: UUID) -> str | None:
        """The name of an actor."""
        return self._fetch_value("SELECT name FROM actors WHERE id = ?", str(actor_id))

    def _create_actor(self, name: str) -> UUID:
        if similar := self._load_actor_names().find_similar(name):
            raise SimilarName(name, similar)
        salt = secrets.token_bytes(SALT_BYTES)
        actor_id = self._build_actor_id(name, salt)
        if actor_id.version == PROVABLE_ACTOR:
            self._keep_salt(actor_id, salt)
        self._write("INSERT INTO actors VALUES (?, ?) ON CONFLICT DO NOTHING", (name, str(actor_id)))
        return self.find_actor(name) or actor_id

    def _build_actor_id(self, name: str, salt: bytes) -> UUID:
        if name == SYSTEM_ACTOR:
            return SYSTEM
        if self.is_simulation:
            return simulated_actor_id(name)
        return build_actor_id(self._keyed_hash, salt, name) if self._keyed_hash else new_actor_id()

    def is_actor_proved(self, actor_id: UUID) -> bool:
        """Whether the name of an actor is the one that the id was made of; False for an id that is random."""
        name, salt = self.find_actor_name(actor_id), self.find_salt(actor_id) or b""
        return name is not None and (actor_id == self._build_actor_id(name, salt) and actor_id.version != RANDOM_ACTOR)

    # --- Notes ---

    def keep_note(self, text: str, position: int) -> Note:
        """Keep a free text; the note for the log, with its id and the hash that fixes its wording.

        `position` is that of the event that will name it. A command that was killed before it wrote that event may have
        left a text under the same id, which is replaced.
        """
        note_id = simulated_note_id(position) if self.is_simulation else new_note_id()
        salt = note_id.bytes if self.is_simulation else secrets.token_bytes(SALT_BYTES)
        with self._lock.hold():
            ordinal = (self._fetch_value("SELECT max(ordinal) FROM notes") or 0) + 1
            self._write(KEEP_NOTE, (ordinal, str(note_id), text, salt))
        return Note(note_id, compute_note_digest(salt, text))

    def list_notes(self) -> list[UUID]:
        """The ids of the notes that have a text."""
        return [self._parse(UUID, note) for (note,) in self._fetch_rows("SELECT id FROM notes WHERE text != ''")]

    def find_note(self, note_id: UUID) -> tuple[str, bytes] | None:
        """The text of a note and its salt, both empty once it is erased; None where there is none."""
        return next(iter(self._fetch_rows("SELECT text, salt FROM notes WHERE id = ?", str(note_id))), None)

    def is_note_altered(self, note_id: UUID, digest: str) -> bool:
        """Whether the text is not the one that was given."""
        found = self.find_note(note_id)
        return found is None or compute_note_digest(found[1], found[0]) != digest

    def find_note_text(self, note_id: UUID) -> str | None:
        """The text of a note; None once it is erased."""
        return self._fetch_value("SELECT text FROM notes WHERE id = ?", str(note_id)) or None

    def find_reason(self, note_id: UUID, digest: str | None) -> str | None:
        """The text of a note; None once it is erased, empty where it is not the text that was given."""
        text = self.find_note_text(note_id)
        return "" if text is not None and digest is not None and self.is_note_altered(note_id, digest) else text

    def drop_note(self, note: Note) -> None:
        """Delete a note that no event names: its command was refused."""
        self._write("DELETE FROM notes WHERE id = ?", (str(note.id),))
