"""`unit.db`: the copy of the unit's log at a kiosk, with the kiosk's own events beside. It may be deleted at any time.

Rule: a copy that is missing, damaged or of another log is made anew in another file, which is put in its place at
once; every program that has the old one open notices it before it reads or writes again.
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from threading import RLock
from typing import TypeVar
from uuid import UUID

from domain.log.chain import EMPTY_HEAD
from domain.log.errors import ChainBroken, LogMissing, LogNotWhole, LogReplaced
from domain.log.event_log import EventLog
from domain.log.read_connection import ReadConnect
from domain.log.recorder import FIRST_POSSIBLE, Recorder
from domain.log.source_rows import SourceRow
from domain.log.sqlite_copy import (
    EMPTY_CURSOR,
    CopyCursor,
    CopyRecorder,
    create_copy,
    open_copy,
    open_copy_to_read,
)
from domain.log.verify import walk_batches
from domain.log.writer_lock import LOCK_TIMEOUT, WriterLock, identify_file
from domain.model.attendance import Attendance
from domain.model.corrections import Corrections
from kiosk.home_files import flush_folder
from kiosk.wire_protocol.messages import Copied
from kiosk.words.joined import JoinedText
from kiosk.words.log_errors import explain_trouble

T = TypeVar("T")
LOG = logging.getLogger(__name__)

COPY_FILE, NEW_FILE = "unit.db", "unit-new.db"
OWN_PAGE = 500
"""Own events copied in one transaction."""
_OF_OTHERS = (f"{Attendance.TOPIC}.", f"{Corrections.TOPIC}.")
"""Beginnings of the names of events that say when others were here."""


class UnitCopy:
    """The copy in one home. Threads may share it, one at a time."""

    def __init__(self, path: Path, read_with: ReadConnect | None = None) -> None:
        """Use `open`."""
        self._path = path
        self._read_with = read_with
        self._lock = RLock()
        self._recorder: CopyRecorder | None = None
        self._file: tuple[int, int] | None = None
        self._read_cursor_of: UUID | None = None
        self._timeout = LOCK_TIMEOUT

    @classmethod
    def open(cls, home_path: Path, read_with: ReadConnect | None = None) -> "UnitCopy":
        """The copy in a home, made where it is missing; with `read_with` only to read. Raises: LogError."""
        copy = cls(home_path / COPY_FILE, read_with)
        copy.use(lambda recorder: recorder.log_id)
        return copy

    def limit_wait(self, seconds: float) -> None:
        """From now on wait at most so long for another program that writes to the copy."""
        with self._lock:
            self._timeout = seconds
            if self._recorder:
                self._recorder.limit_wait(seconds)

    @classmethod
    def create(cls, home_path: Path) -> None:
        """Make an empty copy in a new home. Raises: LogError."""
        cls(home_path / COPY_FILE)._replace(lambda _: None)

    def close(self) -> None:
        """Give the files back. Raises: LogBusy."""
        with self._lock:
            self._disconnect()

    # --- What was copied of the unit ---

    @property
    def cursor(self) -> CopyCursor:
        """How far the log of the unit was copied. Raises: CannotRead."""

        def read(recorder: CopyRecorder) -> CopyCursor:
            self._read_cursor_of = recorder.log_id
            return recorder.read_cursor()

        return self.use(read)

    def apply(self, copied: Copied) -> None:
        """Add what the hub sent; events that are there already are passed over. Raises: CannotWrite, LogBusy.

        Where the copy was made anew since `cursor` was read, nothing is done: what was sent begins behind its end.
        """
        cursor = CopyCursor(copied.unit, copied.upto, copied.chain_upto, copied.since)
        rows = [SourceRow(row.stream, row.version, row.topic, row.state) for row in copied.rows]
        if copied.begins_anew:
            self._replace(lambda new: new.add_from_unit(rows, cursor))
        else:
            self.use(lambda recorder: self._add(recorder, rows, cursor))

    def ensure_intact(self) -> None:
        """Make it anew where its events do not lead to its chain: a disk may change bytes in silence. Raises: LogError.

        A card whose event was changed so is refused at each tap, or is another person's.
        """
        self.use(self._demand_chain)

    def _demand_chain(self, recorder: CopyRecorder) -> None:
        end = recorder.last_given()
        head, fault = walk_batches(recorder.read_raw(end, start=FIRST_POSSIBLE), EMPTY_HEAD, end)
        if fault:
            raise ChainBroken(self._path, head.position + 1, fault)

    def _add(self, recorder: CopyRecorder, rows: list[SourceRow], cursor: CopyCursor) -> None:
        if self._read_cursor_of not in (None, recorder.log_id):
            return
        if recorder.read_cursor() == EMPTY_CURSOR:  # what others left in it may be of a log that is gone
            self._replace(lambda new: new.add_from_unit(rows, cursor))
        else:
            recorder.add_from_unit(rows, cursor)

    # --- The own log ---

    def add_own(self, log: EventLog) -> None:
        """Copy the events of the own log that are not here yet. Raises: CannotWrite, LogBusy, LogIsReadOnly."""
        self.use(lambda recorder: _copy_own(log, recorder))

    # --- Reading ---

    def find_since(self) -> date | None:
        """From which day on it holds visits and duties; None where the hub said none. Raises: CannotRead."""
        return self.use(lambda recorder: recorder.read_cursor().since)

    def read(self, read: Callable[[Recorder], T]) -> T:
        """What is found in the copy that stands there now. Raises: CannotRead."""
        return self.use(read)

    def use(self, work: Callable[[CopyRecorder], T]) -> T:
        """Do something with the copy that stands there now; a damaged one is made anew first. Raises: LogError."""
        with self._lock:
            try:
                return work(self._connect())
            except LogReplaced:
                self._disconnect()
            except LogNotWhole as found:
                self._make_anew(found)
            return work(self._connect())

    # --- Its file ---

    def forget_others(self) -> None:
        """Make it anew without the taps of others, and without a cursor: the hub will send all that is needed again."""
        kept = self.use(lambda recorder: [row for row in _read_all(recorder) if not row.topic.startswith(_OF_OTHERS)])
        self._replace(lambda new: new.add_from_unit(kept, EMPTY_CURSOR))

    def _connect(self) -> CopyRecorder:
        found = _identify(self._path)
        if self._recorder is not None and found == self._file:
            return self._recorder
        self._disconnect()
        self._file = found
        if self._read_with:
            self._recorder = open_copy_to_read(self._path, self._read_with)
            return self._recorder
        try:
            self._recorder = open_copy(self._path)
        except LogMissing as missing:
            self._make_anew(missing)
            self._recorder = open_copy(self._path)
        self._recorder.limit_wait(self._timeout)
        self._file = _identify(self._path)
        return self._recorder

    def _disconnect(self) -> None:
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            recorder.close()

    def _make_anew(self, reason: Exception) -> None:
        """An empty copy in the place of one that cannot be used; another program may have done it meanwhile.

        A folder that stands there is not ours to delete.
        """
        if self._read_with or self._path.is_dir():
            raise reason
        why = JoinedText.COPY_MISSING.fill() if isinstance(reason, LogMissing) else explain_trouble(reason)
        LOG.warning("%s is made anew, and the hub fills it: %s", self._path, why)
        broken = self._file
        self._replace(lambda _: None, unless=lambda: _identify(self._path) not in (None, broken))

    def _replace(self, fill: Callable[[CopyRecorder], None], unless: Callable[[], bool] = lambda: False) -> None:
        """Build another file and put it in place, while no program writes to the copy."""
        with self._lock:
            self._disconnect()
            lock = WriterLock(self._path)
            with closing(lock), lock.hold():
                if not unless():
                    new = self._path.with_name(NEW_FILE)
                    _delete(new)
                    with closing(create_copy(new)) as recorder:
                        fill(recorder)
                    _put_in_place(new, self._path)


def _put_in_place(new: Path, path: Path) -> None:
    """The head file follows: for a copy it is no proof, and one that is missing is made again."""
    for left in (_beside(path, "-wal"), _beside(path, "-shm"), path.with_suffix(".head")):
        left.unlink(missing_ok=True)
    new.replace(path)
    with suppress(FileNotFoundError):
        new.with_suffix(".head").replace(path.with_suffix(".head"))
    _delete(new)
    flush_folder(path.parent)


def _delete(new: Path) -> None:
    """What an earlier attempt left, and the locks of a file that is in place now."""
    for suffix in ("", "-wal", "-shm", ".lock", ".turn"):
        _beside(new, suffix).unlink(missing_ok=True)
    new.with_suffix(".head").unlink(missing_ok=True)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}{suffix}")


def _identify(path: Path) -> tuple[int, int] | None:
    try:
        return identify_file(os.stat(path))
    except OSError:
        return None


def _copy_own(log: EventLog, recorder: CopyRecorder) -> None:
    cursor, end = recorder.read_own_cursor(), log.head()
    begin = cursor.upto if cursor.unit == log.log_id else 0
    while begin < end.position and (rows := log.read_rows(begin, OWN_PAGE, end.position)):
        begin = rows[-1][0]
        recorder.add_own(rows, CopyCursor(log.log_id, begin, log.chain_at(begin)))


def _read_all(recorder: Recorder) -> Iterator[SourceRow]:
    after = 0
    while rows := recorder.read_onward(after, OWN_PAGE):
        yield from (SourceRow(UUID(hex=row[1]), row[2], row[3], row[4]) for row in rows)
        after = rows[-1][0]
