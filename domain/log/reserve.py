"""Room on the disk that is kept for the log: when everything else is full, taps go on in it.

Rule: a writer that finds the disk full gives the reserve back and writes again; it is filled again when there is
plenty of room. The file holds nothing.
"""

import os
from contextlib import suppress
from pathlib import Path

from domain.log.writer_lock import open_private_file

RESERVE_BYTES = 64 * 2**20
"""Room for more than 100,000 taps of some 430 bytes, and for the 4 MB of WAL that they go through."""
PLENTY = 4
"""Times its own size that the disk has free before the reserve is taken: it must not fill the disk itself."""
FULL = 2**20
"""Bytes free below which a log cannot be opened for certain: its WAL and the index of that begin with 40 kB."""
_BLOCK = 512
"""The unit of `st_blocks` (stat(2))."""


class Reserve:
    """The reserve of one log, in a file beside it."""

    def __init__(self, log_file: Path, size: int = RESERVE_BYTES) -> None:
        self.path = log_file.with_suffix(".reserve")
        self._size = size

    @property
    def is_held(self) -> bool:
        """Whether the room is kept: as blocks of the disk, a length alone keeps nothing."""
        try:
            return self.path.stat().st_blocks * _BLOCK >= self._size
        except OSError:
            return False

    def fill(self) -> bool:
        """Keep the room where the disk has plenty; whether it is kept now."""
        if self.is_held:
            return True
        if count_free_bytes(self.path.parent) < PLENTY * self._size:
            return False
        try:
            self._allocate()
        except OSError:
            self.release()
        return self.is_held

    def release_if_full(self) -> None:
        """Give the room back where nothing could even be opened: that takes some room too."""
        if is_disk_full(self.path.parent):
            self.release()

    def release(self) -> bool:
        """Give the room back to the disk; whether there was any to give."""
        with suppress(OSError):
            self.path.unlink()
            return True
        return False

    def _allocate(self) -> None:
        file = open_private_file(self.path, os.O_RDWR | os.O_CREAT)
        try:
            os.posix_fallocate(file, 0, self._size)
        finally:
            os.close(file)


def is_disk_full(folder: Path) -> bool:
    """Whether the disk under a folder has no room to open a log in."""
    try:
        return count_free_bytes(folder) < FULL
    except OSError:
        return False


def count_free_bytes(folder: Path) -> int:
    """What the disk under a folder has free for this user. Raises: OSError."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize
