"""The event log as use cases and projections see it: load, decide, append; read on from a position; verify.

Rule: nobody else touches the recorder, and whatever goes wrong comes out of here as a `LogError`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateEvent, EventSourcingError

from domain.log.chain import EMPTY, Head
from domain.log.datastore import LogDatastore
from domain.log.errors import (
    CannotOpen,
    LogError,
    LogExists,
    LogMissing,
    NotALog,
    NotPrivate,
    NotWriting,
    WrongStream,
)
from domain.log.mapper import Entry, EventRow, NamedEventMapper
from domain.log.recorder import LAST_POSITION, LogRecorder
from domain.log.soundness import looked_at_meanwhile
from domain.log.stored_names import StoredNames
from domain.log.verification import Verdict, walk
from domain.log.writer_lock import PATIENCE, WriterLock, private_file

A = TypeVar("A", bound=Aggregate)

PAGE = 500
"""Events read at once, unless told otherwise. Measured: pages that fit a cache go half as fast again as 5,000."""


class EventLog:
    """One log over one connection. Threads may share it; a process opens it once."""

    log_id: UUID
    """The log's name since its birth or its last restore: a follower that knew another one begins anew."""

    def __init__(self, recorder: LogRecorder, names: StoredNames) -> None:
        self._recorder = recorder
        self._store = recorder.store
        self._mapper = NamedEventMapper(names)
        self.log_id = recorder.name()

    # --- Beginning and end -------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, names: StoredNames, *, patience: float = PATIENCE) -> EventLog:
        """A new, empty log. Raises: LogExists, CannotOpen, CannotWrite."""
        _make_private_file(path)
        try:
            with _kept_if_well(path, patience, newborn=True) as store:
                recorder = LogRecorder(store)
                recorder.create_table()
                return cls(recorder, names)
        except LogError:
            path.unlink()
            raise

    @classmethod
    def open(cls, path: Path, names: StoredNames, *, patience: float = PATIENCE) -> EventLog:
        """A log that exists; `patience` is how many seconds a writer waits for the others.

        Raises: LogMissing, NotALog, NotPrivate, CannotOpen, LogDamaged, SettingRefused, LogBusy.
        """
        _demand_private_file(path)
        with _kept_if_well(path, patience, newborn=False) as store:
            store.connect()
            return cls(LogRecorder(store), names)

    def renew_identity(self) -> UUID:
        """Give the log a new `log_id`: what a restore does, so that followers notice that it went back."""
        self.log_id = self._recorder.give_name()
        return self.log_id

    def close(self) -> None:
        """Give everything back; closing twice is closing once. Raises: LogBusy, and stays open then."""
        self._store.close()

    # --- Writing -----------------------------------------------------------------------------

    def writing(self) -> AbstractContextManager[None]:
        """What is loaded in here is still true when it is appended in here. Raises: LogBusy."""
        return self._store.lock.held()

    def next_position(self) -> int:
        """The position that the next event will get. Raises: NotWriting outside `writing()`."""
        if not self._store.lock.is_mine():
            raise NotWriting(self._store.path)
        return self._recorder.last_given() + 1

    def append(self, *aggregates: Aggregate) -> list[int]:
        """Store the pending events of all, in one transaction; their positions in that order.

        After a refusal nothing is stored and the events are pending still.
        Raises: Conflict, CannotWrite, LogBusy, NotStorable, UnknownName.
        """
        pending = [event for aggregate in aggregates for event in aggregate.pending_events]
        if not pending:
            return []
        positions = self._recorder.insert_events([self._mapper.to_stored_event(event) for event in pending])
        for aggregate in aggregates:
            aggregate.collect_events()
        return list(positions)

    def probe(self) -> None:
        """Write what changes nothing, to see whether a write would reach the disk. Raises: CannotWrite, LogBusy."""
        self._recorder.probe()

    # --- Reading -----------------------------------------------------------------------------

    def load(self, kind: type[A], stream: UUID) -> A | None:
        """The aggregate that a stream with a Created event makes; None where there are no events.

        Raises: WrongStream, UnknownName, Unreadable, CannotRead.
        """
        found = self._fold(None, stream, after=0)
        if found is None or isinstance(found, kind):
            return found
        raise WrongStream(stream, f"it makes a {type(found).__name__}, not a {kind.__name__}")

    def catch_up(self, aggregate: A) -> A:
        """The same aggregate, with the events behind its version. One without a Created event begins at 0.

        Raises: as `load`.
        """
        self._fold(aggregate, aggregate.id, after=aggregate.version)
        return aggregate

    def at_end(self, aggregate: A) -> A:
        """The same aggregate at its stream's last version, unread: for commands that look at nothing before them."""
        aggregate.version = self._recorder.last_version(aggregate.id)
        return aggregate

    def events_of(self, stream: UUID) -> list[Entry]:
        """The events of one stream, in order. Raises: UnknownName, Unreadable, CannotRead."""
        return self._mapper.entries(self._recorder.stream(stream, 0))

    def entries(self, after: int = 0, limit: int = PAGE, upto: int | None = None) -> list[Entry]:
        """At most `limit` events behind position `after`, up to and including `upto`, in order.

        A name that is not listed stops the reader: to skip an event is to compute with half of the facts.
        Raises: UnknownName, Unreadable, both with the position; CannotRead.
        """
        return self._mapper.entries(self._recorder.onward(after, limit, LAST_POSITION if upto is None else upto))

    def stored(self, after: int = 0, limit: int = PAGE, upto: int | None = None) -> list[EventRow]:
        """The same events as they are stored: for a reader of millions that needs a few fields of each.

        Raises: CannotRead.
        """
        return self._recorder.onward(after, limit, LAST_POSITION if upto is None else upto)

    def read(self, row: EventRow) -> AggregateEvent:
        """A stored event as the domain knows it. Raises: UnknownName, Unreadable."""
        return self._mapper.event(row)

    def head(self) -> Head:
        """The end of the log."""
        return self._recorder.head()

    def chain_at(self, position: int) -> bytes:
        """The chain hash of the event at a position that the log holds. Raises: CannotRead."""
        return self._recorder.chain_at(position)

    def verify(self) -> Verdict:
        """Walk the whole chain, a batch at a time, and look whether the file would find each of its events.

        What is appended meanwhile is left for the next walk.
        """
        with looked_at_meanwhile(self._store.path) as damage:
            head, why = self._walked()
            if why:
                return Verdict(head.position, head, head.position + 1, why)
            return Verdict(head.position, head, None, damage.result())

    def _walked(self) -> tuple[Head, str]:
        """How far the chain fits, and why no further."""
        head, why = EMPTY, ""
        try:
            given = self._recorder.last_given()
            for rows in self._recorder.raw(given):
                head, why = walk(rows, head)
                if why:
                    return head, why
        except LogError as unreadable:
            return head, str(unreadable)
        return head, f"is missing: the log once reached position {given}" if head.position < given else ""

    def _fold(self, aggregate: Aggregate | None, stream: UUID, after: int) -> Aggregate | None:
        entries = self._mapper.entries(self._recorder.stream(stream, after))
        try:
            for _, event in entries:
                aggregate = event.mutate(aggregate)
        except (EventSourcingError, AssertionError) as refused:
            raise WrongStream(stream, str(refused) or "its first event does not begin it") from refused
        return aggregate


# --- The file --------------------------------------------------------------------------------


@contextmanager
def _kept_if_well(path: Path, patience: float, *, newborn: bool) -> Generator[LogDatastore]:
    """The store stays open for a caller who succeeds and is closed for one who does not."""
    store = LogDatastore(path, WriterLock(path, patience), newborn=newborn)
    try:
        yield store
    except BaseException:
        store.close()
        raise


def _make_private_file(path: Path) -> None:
    try:
        os.close(private_file(path, os.O_RDWR | os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        raise LogExists(path) from None
    except OSError as refused:
        raise CannotOpen(path, refused.strerror or str(refused)) from refused


def _demand_private_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise LogMissing(path) from None
    except OSError as refused:
        raise CannotOpen(path, refused.strerror or str(refused)) from refused
    if not stat.S_ISREG(mode):
        raise NotALog(path)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise NotPrivate(path, stat.S_IMODE(mode))
