"""The files of an open log, compared with what their paths name now: deleted, exchanged, moved away or cut short.

Rule: a commit into a file that no path leads to any more is lost, so it must not be acknowledged. The check
runs inside the writer's lock, before each commit and after it. It opens no file: closing one would drop the locks that
SQLite holds on it (fcntl(2)).
"""

import os
from pathlib import Path

from domain.log.errors import LogReplaced
from domain.log.head_check import find_objection_to_file
from domain.log.head_file import HeadFile

SUFFIXES = ("", "-wal", "-shm")
"""The database, its write-ahead log, and the index of that, which every connection shares."""


class OpenFiles:
    """What the files were when they were last found in place."""

    def __init__(self, database: Path, head_file: HeadFile) -> None:
        self._database = database
        self._head_file = head_file
        self._paths = [f"{database}{suffix}" for suffix in SUFFIXES]
        self._known: dict[str, os.stat_result] = {}

    def demand_in_place(self) -> None:
        """Check every file; the first time, take note of those there are. Raises: LogReplaced."""
        database = self._paths[0]
        for path in self._paths:
            try:
                status = os.stat(path)
            except OSError:
                if path not in self._known and path is not database:
                    continue  # it is made when something is first read or written
                raise LogReplaced(self._database) from None
            known = self._known.get(path, status)
            is_same = status.st_ino == known.st_ino and status.st_dev == known.st_dev
            if not is_same or status.st_size < known.st_size:
                raise LogReplaced(self._database)
            self._known[path] = status
            if path is database and status.st_mtime_ns != known.st_mtime_ns:
                self._demand_acknowledged_events()

    def _demand_acknowledged_events(self) -> None:
        """The database was written to: by a checkpoint, or by a program that copied another file over it."""
        kept = self._head_file.read_or_recall()
        if kept and find_objection_to_file(self._database, kept):
            raise LogReplaced(self._database)
