"""The volunteers of the people store: numbers, names and details behind the ids, and a change of them.

Rule: a change of a volunteer who is enrolled is kept aside first, then the log gets its event, then it is in force. A
program that is killed between leaves what the log can decide on: it has the digest of what is in force.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec

from domain.log.read_connection import ReadConnect
from domain.typed_decoding import convert, decode_json
from kiosk.people.file import (
    FORGET,
    FORGET_MORE,
    KEEP_CHANGE,
    KEEP_CONTACT,
    KEEP_PROFILE,
    LIST_WITH_DATA,
    REGISTER,
    ROW,
    ROWS,
    PeopleFile,
    build_pseudonym,
    build_pseudonyms,
)
from kiosk.people.person_names import PersonNames, can_name
from kiosk.people.proofs import KeyedHash, compute_person_digest
from kiosk.people.similar_numbers import SimilarTexts
from kiosk.refusals import UnknownNumberLike
from kiosk.text.typed import narrow

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
    telephone: str | None = None
    email: str | None = None
    address: str | None = None
    emergency_contact: str | None = None
    notes: str | None = None
    national_id: str | None = None
    education: str | None = None
    occupation: str | None = None

    def list_values(self) -> list[str | None]:
        """As the store keeps them."""
        return [str(value) if (value := getattr(self, name)) is not None else None for name in DETAILS]


DETAILS = tuple(field.name for field in fields(Details))
"""What is kept of a person, in the order of the store; batch lines call it the same."""
IN_FIRST_TABLE, IN_CONTACTS = 5, 5
"""So many of them stand beside the number, and so many in the next table; the others in a third."""


def _build_details(row: Sequence[str | None]) -> Details:
    """Those of a row of the store. Raises: msgspec.ValidationError where a birth date is none."""
    return convert(dict(zip(DETAILS, row[2:], strict=True)), Details)


class VolunteerFile(PeopleFile):
    """The part of the people store that is about volunteers."""

    def __init__(
        self, path: Path, *, simulation: bool, keyed_hash: KeyedHash | None, read_with: ReadConnect | None
    ) -> None:
        super().__init__(path, read_with)
        self.is_simulation = simulation
        self._keyed_hash = keyed_hash
        self._numbers: tuple[int, SimilarTexts] | None = None  # and the state of the file when they were read
        self._names: tuple[int, PersonNames] | None = None  # likewise

    def register(self, number: str, volunteer_id: UUID, details: Details) -> UUID:
        """Register a number with an id and details; the id that the number has.

        A number that is registered already keeps its id and gets the new details: check first that it is not enrolled.
        """
        with self._lock.hold(), self._translate_errors(), self._transaction():
            stored = self._write_details(number, volunteer_id, details)
            self._ensure_salt(stored)
        self._load_similar_numbers().add(number)
        if stored != volunteer_id:
            self._names = None
        elif self._names and details.name:
            self._names[1].add(details.name)
        return stored

    def _write_details(self, number: str, volunteer_id: UUID, details: Details) -> UUID:
        values = details.list_values()
        stored = self._write(REGISTER, (number, str(volunteer_id), *values[:IN_FIRST_TABLE]))[0][0]
        contact, profile = values[IN_FIRST_TABLE:][:IN_CONTACTS], values[IN_FIRST_TABLE + IN_CONTACTS :]
        self._write(KEEP_CONTACT, (stored, *contact))
        self._write(KEEP_PROFILE, (stored, *profile))
        return self._parse(UUID, stored)

    def _ensure_salt(self, volunteer_id: UUID) -> None:
        salt = volunteer_id.bytes if self.is_simulation else secrets.token_bytes(SALT_BYTES)
        self._keep_salt(volunteer_id, salt)

    def _keep_salt(self, whose: UUID, salt: bytes) -> None:
        """Keep what the digest of a row is salted with; the first salt stays."""
        self._write("INSERT INTO salts VALUES (?, ?) ON CONFLICT DO NOTHING", (str(whose), salt))

    def find_salt(self, whose: UUID) -> bytes | None:
        """The salt of a volunteer or an actor; None for one who is erased, or older than salts."""
        return self._fetch_value("SELECT salt FROM salts WHERE id = ?", str(whose))

    def compute_digest(self, volunteer_id: UUID) -> str | None:
        """The digest of a volunteer's row as it stands, for the event that enrols; None where nothing can prove it."""
        rows = self._fetch_rows(ROW, str(volunteer_id))
        return self._compute_row_digest(volunteer_id, rows[0]) if rows else None

    def _compute_row_digest(self, volunteer_id: UUID, row: Sequence[str | None]) -> str | None:
        salt = self.find_salt(volunteer_id)
        return compute_person_digest(self._keyed_hash, salt, row) if self._keyed_hash and salt else None

    def find_id(self, number: str) -> UUID | None:
        """The id of the volunteer with this number, which an older program may have kept in another normal form."""
        query = "SELECT id FROM volunteers WHERE number = ?"
        found = self._fetch_value(query, number)
        found = found or self._fetch_value(query, self._load_similar_numbers().find_same(number))
        return self._parse(UUID, found) if found else None

    def find_typed_id(self, typed: str) -> UUID | None:
        """The same of a number as a person typed it: an input method for Chinese types wide letters and digits."""
        numbers = self._list_typed_numbers(typed)
        return self.find_id(numbers[0]) if len(numbers) == 1 else None

    def resolve_typed_number(self, typed: str) -> str:
        """The registered number that was typed, itself or in wide letters; what was typed where there is none.

        Raises: UnknownNumberLike where it may be one of several.
        """
        numbers = self._list_typed_numbers(typed)
        if len(numbers) > 1:
            raise UnknownNumberLike(typed, numbers[0])
        return numbers[0] if numbers else typed

    def _list_typed_numbers(self, typed: str) -> list[str]:
        """Those that a typed one may mean: the same one before those in other letters, wide before small ones."""
        if exact := self.find_id(typed):
            return [self.find_number(exact) or typed]
        plain, similar = narrow(typed), self._load_similar_numbers()
        return similar.find_narrow(plain) or similar.find_narrow(plain.upper())

    def find_similar_number(self, number: str) -> str | None:
        """Another number that is registered, and that a person could take for this one."""
        return self._load_similar_numbers().find_similar(number)

    def _load_similar_numbers(self) -> SimilarTexts:
        version = self.read_version()
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
        if not can_name(text):
            return False
        version = self.read_version()
        if self._names is None or self._names[0] != version:
            rows = self._fetch_rows("SELECT name FROM volunteers WHERE name IS NOT NULL")
            self._names = version, PersonNames(name for (name,) in rows)
        return self._names[1].is_mentioned_in(text)

    def find_language(self, volunteer_id: UUID) -> str | None:
        """The language in which the entrance addresses a volunteer."""
        return self._fetch_value("SELECT language FROM volunteers WHERE id = ?", str(volunteer_id))

    def find_email(self, volunteer_id: UUID) -> str | None:
        """The mail address of a volunteer, as it was written down."""
        return self._fetch_value("SELECT email FROM contacts WHERE id = ?", str(volunteer_id))

    def load_numbers(self) -> dict[UUID, str]:
        """All numbers at once, for the commands that list many volunteers."""
        return {self._parse(UUID, row[0]): row[1] for row in self._fetch_rows("SELECT id, number FROM volunteers")}

    def load_greetings(self) -> list[tuple[UUID, str, str | None]]:
        """The name and the language of everybody who has a name, by id."""
        rows = self._fetch_rows("SELECT id, name, language FROM volunteers WHERE name IS NOT NULL ORDER BY id")
        return [(self._parse(UUID, row[0]), *row[1:]) for row in rows]

    # --- Changing ---

    def load_details(self, volunteer_id: UUID) -> Details:
        """What is kept of a volunteer; nothing of one who is not registered. Raises: UserError."""
        for row in self._fetch_rows(ROW, str(volunteer_id)):
            return self._parse(_build_details, row)
        return Details()

    def load_all_details(self) -> dict[UUID, Details]:
        """The same of everybody at once, for a list. Raises: UserError."""
        rows = self._fetch_rows(ROWS)
        return {self._parse(UUID, row[1]): self._parse(_build_details, row) for row in rows}

    def find_birth_date(self, volunteer_id: UUID) -> date | None:
        """None where it is not known. Raises: UserError."""
        return self.load_details(volunteer_id).birth_date

    def load_birth_dates(self) -> dict[UUID, date]:
        """Of everybody of whom one is known. Raises: UserError."""
        return {who: one.birth_date for who, one in self.load_all_details().items() if one.birth_date}

    def keep_change(self, volunteer_id: UUID, details: Details) -> str | None:
        """Keep new details of a volunteer aside; the digest of the row with them, for the event."""
        with self._lock.hold(), self._translate_errors(), self._transaction():
            self._ensure_salt(volunteer_id)
            self._write(KEEP_CHANGE, (str(volunteer_id), msgspec.json.encode(details).decode()))
        return self.compute_changed_digest(volunteer_id)

    def list_changes(self) -> list[UUID]:
        """The volunteers of whom new details are kept aside: a program is about to change them, or was killed."""
        return [self._parse(UUID, one) for (one,) in self._fetch_rows("SELECT id FROM changes")]

    def compute_changed_digest(self, volunteer_id: UUID) -> str | None:
        """The digest of the row with the details that are kept aside; None where there are none."""
        number, details = self.find_number(volunteer_id), self._find_change(volunteer_id)
        if number is None or details is None:
            return None
        return self._compute_row_digest(volunteer_id, [number, str(volunteer_id), *details.list_values()])

    def _find_change(self, volunteer_id: UUID) -> Details | None:
        kept = self._fetch_value("SELECT details FROM changes WHERE id = ?", str(volunteer_id))
        return kept and self._parse(lambda text: decode_json(text, Details), kept)

    def apply_change(self, volunteer_id: UUID) -> None:
        """Put the details in force that are kept aside: the log has their event."""
        number, details = self.find_number(volunteer_id), self._find_change(volunteer_id)
        with self._lock.hold(), self._translate_errors(), self._transaction():
            if number is not None and details is not None:
                self._write_details(number, volunteer_id, details)
            self.drop_change(volunteer_id)
        self._names = None

    def drop_change(self, volunteer_id: UUID) -> None:
        """Forget the details that are kept aside: no event names them."""
        self._write("DELETE FROM changes WHERE id = ?", (str(volunteer_id),))

    # --- Erasing ---

    def is_known(self, volunteer_id: UUID) -> bool:
        """Whether a volunteer is registered and not erased."""
        return self.find_number(volunteer_id) not in (None, *build_pseudonyms(volunteer_id))

    def list_with_data(self) -> set[str]:
        """The ids of which the store has anything that erasing removes; as texts, which a hand may have written."""
        return {one for (one,) in self._fetch_rows(LIST_WITH_DATA)}

    def count_registered(self) -> int:
        """How many volunteers are registered and not erased."""
        return sum(number not in build_pseudonyms(volunteer_id) for volunteer_id, number in self.load_numbers().items())

    def forget(self, volunteer_id: UUID, notes: Iterable[UUID]) -> None:
        """Overwrite the data of a volunteer, and these notes; a pseudonym stays, by which the record is named.

        What the file holds of them still goes with `wipe`.
        """
        taken = self.find_id(build_pseudonym(volunteer_id)) not in (None, volunteer_id)
        with self._lock.hold(), self._translate_errors(), self._transaction():
            self._connection.execute(FORGET, (build_pseudonyms(volunteer_id)[taken], str(volunteer_id)))
            for statement in FORGET_MORE:
                self._connection.execute(statement, (str(volunteer_id),))
            blank = "UPDATE notes SET text = '', salt = x'' WHERE id = ?"
            self._connection.executemany(blank, [(str(note),) for note in notes])
        self._numbers = self._names = None
