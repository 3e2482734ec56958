"""The people store: names, numbers, free texts and PIN hashes behind the ids in the log.

Rule: it holds no fact of service, so that a person can be erased without touching the log. What an event will name is
written here first: a crash between the two leaves a volunteer registered and not enrolled, no more.
"""

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.act import Note
from domain.ids import SYSTEM, new_actor_id, new_note_id, simulated_actor_id, simulated_note_id
from domain.log.read_connection import ReadConnect
from domain.log.read_only import NoWriterLock
from domain.log.writer_lock import WriterLock, open_private_file
from kiosk.errors import UserError
from kiosk.people_file import (
    APPLICATION_ID,
    FORGET,
    FORMAT,
    PINS,
    REGISTER,
    TABLES,
    build_pseudonym,
    build_pseudonyms,
    connect,
    connect_to_read,
)
from kiosk.refusals import SimilarName
from kiosk.similar_numbers import SimilarTexts
from kiosk.words.errors import HomeText

SYSTEM_ACTOR = "system"
"""The name under which the program acts by itself: the nightly job, a batch line or an erasure that names no actor."""

SALT_BYTES = 16
"""Enough that a short text cannot be found by trying."""


@dataclass(frozen=True, slots=True)
class Details:
    """Personal data of a volunteer."""

    name: str | None = None
    birth_date: date | None = None
    gender: str | None = None
    language: str | None = None
    group: str | None = None


