"""Views that stand at the head of the log, read as they are: nothing is followed, evaluated or written.

Rule: they answer only what `Views.catch_up` would leave as it is. Where it might do anything, they do not open.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar
from uuid import UUID

from domain.log.errors import LogError
from domain.log.standing_file import StandingFile
from domain.model.known_past import EARLIEST, FAR_UNSYNCHRONISED_SECONDS, LATEST
from projections.engine.day_digests import are_days_intact
from projections.engine.seal import Seal
from projections.projectors.tables import EVALUATION_VERSION, FACTS_VERSION

if TYPE_CHECKING:
    from domain.log.lenient import UndecodableEvent

T = TypeVar("T")


class NotStanding(Exception):
    """The views have to be opened, and perhaps rebuilt, before they can answer."""


class StandingEnd(NamedTuple):
    """Where a log ends, and by which program it was last opened."""

    log_id: UUID
    position: int
    chain: bytes
    program: str
    """See `EventLog.fingerprint`."""


class StandingViews(StandingFile):
    """One state of the views of a log. Close it."""

    def __init__(self, path: Path) -> None:
        """Use `open`."""
        super().__init__(path)
        self._is_sealed = False
        self.head: tuple[UUID, int] | None = None
        """The name of the log, and where it ends."""
        self.evaluated_at = 0
        """The instant as of which an opened home would evaluate now."""

    @classmethod
    def open(cls, path: Path, log: "StandingEnd", now: int | None) -> Self:
        """The views of a log, as of `now`, or of the last recorded instant where that is None. Raises: NotStanding."""
        if not path.exists():
            raise NotStanding
        try:
            views = cls(path)
        except LogError:
            raise NotStanding from None
        try:
            views._open(log, now)
        except (sqlite3.Error, OSError, LogError, TypeError):
            views.close()
            raise NotStanding from None
        except NotStanding:
            views.close()
            raise
        return views

    def _open(self, log: "StandingEnd", now: int | None) -> None:
        with self._lock.hold():
            is_as_left = Seal(self._path).fits()
            if is_as_left is False:
                raise NotStanding
            self._is_sealed, self.head = is_as_left is True, (log.log_id, log.position)
            self._connect()
            if not self._stands_at(log, now):
                raise NotStanding

    def _stands_at(self, log: "StandingEnd", now: int | None) -> bool:
        """Whether nothing was recorded, and no time has passed, that changes an answer.

        Now is not before then, and no clock that an opened home would not believe.
        """
        *built_by, recorded, evaluated_at = next(self.rows(_STATE))
        instant = self.evaluated_at = recorded if now is None else now
        end = [log.log_id.hex, log.program, log.position, log.chain]
        if built_by != [FACTS_VERSION, EVALUATION_VERSION, *end] or instant < max(recorded, evaluated_at):
            return False
        if now is not None and not EARLIEST <= now <= min(LATEST, recorded + FAR_UNSYNCHRONISED_SECONDS):
            return False
        return next(self.rows(_CHANGED, (instant,)), None) is None

    # --- Reading ---

    def rows(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> Iterator[Any]:
        """Rows of a read model. Raises: NotStanding where SQLite finds the file damaged."""
        assert self._db is not None, "it is open"  # noqa: S101 - a programming error
        try:
            for row in self._db.execute(query, values):  # noqa: UP028 - that closes it after its connection
                yield row
        except sqlite3.DatabaseError as error:
            raise NotStanding(str(error)) from None

    def ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """What a question of several queries finds. Raises: NotStanding where SQLite finds the file damaged."""
        assert self._db is not None, "it is open"  # noqa: S101 - a programming error
        try:
            return question(self._db)
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            raise NotStanding(str(error)) from None

    def ensure_intact(self, first: int, last: int, volunteer: int | None = None) -> None:
        """Compare days with their digests, unless the whole file was found as it was left. Raises: NotStanding."""
        assert self._db is not None, "it is open"  # noqa: S101 - a programming error
        try:
            if self._is_sealed or are_days_intact(self._db, first, last, volunteer):
                return
        except (sqlite3.Error, ValueError, TypeError):
            pass
        raise NotStanding

    @property
    def quarantine(self) -> "list[UndecodableEvent]":
        """The events that they had to do without. Raises: NotStanding."""
        from domain.log.lenient import UndecodableEvent  # noqa: PLC0415 - most questions are not about it

        return [UndecodableEvent(*row) for row in self.rows("SELECT * FROM quarantine ORDER BY position")]

    def find_key(self, volunteer_id: UUID) -> int | None:
        """The small integer of a volunteer, None for one that the log does not know."""
        row = next(self.rows("SELECT key FROM people WHERE volunteer=?", (volunteer_id.bytes,)), None)
        return row[0] if row else None


_STATE = "SELECT version, evaluation, log_id, program, position, chain, last_recorded, reckoned_at FROM state"
_CHANGED = "SELECT 1 FROM stale UNION ALL SELECT 1 FROM due WHERE at <= ? LIMIT 1"
