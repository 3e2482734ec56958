"""The names in the people store of a kiosk that belongs to a hub: masked there, and all that it knows of a person.

Rule: a kiosk that is carried off holds no full name and no number.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Protocol
from uuid import UUID

from kiosk.errors import UserError
from kiosk.people.file import PeopleFile

_DIGEST_TABLE = "CREATE TABLE IF NOT EXISTS names_digest (digest BLOB NOT NULL) STRICT"
_ADD = "INSERT INTO volunteers (number, id, name, language) VALUES (?, ?, ?, ?)"
SHORT_ID = 8
"""Hexadecimal digits of an id by which a kiosk calls a volunteer, whose number it does not know."""


class Shown(Protocol):
    """How a volunteer is greeted."""

    @property
    def volunteer_id(self) -> UUID:
        """Who it is."""
        ...

    @property
    def name(self) -> str:
        """Masked."""
        ...

    @property
    def language(self) -> str | None:
        """Of the screen for them; None where none was chosen."""
        ...


class MaskedPeople(PeopleFile):
    """The part of the people store that a kiosk with a hub has."""

    def replace_masked_names(self, names: Iterable[Shown], digest: bytes) -> None:
        """Put these names in the place of all; who is not among them is gone. `digest` is kept beside them.

        Raises: UserError.
        """
        taken = set[str]()
        rows: list[tuple[str, str, str, str | None]] = []
        for shown in names:
            whole = shown.volunteer_id.hex
            number = whole if whole[:SHORT_ID] in taken else whole[:SHORT_ID]
            taken.add(number)
            rows.append((number, str(shown.volunteer_id), shown.name, shown.language))
        with self._lock.hold(), self._translate_errors(), self._transaction():
            self._connection.execute(_DIGEST_TABLE)
            self._connection.execute("DELETE FROM volunteers")
            self._connection.execute("DELETE FROM names_digest")
            self._connection.executemany(_ADD, rows)
            self._connection.execute("INSERT INTO names_digest VALUES (?)", (digest,))
        with suppress(UserError):  # another program reads just now: what is gone is overwritten the next time
            self.wipe()

    def find_names_digest(self) -> bytes:
        """The digest of the names that are here; empty where none came yet."""
        if not self._fetch_value("SELECT 1 FROM sqlite_schema WHERE name = 'names_digest'"):
            return b""
        return self._fetch_value("SELECT digest FROM names_digest") or b""