class People:
    """The store of one home. Threads may share it. Errors of SQLite become `UserError`, or `LogBusy`."""

    def __init__(self, path: Path, *, simulation: bool, read_with: ReadConnect | None = None) -> None:
        """Use `create` or `open`. In a simulation ids are derived, so that two runs of a batch write the same log."""
        self._path = path
        self._simulation = simulation
        self._read_only = read_with is not None
        self._lock = NoWriterLock(path) if read_with else WriterLock(path)
        self._actors: dict[str, UUID] = {}
        self._numbers: tuple[int, SimilarTexts] | None = None  # and the state of the file when they were read
        with self._hold_to_open(), self._translate_errors():
            self._connection = connect_to_read(path, read_with) if read_with else connect(path)

    @classmethod
    def create(cls, path: Path, *, simulation: bool) -> "People":
        """Create an empty store that only its owner can read."""
        os.close(open_private_file(path, os.O_RDWR | os.O_CREAT | os.O_EXCL))
        people = cls(path, simulation=simulation)
        with people._lock.hold(), people._translate_errors():
            people._connection.executescript(TABLES)
        return people

    @classmethod
    def open(cls, path: Path, *, simulation: bool, read_with: ReadConnect | None = None) -> "People":
        """Open an existing store; with `read_with` only to read, through that connection. Raises: UserError."""
        if not path.is_file():
            raise UserError(HomeText.PEOPLE_STORE_MISSING.fill(path=path))
        people = cls(path, simulation=simulation, read_with=read_with)
        try:
            people._demand_people_store()
            if not read_with:
                people._migrate()
        except UserError:
            people.close()
            raise
        return people

    def close(self) -> None:
        """Close the file; the last process to close it empties the WAL."""
        with self._hold_to_open():
            self._connection.close()
        self._lock.close()

    def _hold_to_open(self) -> AbstractContextManager[None]:
        """Opening and closing may write to the WAL, except in a store that is only read."""
        return nullcontext() if self._read_only else self._lock.hold()

    def copy_to(self, path: Path) -> None:
        """Copy the store, as of now, into a new file that only its owner can read."""
        os.close(open_private_file(path, os.O_RDWR | os.O_CREAT | os.O_EXCL))
        with self._translate_errors():
            self._connection.execute("VACUUM INTO ?", (str(path),))

    # --- Volunteers ---

    def register(self, number: str, volunteer_id: UUID, details: Details) -> UUID:
        """Register a number with an id and details; the id that the number has.

        A number that is registered already keeps its id and gets the new details: check first that it is not enrolled.
        """
        birth_date = details.birth_date and details.birth_date.isoformat()
        row = (number, str(volunteer_id), details.name, birth_date, details.gender, details.language, details.group)
        registered = UUID(self._write(REGISTER, row)[0][0])
        self._load_similar_numbers().add(number)
        return registered

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
            blank = "UPDATE notes SET text = '', salt = x'' WHERE id = ?"
            self._connection.executemany(blank, [(str(note),) for note in notes])
        self._numbers = None
        self.wipe()

    def wipe(self) -> None:
        """Remove every byte of overwritten data: rewrite the file without free pages, empty the WAL."""
        with self._lock.hold(), self._translate_errors():
            self._connection.execute("PRAGMA temp_store=MEMORY")
            self._connection.execute("VACUUM")
            busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise UserError(HomeText.PEOPLE_STORE_IN_USE.fill(path=self._path))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Run the statements in one transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    # --- Actors ---

    def ensure_actor(self, name: str) -> UUID:
        """The id of an actor by name; an actor who is not stored yet gets one. Raises: SimilarName.

        The system has the id that the log has for it, except in a home that stored another one for it earlier.
        """
        if name not in self._actors:
            self._actors[name] = self.find_actor(name) or self._create_actor(name)
        return self._actors[name]

    def find_actor(self, name: str) -> UUID | None:
        """The id of an actor who is stored; None for any other name."""
        found = self._fetch_value("SELECT id FROM actors WHERE name = ?", name)
        return UUID(found) if found else None

    def find_actor_name(self, actor_id: UUID) -> str | None:
        """The name of an actor."""
        return self._fetch_value("SELECT name FROM actors WHERE id = ?", str(actor_id))

    def _create_actor(self, name: str) -> UUID:
        known = [stored for (stored,) in self._fetch_rows("SELECT name FROM actors")]
        if similar := SimilarTexts([SYSTEM_ACTOR, *known]).find_similar(name):
            raise SimilarName(name, similar)
        actor_id = self._build_actor_id(name)
        self._write("INSERT INTO actors VALUES (?, ?) ON CONFLICT DO NOTHING", (name, str(actor_id)))
        return self.find_actor(name) or actor_id

    def _build_actor_id(self, name: str) -> UUID:
        if name == SYSTEM_ACTOR:
            return SYSTEM
        return simulated_actor_id(name) if self._simulation else new_actor_id()

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

    def keep_note(self, text: str) -> Note:
        """Keep a free text; the note for the log, with its id and the hash that fixes its wording."""
        with self._lock.hold():
            ordinal = (self._fetch_value("SELECT max(ordinal) FROM notes") or 0) + 1
            note_id = simulated_note_id(ordinal) if self._simulation else new_note_id()
            salt = note_id.bytes if self._simulation else secrets.token_bytes(SALT_BYTES)
            self._write("INSERT INTO notes VALUES (?, ?, ?, ?)", (ordinal, str(note_id), text, salt))
        return Note(note_id, hashlib.sha256(salt + text.encode()).hexdigest())

    def find_note_text(self, note_id: UUID) -> str | None:
        """The text of a note; None once it is erased."""
        return self._fetch_value("SELECT text FROM notes WHERE id = ?", str(note_id)) or None

    def drop_note(self, note: Note) -> None:
        """Delete a note that no event names: its command was refused."""
        self._write("DELETE FROM notes WHERE id = ?", (str(note.id),))

    # --- SQLite ---

    def _write(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._lock.hold(), self._translate_errors():
            return self._connection.execute(statement, values).fetchall()

    def _fetch_rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._translate_errors():
            return self._connection.execute(query, values).fetchall()

    def _fetch_value(self, query: str, *values: object) -> Any:
        row = next(iter(self._fetch_rows(query, *values)), None)
        return row and row[0]

    def _demand_people_store(self) -> None:
        found = (self._fetch_value("PRAGMA application_id"), self._fetch_value("PRAGMA user_version"))
        if found != (APPLICATION_ID, FORMAT):
            raise UserError(HomeText.NOT_A_PEOPLE_STORE.fill(path=self._path))

    def _migrate(self) -> None:
        if not self._fetch_value("SELECT 1 FROM sqlite_schema WHERE name = 'pins'"):
            self._write(PINS, ())

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise UserError(HomeText.PEOPLE_STORE_UNUSABLE.fill(path=self._path, error=error)) from error
