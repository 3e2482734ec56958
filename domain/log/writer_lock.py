"""One writer at a time, over all processes: an exclusive lock on a file beside the database.

Rule: a process that writes, checkpoints or closes holds it; readers never do. SQLite before 3.51.3 can corrupt a
file in WAL mode when two connections write or checkpoint at the same instant, and Python ships older ones.

Two files make it fair. A writer first takes its turn, then the lock, then gives the turn back. While one
waits for the lock it holds the turn, so the program that writes in a loop cannot slip in again before it. The
system frees both when a process dies. A process that waits or writes cannot be stopped by its terminal.
"""

import fcntl
import os
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Lock, get_ident
from time import monotonic, sleep
from typing import BinaryIO

from domain.log.errors import CannotOpen, LogBusy, LogReplaced
from domain.log.lock_holder import find_holder, is_stopped
from domain.log.stop_signals import SignalMask, block_stop_signals, restore_signals

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
        self.timeout = timeout
        """Seconds to wait for the others."""
        lock = database.with_name(f"{database.name}.lock")
        self.was_there = lock.exists()
        """A process has written to this database in this place before."""
        self._lock = _LockFile(lock)
        self._turn = _LockFile(database.with_name(f"{database.name}.turn"))
        self._within = Lock()
        self._thread: int | None = None
        """The one that is inside."""
        self._depth = 0
        self._signals: SignalMask = set()
        """What this thread held back before it took the lock."""

    def hold(self) -> AbstractContextManager[None]:
        """Write in here. Raises: LogBusy when the others do not finish in time, LogReplaced."""
        return self

    def is_mine(self) -> bool:
        """This thread is inside `hold`."""
        return self._thread == get_ident()

    def close(self) -> None:
        """Give the files back; nothing may be locked after this. Closing twice is closing once."""
        self._lock.close()
        self._turn.close()

    def __enter__(self) -> None:
        """Use `hold`."""
        if self._thread == get_ident():
            self._depth += 1
            return
        timeout = self.timeout
        deadline = monotonic() + timeout
        if not self._within.acquire(timeout=timeout):
            raise LogBusy(self._database, timeout, os.getpid())
        try:
            self._lock_out_other_processes(deadline, timeout)
        except BaseException:
            self._within.release()
            raise
        self._thread, self._depth = get_ident(), 1

    def __exit__(self, *_: object) -> None:
        """The thread that entered first gives the lock back when it leaves last."""
        self._depth -= 1
        if self._depth:
            return
        blocked, self._thread = self._signals, None
        self._lock.unlock()
        self._within.release()
        restore_signals(blocked)

    def _lock_out_other_processes(self, deadline: float, timeout: float) -> None:
        blocked = block_stop_signals()
        try:
            if not self._turn.try_lock():
                self._wait_for(self._turn, deadline, timeout)
            try:
                if not self._lock.try_lock():
                    self._wait_for(self._lock, deadline, timeout)
            finally:
                self._turn.unlock()
            self._demand_lock_in_place()
        except BaseException:
            restore_signals(blocked)
            raise
        self._signals = blocked

    def _wait_for(self, file: "_LockFile", deadline: float, timeout: float) -> None:
        nap = _MIN_DELAY
        while not file.try_lock():
            if monotonic() >= deadline:
                holder = find_holder(os.fstat(file.descriptor))
                raise LogBusy(self._database, timeout, holder, stopped=holder is not None and is_stopped(holder))
            sleep(nap)
            nap = min(2 * nap, _MAX_DELAY)

    def _demand_lock_in_place(self) -> None:
        """A lock file that was deleted or exchanged keeps no other program out."""
        if not (self._lock.is_in_place() and self._turn.is_in_place()):
            self._lock.unlock()
            raise LogReplaced(self._database)


class _LockFile:
    """One open lock file."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self.descriptor = _open_lock_file(path)
        self._opened = os.fstat(self.descriptor)

    def try_lock(self) -> bool:
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(self) -> None:
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def is_in_place(self) -> bool:
        """Whether the file is still the one that its path names."""
        try:
            status = os.stat(self._path)
        except OSError:
            return False
        return status.st_ino == self._opened.st_ino and status.st_dev == self._opened.st_dev

    def close(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1  # the number is another file's by now


def identify_file(status: os.stat_result) -> tuple[int, int]:
    """Device and inode: what stays the same of a file that is open."""
    return status.st_dev, status.st_ino


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


def write_new_file(path: Path, content: bytes) -> None:
    """Write a new file that is its owner's alone, on the disk when this returns, or none at all. Raises: OSError.

    It gets its name when it is whole, so that a killed program leaves no part of one; where the disk knows no files
    without a name (FAT, NFS) it has it from the first byte on.
    """
    try:
        nameless = os.open(path.parent, os.O_WRONLY | os.O_TMPFILE | os.O_CLOEXEC, 0o600)
    except OSError:
        nameless = None
    try:
        if nameless is None:
            _write_new_file_in_place(path, content)
        else:
            _write_and_name(nameless, path, content)
    except OSError as refused:
        refused.filename = str(path)  # else it would be said of what the command prints
        raise


def _write_and_name(nameless: int, path: Path, content: bytes) -> None:
    """Raises: OSError, also where another file has the name."""
    with os.fdopen(nameless, "wb") as file:
        os.fchmod(nameless, 0o600)
        _write_whole(file, content)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.link(f"/proc/self/fd/{nameless}", path.name, dst_dir_fd=folder, follow_symlinks=True)
            os.fsync(folder)
        finally:
            os.close(folder)


def _write_new_file_in_place(path: Path, content: bytes) -> None:
    with os.fdopen(open_private_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
        try:
            _write_whole(file, content)
        except OSError:
            path.unlink(missing_ok=True)  # else a part of it would be taken for the whole, or stand in the way
            raise


def _write_whole(file: BinaryIO, content: bytes) -> None:
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
