"""Does the log still hold what somebody was told that it holds? Its head file against what the database says.

Rule: the look is taken before anything could write. It is read-only, so that closing it never copies a WAL into the
database and deletes it: behind the bit that flipped, what was lost may still stand in there.
"""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from domain.log.chain import GENESIS, Head
from domain.log.head_file import HeadFile, KeptHead
from domain.log.schema import APPLICATION_ID, CHAIN_AT, FORMAT, HEAD, NAMES

LOG = logging.getLogger(__name__)

ChainAt = Callable[[int], bytes]
"""The chain hash at a position that the log holds."""


def find_objection(kept: KeptHead, names: Sequence[str], head: Head, chain_at: ChainAt) -> str:
    """Why a log with these names, the first first, and this head is not the one that was left; empty when it is."""
    name = str(kept.log_id)
    if name not in names:
        return "it is another log, or a copy from before it was restored"
    if name != names[-1]:
        return ""  # It was restored since, and is known to have gone back.
    if head.position < kept.head.position:
        return f"it ends at position {head.position} and had reached {kept.head.position}"
    if kept.head.position and chain_at(kept.head.position) != kept.head.chain:
        return f"its event {kept.head.position} is not the one that was acknowledged"
    return ""


def find_objection_to_file(log_file: Path, kept: KeptHead) -> str:
    """The same of a file that nobody has opened yet; empty also for a file that is no log, which opening it will say.

    Whoever asks holds the writer's lock. Raises: sqlite3.Error.
    """
    with closing(sqlite3.connect(f"{log_file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        if (_read_one(connection, "PRAGMA application_id"), _read_one(connection, "PRAGMA user_version")) != (
            APPLICATION_ID,
            FORMAT,
        ):
            return ""
        names = [name for (name,) in connection.execute(NAMES)]
        head = next((Head(*row) for row in connection.execute(HEAD)), Head(0, GENESIS))
        return find_objection(kept, names, head, lambda position: _read_one(connection, CHAIN_AT, position))


def warn_missing_once(file: HeadFile) -> None:
    """Say once that nothing can tell whether the log went back: from now on something can."""
    what = "cannot be read" if file.path.exists() else "is not there"
    LOG.warning("%s %s: it is made anew. Verify the log, and compare its head with one kept elsewhere", file.path, what)


def _read_one(connection: sqlite3.Connection, query: str, *values: object) -> Any:
    return next((row[0] for row in connection.execute(query, values)), None)
