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
from domain.log.writer_lock import identify_file

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
        for path in self._paths:
            self._demand_one(path)

    def _demand_one(self, path: str) -> None:
        is_database = path is self._paths[0]
        try:
            status = os.stat(path)
        except OSError:
            if path not in self._known and not is_database:
                return  # it is made when something is first read or written
            raise LogReplaced(self._database) from None
        known = self._known.get(path, status)
        if identify_file(status) != identify_file(known) or status.st_size < known.st_size:
            raise LogReplaced(self._database)
        self._known[path] = status
        if is_database and status.st_mtime_ns != known.st_mtime_ns:
            self._demand_acknowledged_events()

    def _demand_acknowledged_events(self) -> None:
        """The database was written to: by a checkpoint, or by a program that copied another file over it."""
        kept = self._head_file.read()
        if kept and find_objection_to_file(self._database, kept):
            raise LogReplaced(self._database)
