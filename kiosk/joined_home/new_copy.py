"""A copy of the unit's log in a file of its own, which takes the place of the one in force once it is filled.

Rule: every program reads the file that stands under the name of the copy. So until it is exchanged nothing of a new one
counts, and a program or a machine that ends meanwhile leaves the old one as it was.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from domain.log.sqlite_copy import create_copy
from domain.log.writer_lock import identify_file
from kiosk.home_files import flush_folder


class NewCopy:
    """Such a file, while it is filled."""

    def __init__(self, path: Path) -> None:
        """Make it, empty, in the place of what an earlier attempt left there. Raises: CannotOpen, CannotWrite."""
        delete_copy(path)
        self._path = path
        try:
            self.recorder = create_copy(path)
        except BaseException:
            delete_copy(path)
            raise
        self._file = identify_copy(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """After a failure it is deleted: a full disk has its room back."""
        if kind:
            self.delete()

    @property
    def is_there(self) -> bool:
        """Whether no other program has deleted it."""
        return identify_copy(self._path) == self._file

    def take_place_of(self, old: Path) -> None:
        """Be the copy of that name from now on, while no program writes to the old one. Raises: CannotWrite, LogBusy.

        The head file follows: for a copy it is no proof, and one that is missing is made again.
        """
        self.close()
        for left in (_beside(old, "-wal"), _beside(old, "-shm"), old.with_suffix(".head")):
            left.unlink(missing_ok=True)
        self._path.replace(old)
        with suppress(FileNotFoundError):
            self._path.with_suffix(".head").replace(old.with_suffix(".head"))
        delete_copy(self._path)
        flush_folder(old.parent)

    def close(self) -> None:
        """Give the file back, as far as it is filled."""
        self.recorder.close()

    def delete(self) -> None:
        """It will not be needed."""
        self.close()
        if self.is_there:
            delete_copy(self._path)


def delete_copy(path: Path) -> None:
    """A copy that is not in force, or what is left beside one that has its place now."""
    for suffix in ("", "-wal", "-shm", ".lock", ".turn"):
        _beside(path, suffix).unlink(missing_ok=True)
    path.with_suffix(".head").unlink(missing_ok=True)


def identify_copy(path: Path) -> tuple[int, int] | None:
    """Which file stands there now; None where none does."""
    try:
        return identify_file(os.stat(path))
    except OSError:
        return None


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}{suffix}")
