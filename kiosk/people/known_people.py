"""What statements name people by, read from a people store that stands as it was left: nothing of it is opened.

Rule: a shortcut and never another answer. Where opening the store would have anything to do or to say, there is none.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar
from uuid import UUID

import msgspec

from domain.log.errors import LogError
from domain.log.read_connection import connect_under_lock
from domain.log.writer_lock import WriterLock
from kiosk.people.file import APPLICATION_ID, FORMAT

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
    """What lists show of a volunteer beside the number."""

    name: str | None
    group: str | None


def read_known_people(path: Path) -> dict[UUID, ShownPerson] | None:
    """Name and group of all volunteers; None where the store has to be opened."""
    return _read_as_left(path, _load_people)


def _load_people(store: sqlite3.Connection) -> dict[UUID, ShownPerson]:
    people: dict[UUID, ShownPerson] = {}
    for volunteer, name, group, born in store.execute("SELECT id, name, unit_group, birth_date FROM volunteers"):
        msgspec.convert(born, date | None)  # an opened store refuses what is no date, in a sentence
        people[UUID(volunteer)] = ShownPerson(name, group)
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
