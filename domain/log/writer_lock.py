"""One writer at a time, over all processes: an exclusive lock on a file beside the database.

Rule: a process that writes, checkpoints or closes holds it; readers never do. SQLite before 3.51.3 can corrupt a
file in WAL mode when two connections write or checkpoint at the same instant, and Python ships older ones.

Two files make it fair. A writer first takes its turn, then the lock, then gives the turn back. While one
waits for the lock it holds the turn, so the program that writes in a loop cannot slip in again before it. The
system frees both when a process dies.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from time import monotonic, sleep

from domain.log.errors import CannotOpen, LogBusy

LOCK_TIMEOUT = 10.0
"""Seconds a writer waits for the others before it gives up."""
_MIN_DELAY, _MAX_DELAY = 0.000_2, 0.002
"""Seconds between two tries: a wait ends at most 2 ms late."""


class WriterLock:
    """The right to write to `database`. Held again by who holds it; other threads and processes wait.

    A second instance for one file in one process is another writer to the first: it waits for it.
    """

    def __init__(self, database: Path, timeout: float = LOCK_TIMEOUT) -> None:
        self._database = database
        self._timeout = timeout
        lock = database.with_name(f"{database.name}.lock")
        self.was_there = lock.exists()
        """A process has written to this database in this place before."""
        self._lock = _open_lock_file(lock)
        self._turn = _open_lock_file(database.with_name(f"{database.name}.turn"))
        self._within = RLock()
        self._depth = 0

    @contextmanager
    def hold(self) -> Generator[None]:
        """Write in here. Raises: LogBusy when the others do not finish in time."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def is_mine(self) -> bool:
        """This thread is inside `held`."""
        if not self._within.acquire(blocking=False):
            return False
        depth = self._depth
        self._within.release()
        return depth > 0

    def close(self) -> None:
        """Give the files back; nothing may be locked after this."""
        os.close(self._lock)
        os.close(self._turn)

    def _enter(self) -> None:
        deadline = monotonic() + self._timeout
        if not self._within.acquire(timeout=self._timeout):
            raise LogBusy(self._database, self._timeout)
        try:
            if self._depth == 0:
                self._lock_out_other_processes(deadline)
        except BaseException:
            self._within.release()
            raise
        self._depth += 1

    def _leave(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            fcntl.flock(self._lock, fcntl.LOCK_UN)
        self._within.release()

    def _lock_out_other_processes(self, deadline: float) -> None:
        self._wait_for(self._turn, deadline)
        try:
            self._wait_for(self._lock, deadline)
        finally:
            fcntl.flock(self._turn, fcntl.LOCK_UN)

    def _wait_for(self, file: int, deadline: float) -> None:
        nap = _MIN_DELAY
        while not _try_lock(file):
            if monotonic() >= deadline:
                raise LogBusy(self._database, self._timeout)
            sleep(nap)
            nap = min(2 * nap, _MAX_DELAY)


def _try_lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open_lock_file(path: Path) -> int:
    try:
        return open_private_file(path, os.O_RDWR | os.O_CREAT)
    except OSError as refused:
        raise CannotOpen(path, refused.strerror or str(refused)) from refused


def open_private_file(path: Path, flags: int) -> int:
    """Open a file that is its owner's alone, whatever the umask: mode 0600 from its first instant on."""
    file = os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    os.fchmod(file, 0o600)
    return file
