"""`unit.db`: the copy of the unit's log at a kiosk, with the kiosk's own events beside. It may be deleted at any time.

Rule: a copy that is missing or damaged is made anew, empty; one with events that the own log lost, without its own.
What the hub sends from the first event on is another copy, filled in a file beside, which takes the place of the one in
force when it has all that the hub has. Every program that has the old one open notices it before it reads or writes.
"""

import logging
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from threading import RLock
from typing import TypeVar
from uuid import UUID

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.errors import ChainBroken, LogError, LogMissing, LogNotWhole, LogReplaced
from domain.log.event_log import EventLog
from domain.log.read_connection import ReadConnect
from domain.log.recorder import FIRST_POSSIBLE, Recorder
from domain.log.source_rows import SourceRow
from domain.log.sqlite_copy import (
    EMPTY_CURSOR,
    CopyCursor,
    CopyRecorder,
    open_copy,
    open_copy_to_read,
)
from domain.log.verify import walk_batches
from domain.log.writer_lock import LOCK_TIMEOUT, WriterLock
from domain.model.attendance import Attendance
from domain.model.corrections import Corrections
from kiosk.joined_home.joined import load_joined
from kiosk.joined_home.new_copy import NewCopy, delete_copy, identify_copy
from kiosk.wire_protocol.messages import Copied
from kiosk.words.joined import JoinedText
from kiosk.words.log_errors import explain_trouble

T = TypeVar("T")
LOG = logging.getLogger(__name__)

