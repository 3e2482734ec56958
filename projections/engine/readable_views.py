"""Views as their readers see them: rows, one state of them held, the facts of a day.

Rule: nothing here writes; `Views` brings them up to date and opens the connection that is read.
"""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.log.errors import CannotWrite
from domain.log.event_log import EventLog
from domain.log.lenient import UndecodableEvent
from domain.log.writer_lock import WriterLock
from domain.spans import Second
from projections.engine.build import connect
from projections.engine.damage import ViewsDamaged, find_damage
from projections.engine.day_facts import load_people
from projections.engine.loading import load_day_facts, load_unit, read_position
from projections.engine.stored_values import read_id
from projections.evaluation.facts import Person, RunFacts, UnitInForce


class ReadableViews:
    """The views of one log, once they are open."""

    _log: EventLog
    _path: Path
    _lock: WriterLock
    _db: sqlite3.Connection | None = None

    def rows(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> Iterator[Any]:
        """Rows of a read model, as of the last `catch_up`. Raises: ViewsDamaged."""
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        with self._detect_damage():
            for row in self._db.execute(query, values):  # noqa: UP028 - that closes it after its connection
                yield row

    @contextmanager
    def _detect_damage(self) -> Generator[None]:
        """Raise ViewsDamaged where what is read in here shows that the file is not as it was left."""
        try:
            yield
        except Exception as error:
            if (damage := find_damage(error)) is None:
                raise
            raise ViewsDamaged(self._path, damage) from error

    @contextmanager
    def hold_snapshot(self) -> Generator[None]:
        """Read one state of the views in here, however far other processes advance them meanwhile."""
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        if self._db.in_transaction:
            yield
            return
        self._take_snapshot()
        try:
            yield
        finally:
            if self._db.in_transaction:  # the connection is another one where they were rebuilt meanwhile
                self._db.rollback()

    def hold_still(self) -> AbstractContextManager[None]:
        """No process advances or replaces the views in here. Raises: LogBusy."""
        return self._lock.hold()

    def _take_snapshot(self) -> None:
        """SQLite takes it at the first read. It waits for another process that has filed what is not evaluated yet."""
        if self._db is not None:
            with self._detect_damage():
                self._db.execute("BEGIN")
                if self._db.execute("SELECT 1 FROM stale").fetchone():
                    self._db.rollback()
                    with self._lock.hold():
                        self._db.execute("BEGIN")
                        read_position(self._db)

    @property
    def quarantine(self) -> list[UndecodableEvent]:
        """The events that these views had to do without."""
        return [UndecodableEvent(*row) for row in self.rows("SELECT * FROM quarantine ORDER BY position")]

    @property
    def file(self) -> Path:
        """Where they stand."""
        return self._path

    def write_copy(self, into: Path) -> None:
        """Write these views as they are now to a new file, its owner's alone. Raises: ViewsDamaged, CannotWrite."""
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        try:
            with self._detect_damage(), closing(connect(into, scratch=True)) as copy:
                self._db.backup(copy)
        except sqlite3.OperationalError as refused:
            raise CannotWrite(into, str(refused)) from refused

    @property
    def base(self) -> Path | None:
        """The live views over which the past can be laid from here; None where all comes from the log."""
        return self._path

    @property
    def evaluated_at(self) -> Second:
        """The instant as of which everything here is evaluated."""
        return next(self.rows("SELECT reckoned_at FROM state"))[0]

    @property
    def position(self) -> int:
        """How far in the log these views are."""
        return next(self.rows("SELECT position FROM state"))[0]

    def load_day_facts(self, volunteer: int, day: int, as_of: Second | None) -> tuple[RunFacts, Person, UnitInForce]:
        """What a volunteer's day is evaluated from: its facts and those of the days that belong to it.

        Raises: ViewsDamaged.
        """
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        with self._detect_damage():
            unit = load_unit(self._log, self._db, as_of, read_position(self._db))
            return load_day_facts(self._db, unit, volunteer, day)

    def load_unit(self) -> UnitInForce:
        """The rules of the unit, with its service events, by which these views were evaluated. Raises: ViewsDamaged."""
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        with self._detect_damage():
            return load_unit(self._log, self._db, None, read_position(self._db))

    def load_people(self, unit: UnitInForce) -> dict[UUID, Person]:
        """Standing and trainings of everybody who was ever enrolled. Raises: ViewsDamaged."""
        assert self._db is not None, "catch_up comes first"  # noqa: S101 - a programming error
        with self._detect_damage():
            people, ids = load_people(self._db, unit, "")
        return {read_id(ids[key]): person for key, person in people.items()}

    def find_key(self, volunteer_id: UUID) -> int | None:
        """The small integer of a volunteer, None for one that the log does not know."""
        row = next(self.rows("SELECT key FROM people WHERE volunteer=?", (volunteer_id.bytes,)), None)
        return row[0] if row else None
