"""The copy of a unit's log at a kiosk: a log in a file of SQLite, and a row that says how far it was copied.

Rule: a copy can be made again, so it does not wait for the disk. After a power cut it may have gone back: its rows and
how far they were copied go back together, and it gets a new name, so that its followers start over.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, cast
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteCursor
from typing_extensions import override

from domain.log.chain import EMPTY_HEAD, GENESIS, Head
from domain.log.errors import CannotReadHead, LogDamaged, LogError, LogWentBack, NotALog
from domain.log.event_rows import EventRow
from domain.log.log_file import close_on_error, create_private_file, demand_private_file
from domain.log.read_connection import ReadConnect
from domain.log.read_only import ReadOnlyDatastore
from domain.log.schema import COPY_STATEMENTS
from domain.log.source_rows import SourceRow
from domain.log.sqlite_recorder import SQLiteRecorder
from domain.log.writer_lock import LOCK_TIMEOUT

_HOLDS = "SELECT 1 FROM stored_events WHERE originator_id = ? AND originator_version = ?"
_IS_COPY = "SELECT 1 FROM sqlite_schema WHERE name = 'copied'"
_COPIED = "SELECT log_id, upto, chain, since FROM copied WHERE part = ?"
_COPY_UPTO = "INSERT OR REPLACE INTO copied VALUES (?, ?, ?, ?, ?)"
_UNIT, _OWN = "unit", "own"


class CopyCursor(NamedTuple):
    """How far a log was copied."""

    unit: UUID | None
    """The name of that log; None where nothing of it was copied."""
    upto: int
    chain_upto: bytes
    since: date | None = None
    """From which day on visits and duties of the unit were copied; None for the own log."""


EMPTY_CURSOR = CopyCursor(None, 0, GENESIS)


class CopyRecorder(SQLiteRecorder):
    """The rows of a copy. Its positions and its chain are its own."""

    @override
    def construct_create_table_statements(self) -> list[str]:
        return list(COPY_STATEMENTS)

    def demand_copy(self) -> None:
        """Check that it is a copy, which says how far it goes. Raises: NotALog, LogDamaged, CannotRead."""
        if not self.store.rows(_IS_COPY):
            raise NotALog(self.store.path)
        for part in (_UNIT, _OWN):
            self._read_part(part)

    def read_cursor(self) -> CopyCursor:
        """How far the log of the unit was copied. Raises: CannotRead, LogDamaged."""
        return self._read_part(_UNIT)

    def read_own_cursor(self) -> CopyCursor:
        """How far the own log of the kiosk was copied, and its name. Raises: CannotRead, LogDamaged."""
        return self._read_part(_OWN)

    def add_from_unit(self, rows: Sequence[SourceRow], cursor: CopyCursor) -> None:
        """Events of the log of the unit, and how far it is copied with them. Raises: CannotWrite, LogBusy."""
        self._add(_UNIT, [StoredEvent(row.stream, row.version, row.topic, row.state) for row in rows], cursor)

    def add_own(self, rows: Sequence[EventRow], cursor: CopyCursor) -> None:
        """Events of the own log, and how far it is copied with them. Raises: CannotWrite, LogBusy."""
        self._add(_OWN, [StoredEvent(UUID(hex=row[1]), *row[2:]) for row in rows], cursor)

    def flush_seldom(self) -> None:
        """From now on wait for the disk only where the WAL is copied into the file. Raises: CannotRead."""
        self.store.rows("PRAGMA synchronous=NORMAL")

    def _read_part(self, part: str) -> CopyCursor:
        found = self.store.rows(_COPIED, (part,))
        try:
            for log_id, upto, chain, since in found:
                return CopyCursor(UUID(log_id), upto, chain, date.fromisoformat(since) if since else None)
        except ValueError as error:
            raise LogDamaged(self.store.path, str(error)) from None
        return EMPTY_CURSOR

    def _add(self, part: str, events: Sequence[StoredEvent], cursor: CopyCursor) -> None:
        self.write_chained(lambda c: self._insert_new(c, part, events, cursor))

    def _insert_new(self, c: SQLiteCursor, part: str, events: Sequence[StoredEvent], cursor: CopyCursor) -> Head:
        """What is there already stays as it is."""
        new = {(event.originator_id, event.originator_version): event for event in reversed(events)}
        missing = [event for event in reversed(new.values()) if not _holds(c, event)]
        end = self._insert_chained(c, missing, None)
        if cursor.unit is not None:
            since = cursor.since and cursor.since.isoformat()
            c.execute(_COPY_UPTO, (part, str(cursor.unit), cursor.upto, cursor.chain_upto, since))
        return end


def _holds(c: SQLiteCursor, event: StoredEvent) -> bool:
    c.execute(_HOLDS, (cast("UUID", event.originator_id).hex, event.originator_version))
    return c.fetchone() is not None


def create_copy(path: Path) -> CopyRecorder:
    """A new, empty copy. Raises: LogExists, CannotOpen, CannotWrite."""
    create_private_file(path)
    try:
        with close_on_error(path, LOCK_TIMEOUT, newborn=True) as store:
            recorder = CopyRecorder(store)
            recorder.create_table()
            recorder.load_name()
            store.head_file.save(recorder.log_id, EMPTY_HEAD)
            recorder.flush_seldom()
            return recorder
    except LogError:
        path.unlink(missing_ok=True)
        raise


def open_copy(path: Path) -> CopyRecorder:
    """A copy that exists; one of which the head file cannot be read may have gone back.

    Raises: LogMissing, NotALog, NotPrivate, CannotOpen, CannotRead, LogDamaged, SchemaAltered, LogBusy.
    """
    try:
        return _open_copy(path, went_back=False)
    except (LogWentBack, CannotReadHead):
        return _open_copy(path, went_back=True)


def _open_copy(path: Path, *, went_back: bool) -> CopyRecorder:
    demand_private_file(path)
    with close_on_error(path, LOCK_TIMEOUT, newborn=False) as store:
        store.connect(restored=went_back)
        recorder = CopyRecorder(store)
        recorder.load_name()
        recorder.demand_copy()
        recorder.flush_seldom()
        if went_back:
            recorder.renew_name()
        else:
            recorder.update_head_file()
        return recorder


def open_copy_to_read(path: Path, connect: ReadConnect) -> CopyRecorder:
    """A copy that is not written to from here. Raises: as `open_copy`; LogWentBack."""
    demand_private_file(path)
    store = ReadOnlyDatastore(path, connect)
    try:
        store.connect()
        recorder = CopyRecorder(store)
        recorder.load_name()
        recorder.demand_copy()
    except BaseException:
        store.close()
        raise
    return recorder
