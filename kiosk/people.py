"""The people store: names, numbers, free texts and PIN hashes behind the ids in the log.

Rule: it holds no fact of service, so that a person can be erased without touching the log. What an event will name is
written here first: a crash between the two leaves a volunteer registered and not enrolled, no more.
"""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from domain.act import Note
from domain.ids import SYSTEM, new_actor_id, new_note_id, simulated_actor_id, simulated_note_id
from domain.log.read_connection import ReadConnect
from domain.log.writer_lock import open_private_file
from kiosk.errors import UserError
from kiosk.people_file import FORGET, KEEP_NOTE, REGISTER, ROW, PeopleFile, build_pseudonym, build_pseudonyms
from kiosk.people_proofs import PROVABLE_ACTOR, KeyedHash, build_actor_id, compute_note_digest, compute_person_digest
from kiosk.person_names import PersonNames
from kiosk.refusals import SimilarName
from kiosk.similar_numbers import SimilarTexts
from kiosk.words.errors import HomeText

SYSTEM_ACTOR = "system"
"""The name under which the program acts by itself: the nightly job, a batch line or an erasure that names no actor."""

SALT_BYTES = 16
"""Enough that a short text cannot be found by trying."""
RANDOM_ACTOR = 4
"""The version in an id that is random."""


@dataclass(frozen=True, slots=True)
class Details:
    """Personal data of a volunteer."""

    name: str | None = None
    birth_date: date | None = None
    gender: str | None = None
    language: str | None = None
    group: str | None = None


