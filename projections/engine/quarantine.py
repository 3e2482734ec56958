"""The quarantine: events that could not be read or taken in, and everything else that went on without them.

Rule: a bad event stops nobody, and is never passed in silence. When a program comes that can read it, the views are
built anew, and it is gone from here.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from domain.log.event_log import EventLog
from domain.log.lenient import IMPOSSIBLE, Illegible, unfit
from projections.projectors.dispatch import file
from projections.projectors.fact_writer import Cabinet
from projections.projectors.feed import Told

UNFIT = (*IMPOSSIBLE, sqlite3.IntegrityError, sqlite3.InterfaceError)
"""What the filing of an event raises that cannot be."""


def file_what_can_be(told: Sequence[Told], cabinet: Cabinet) -> list[int]:
    """File a batch; where one of its events cannot be filed, one by one. The positions of those that were left out.

    Needs a connection that can go back.
    """
    if _filed(told, cabinet):
        return []
    return [position for position, what in told if not _filed([(position, what)], cabinet)]


def _filed(told: Sequence[Told], cabinet: Cabinet) -> bool:
    """All of them, or none and back to where the tables were."""
    fits = True
    cabinet.db.execute("SAVEPOINT filing")
    try:
        file(told, cabinet)
    except UNFIT:
        fits = False
        cabinet.db.execute("ROLLBACK TO filing")
        cabinet.forget()
    cabinet.db.execute("RELEASE filing")
    return fits


def put_in(log: EventLog, db: sqlite3.Connection, unread: Sequence[Illegible], left_out: Iterable[int]) -> None:
    """Note events that could not be read, and by their positions those that could not be filed."""
    rows = (row for position in left_out for row in log.stored(position - 1, 1))
    found = [*unread, *map(unfit, rows)]
    db.executemany("INSERT INTO quarantine VALUES (?,?,?,?,?)", found)


def in_quarantine(db: sqlite3.Connection, after: int = 0) -> list[Illegible]:
    """What was left out behind a position, in the order of the log."""
    return [Illegible(*row) for row in db.execute("SELECT * FROM quarantine WHERE position > ? ORDER BY 1", (after,))]