COPY_FILE, NEW_FILE, NEXT_FILE = "unit.db", "unit-new.db", "unit-next.db"
"""The copy in force, one that takes its place at once, and one that the hub fills first."""
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
        self._next: NewCopy | None = None
        """What this program is filling."""
        self._compared: EventLog | None = None
        """The own log that was found to hold what this copy has of it, since the copy was opened."""
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
        """Give the files back; what was not filled to its end is deleted. Raises: LogBusy."""
        with self._lock:
            self._drop_next()
            self._disconnect()

    # --- What was copied of the unit ---

    @property
    def cursor(self) -> CopyCursor:
        """How far the log of the unit was copied, in this program also beside the copy in force. Raises: CannotRead."""
        with self._lock:
            if filled := self._find_next():
                return filled.recorder.read_cursor()
            return self.use(lambda recorder: recorder.read_cursor())

    def apply(self, asked: CopyCursor, copied: Copied, *, is_complete: bool) -> None:
        """Add what the hub sent behind a cursor; `is_complete`: its log ends there. Raises: CannotWrite, LogBusy.

        Where the copy is at another cursor now, as one that was made anew meanwhile, nothing is done.
        """
        cursor = CopyCursor(copied.unit, copied.upto, copied.chain_upto, copied.since)
        rows = [SourceRow(row.stream, row.version, row.topic, row.state) for row in copied.rows]
        with self._lock:
            if self.cursor != asked:
                return
            if copied.begins_anew or asked == EMPTY_CURSOR:
                self._drop_next()
                self._fill_next(rows, cursor, is_complete=is_complete)
            elif self._next:
                self._fill_next(rows, cursor, is_complete=is_complete)
            else:
                self.use(lambda recorder: _add_behind(recorder, asked, rows, cursor))

    def _fill_next(self, rows: list[SourceRow], cursor: CopyCursor, *, is_complete: bool) -> None:
        """After a failure the file is deleted: a full disk has its room back, and the hub is asked for all again."""
        try:
            if self._next is None:
                self._next = NewCopy(self._path.with_name(NEXT_FILE))
            self._next.recorder.add_from_unit(rows, cursor)
            if is_complete:
                self._put_next_in_force()
        except LogError:
            self._drop_next()
            raise

    def _put_next_in_force(self) -> None:
        with self._locking_out_writers():
            if filled := self._find_next():
                filled.take_place_of(self._path)
            self._next = None

    def _find_next(self) -> NewCopy | None:
        """What this program is filling, unless another one has deleted it."""
        if self._next and not self._next.is_there:
            self._drop_next()
        return self._next

    def _drop_next(self) -> None:
        filled, self._next = self._next, None
        if filled:
            filled.delete()

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

    # --- The own log ---

    def add_own(self, log: EventLog) -> None:
        """Copy the events of the own log that are not here yet. Raises: CannotWrite, LogBusy, LogIsReadOnly.

        Where it was put back from an older copy, what it lost is dropped here first: other events have its place.
        """
        with self._lock:
            if not self.use(lambda recorder: self._copy_own(log, recorder)):
                self._forget_own()
                self.use(lambda recorder: self._copy_own(log, recorder))

    def _copy_own(self, log: EventLog, recorder: CopyRecorder) -> bool:
        """Whether the own log holds what was copied of it; compared once for an opened copy, not at each tap."""
        cursor, end = recorder.read_own_cursor(), log.head()
        begin = cursor.upto if cursor.unit == log.log_id else 0
        if begin and self._compared is not log and not self._read_with:
            if log.find_objection(Head(begin, cursor.chain_upto)):
                return False
            self._compared = log
        while begin < end.position and (rows := log.read_rows(begin, OWN_PAGE, end.position)):
            begin = rows[-1][0]
            recorder.add_own(rows, CopyCursor(log.log_id, begin, log.chain_at(begin)))
        return True

    def _forget_own(self) -> None:
        """Make it anew without the events of this kiosk, with the cursor: all that the hub sent is there."""
        if (joined := load_joined(self._path.parent)) is None:
            return
        LOG.warning("%s is made anew: the log of this kiosk does not hold all that was copied of it", self._path)
        cursor = self.use(lambda recorder: recorder.read_cursor())
        kept = self.use(lambda recorder: [row for row in _read_all(recorder) if not joined.has_written(row)])
        read = self._file
        self._replace(lambda new: new.add_from_unit(kept, cursor), unless=lambda: identify_copy(self._path) != read)

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
        """Make it anew without the taps of others, and without a cursor: the hub will send all that is needed again.

        What was being filled, or was left behind by a program that was killed, is deleted. Once is enough.
        Raises: LogError.
        """
        beside = self._path.with_name(NEXT_FILE)
        if not beside.exists() and self.use(lambda recorder: recorder.read_cursor()) == EMPTY_CURSOR:
            return
        kept = self.use(lambda recorder: [row for row in _read_all(recorder) if not row.topic.startswith(_OF_OTHERS)])

        def keep(new: CopyRecorder) -> None:
            new.add_from_unit(kept, EMPTY_CURSOR)
            delete_copy(beside)

        self._replace(keep)

    def _connect(self) -> CopyRecorder:
        found = identify_copy(self._path)
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
        self._file = identify_copy(self._path)
        return self._recorder

    def _disconnect(self) -> None:
        recorder, self._recorder, self._compared = self._recorder, None, None
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
        self._replace(lambda _: None, unless=lambda: identify_copy(self._path) not in (None, broken))

    def _replace(self, fill: Callable[[CopyRecorder], None], unless: Callable[[], bool] = lambda: False) -> None:
        """Build another file and put it in place, while no program writes to the copy."""
        with self._locking_out_writers():
            if not unless():
                with NewCopy(self._path.with_name(NEW_FILE)) as new:
                    fill(new.recorder)
                    new.take_place_of(self._path)

    @contextmanager
    def _locking_out_writers(self) -> Generator[None]:
        """No program writes to the copy in force in here."""
        with self._lock:
            self._disconnect()
            lock = WriterLock(self._path)
            with closing(lock), lock.hold():
                yield


def _add_behind(recorder: CopyRecorder, asked: CopyCursor, rows: list[SourceRow], cursor: CopyCursor) -> None:
    """Another program may have made the copy anew since it was asked."""
    if recorder.read_cursor() == asked:
        recorder.add_from_unit(rows, cursor)


def _read_all(recorder: Recorder) -> Iterator[SourceRow]:
    after = 0
    while rows := recorder.read_onward(after, OWN_PAGE):
        yield from (SourceRow(UUID(hex=row[1]), row[2], row[3], row[4]) for row in rows)
        after = rows[-1][0]
