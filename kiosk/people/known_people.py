"""What statements know of people, read from a people store that stands as it was left: nothing of it is opened.

Rule: a shortcut and never another answer. Where opening the store would have anything to do or to say, there is none.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar
from uuid import UUID

from domain.log.errors import LogError
from domain.log.read_connection import connect_under_lock
from domain.log.writer_lock import WriterLock
from domain.typed_decoding import convert
from kiosk.people.file import APPLICATION_ID, FORMAT
from projections.engine.standing_views import NotStanding

if TYPE_CHECKING:
    from kiosk.people.people import People

T = TypeVar("T")


class KnownNames(NamedTuple):
    """How a store names those of whom rows speak."""

    numbers: dict[UUID, str]
    """Of the volunteers."""
    actors: dict[UUID, str]


def read_known_names(path: Path) -> KnownNames | None:
    """The numbers of all volunteers and the names of all actors; None where the store has to be opened."""
    return _read_as_left(path, _load_names)


def _load_names(store: sqlite3.Connection) -> KnownNames:
    numbers, actors = (
        {UUID(row[0]): row[1] for row in store.execute(query)}
        for query in ("SELECT id, number FROM volunteers", "SELECT id, name FROM actors")
    )
    return KnownNames(numbers, actors)


class ShownPerson(NamedTuple):
    """What lists show of a volunteer beside the number, and the birth date, by which awards are decided."""

    name: str | None
    group: str | None
    birth_date: date | None = None


def read_known_people(path: Path) -> dict[UUID, ShownPerson] | None:
    """Name, group and birth date of all volunteers; None where the store has to be opened."""
    return _read_as_left(path, _load_people)


def _load_people(store: sqlite3.Connection) -> dict[UUID, ShownPerson]:
    people: dict[UUID, ShownPerson] = {}
    for volunteer, name, group, born in store.execute("SELECT id, name, unit_group, birth_date FROM volunteers"):
        known = convert(born, date | None)  # an opened store refuses what is no date, in a sentence
        people[UUID(volunteer)] = ShownPerson(name, group, known)
    return people


def _read_as_left(path: Path, read: Callable[[sqlite3.Connection], T]) -> T | None:
    try:
        lock = WriterLock(path, timeout=0)
    except LogError:
        return None
    try:
        with lock.hold(), closing(connect_under_lock(path)) as store:
            found = [store.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
            if found != [APPLICATION_ID, FORMAT] or store.execute("SELECT 1 FROM changes").fetchone():
                return None
            return read(store)
    except (sqlite3.Error, LogError, ValueError):
        return None
    finally:
        lock.close()


# --- As a people store ---


class PeopleToRead(Protocol):
    """What statements ask of a people store, opened or not."""

    def find_id(self, number: str) -> UUID | None: ...  # noqa: D102 - as in `People`
    def resolve_typed_number(self, typed: str) -> str: ...  # noqa: D102 - same
    def find_number(self, volunteer_id: UUID) -> str | None: ...  # noqa: D102 - same
    def load_numbers(self) -> dict[UUID, str]: ...  # noqa: D102 - same
    def find_actor_name(self, actor_id: UUID) -> str | None: ...  # noqa: D102 - same
    def find_reason(self, note_id: UUID, digest: str | None) -> str | None: ...  # noqa: D102 - same
    def find_birth_date(self, volunteer_id: UUID) -> date | None: ...  # noqa: D102 - same
    def load_birth_dates(self) -> dict[UUID, date]: ...  # noqa: D102 - same


class StandingPeople:
    """A people store that stands. Each raises NotStanding where it has to be opened."""

    def __init__(self, path: Path, known: KnownNames, open_store: "Callable[[], People]") -> None:
        """`open_store` is called for the text of a reason."""
        self._path = path
        self._known = known
        self._open_store = open_store

    def find_id(self, number: str) -> UUID:
        """The volunteer with a number; an opened store also finds one that is written in another way."""
        for volunteer, known in self._known.numbers.items():
            if known == number:
                return volunteer
        raise NotStanding

    def resolve_typed_number(self, typed: str) -> str:
        """A number that is registered as it was typed; the opened store resolves any other."""
        self.find_id(typed)
        return typed

    def find_number(self, volunteer_id: UUID) -> str | None:
        """The number of a volunteer."""
        return self._known.numbers.get(volunteer_id)

    def load_numbers(self) -> dict[UUID, str]:
        """All numbers."""
        return self._known.numbers

    def find_actor_name(self, actor_id: UUID) -> str | None:
        """The name of an actor."""
        return self._known.actors.get(actor_id)

    def find_reason(self, note_id: UUID, digest: str | None) -> str | None:
        """As the opened store has it."""
        return self._open_store().find_reason(note_id, digest)

    def find_birth_date(self, volunteer_id: UUID) -> date | None:
        """None where it is not known."""
        return self.shown.get(volunteer_id, ShownPerson(None, None)).birth_date

    def load_birth_dates(self) -> dict[UUID, date]:
        """Of everybody of whom one is known."""
        return {who: one.birth_date for who, one in self.shown.items() if one.birth_date}

    @cached_property
    def shown(self) -> dict[UUID, ShownPerson]:
        """What lists show of each volunteer."""
        found = read_known_people(self._path)
        if found is None:
            raise NotStanding
        return found
