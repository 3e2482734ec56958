"""Whether the file around the events is sound: pages, and the index by which each event is found.

The chain walk does not use the index, and an event that the index has lost is not loaded. The check runs over a
connection of its own, read-only, so that closing it never checkpoints beside a writer; SQLite lets other threads of
Python run meanwhile.
"""

import sqlite3
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from domain.log.chain_walk import LogFault


def find_damage(path: Path) -> LogFault | None:
    """What SQLite finds wrong with a log's file, its last line; None when nothing is."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as unreadable:
        found = str(unreadable)
    return None if found == "ok" else LogFault("file_damaged", {"detail": found.splitlines()[-1]})


@contextmanager
def check_in_background(path: Path) -> Generator[Future[LogFault | None]]:
    """The same in a thread, while the caller does something else."""
    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(find_damage, path)