class People(PeopleFile):
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
        super().__init__(path, read_with)
        self.is_simulation = simulation
        self._keyed_hash = keyed_hash
        self._actors: dict[str, UUID] = {}
        self._numbers: tuple[int, SimilarTexts] | None = None  # and the state of the file when they were read
        self._names: tuple[int, PersonNames] | None = None  # likewise

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
            raise UserError(HomeText.PEOPLE_STORE_MISSING.fill(path=path))
        people = cls(path, simulation=simulation, keyed_hash=keyed_hash, read_with=read_with)
        try:
            people.demand_usable()
        except UserError:
            people.close()
            raise
        return people

    # --- Volunteers ---

    def register(self, number: str, volunteer_id: UUID, details: Details) -> UUID:
        """Register a number with an id and details; the id that the number has.

        A number that is registered already keeps its id and gets the new details: check first that it is not enrolled.
        """
        birth_date = details.birth_date and details.birth_date.isoformat()
        row = (number, str(volunteer_id), details.name, birth_date, details.gender, details.language, details.group)
        with self._lock.hold(), self._translate_errors(), self._transaction():
            stored = UUID(self._write(REGISTER, row)[0][0])
            self._keep_salt(stored, stored.bytes if self.is_simulation else secrets.token_bytes(SALT_BYTES))
        self._load_similar_numbers().add(number)
        self._names = None
        return stored

    def _keep_salt(self, whose: UUID, salt: bytes) -> None:
        """Keep what the digest of a row is salted with; the first salt stays."""
        self._write("INSERT INTO salts VALUES (?, ?) ON CONFLICT DO NOTHING", (str(whose), salt))

    def find_salt(self, whose: UUID) -> bytes | None:
        """The salt of a volunteer or an actor; None for one who is erased, or older than salts."""
        return self._fetch_value("SELECT salt FROM salts WHERE id = ?", str(whose))

    def compute_digest(self, volunteer_id: UUID) -> str | None:
        """The digest of a volunteer's row as it stands, for the event that enrols; None where nothing can prove it."""
        salt, rows = self.find_salt(volunteer_id), self._fetch_rows(ROW, str(volunteer_id))
        return compute_person_digest(self._keyed_hash, salt, rows[0]) if self._keyed_hash and salt and rows else None

    def find_id(self, number: str) -> UUID | None:
        """The id of the volunteer with this number, which an older program may have kept in another normal form."""
        query = "SELECT id FROM volunteers WHERE number = ?"
        found = self._fetch_value(query, number)
        found = found or self._fetch_value(query, self._load_similar_numbers().find_same(number))
        return UUID(found) if found else None

    def find_similar_number(self, number: str) -> str | None:
        """Another number that is registered, and that a person could take for this one."""
        return self._load_similar_numbers().find_similar(number)

    def _load_similar_numbers(self) -> SimilarTexts:
        version: int = self._fetch_value("PRAGMA data_version")
        if self._numbers is None or self._numbers[0] != version:
            self._numbers = version, SimilarTexts(self.load_numbers().values())
        return self._numbers[1]

    def find_number(self, volunteer_id: UUID) -> str | None:
        """The number of a volunteer."""
        return self._fetch_value("SELECT number FROM volunteers WHERE id = ?", str(volunteer_id))

    def find_name(self, volunteer_id: UUID) -> str | None:
        """The full name; a public screen shows it masked."""
        return self._fetch_value("SELECT name FROM volunteers WHERE id = ?", str(volunteer_id))

    def is_named_in(self, text: str) -> bool:
        """Whether a text has the name of a registered volunteer in it."""
        version: int = self._fetch_value("PRAGMA data_version")
        if self._names is None or self._names[0] != version:
            rows = self._fetch_rows("SELECT name FROM volunteers WHERE name IS NOT NULL")
            self._names = version, PersonNames(name for (name,) in rows)
        return self._names[1].is_mentioned_in(text)

    def find_language(self, volunteer_id: UUID) -> str | None:
        """The language in which the entrance addresses a volunteer."""
        return self._fetch_value("SELECT language FROM volunteers WHERE id = ?", str(volunteer_id))

    def load_numbers(self) -> dict[UUID, str]:
        """All numbers at once, for the commands that list many volunteers."""
        return {UUID(row[0]): row[1] for row in self._fetch_rows("SELECT id, number FROM volunteers")}

    # --- Erasing ---

    def is_known(self, volunteer_id: UUID) -> bool:
        """Whether a volunteer is registered and not erased."""
        return self.find_number(volunteer_id) not in (None, *build_pseudonyms(volunteer_id))

    def count_registered(self) -> int:
        """How many volunteers are registered and not erased."""
        return sum(number not in build_pseudonyms(volunteer_id) for volunteer_id, number in self.load_numbers().items())

    def forget(self, volunteer_id: UUID, notes: Iterable[UUID]) -> None:
        """Overwrite the data of a volunteer, and these notes; a pseudonym stays, by which the record is named."""
        taken = self.find_id(build_pseudonym(volunteer_id)) not in (None, volunteer_id)
        with self._lock.hold(), self._translate_errors(), self._transaction():
            self._connection.execute(FORGET, (build_pseudonyms(volunteer_id)[taken], str(volunteer_id)))
            self._connection.execute("DELETE FROM salts WHERE id = ?", (str(volunteer_id),))
            blank = "UPDATE notes SET text = '', salt = x'' WHERE id = ?"
            self._connection.executemany(blank, [(str(note),) for note in notes])
        self._numbers = self._names = None
        self.wipe()

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
        return UUID(found) if found else None

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

    # --- PINs ---

    def keep_pin_hash(self, actor_id: UUID, hashed: str) -> None:
        """Keep the hash of an actor's PIN; an earlier one is overwritten."""
        self._write("INSERT OR REPLACE INTO pins VALUES (?, ?)", (str(actor_id), hashed))

    def find_pin_hash(self, actor_id: UUID) -> str | None:
        """The hash of an actor's PIN."""
        return self._fetch_value("SELECT hash FROM pins WHERE actor = ?", str(actor_id))

    def drop_pin(self, actor_id: UUID) -> None:
        """Delete the hash of an actor's PIN."""
        self._write("DELETE FROM pins WHERE actor = ?", (str(actor_id),))

    def list_coordinators(self) -> dict[UUID, str]:
        """The actors who have a PIN, with their names, sorted by name."""
        found = self._fetch_rows(
            "SELECT pins.actor, name FROM pins JOIN actors ON actors.id = pins.actor ORDER BY name"
        )
        return {UUID(actor): name for actor, name in found}

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
        return [UUID(note) for (note,) in self._fetch_rows("SELECT id FROM notes WHERE text != ''")]

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
