"""The quarantine: events that could not be read or taken in, and everything else that went on without them.

Rule: a bad event stops no reader, and is never skipped in silence. When a program comes that can read it, the views
are rebuilt, and it is gone from here.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from domain.log.event_log import EventLog
from domain.log.folds import FOLD_ERRORS, describe_unfit
from domain.log.lenient import UndecodableEvent
from projections.projectors.dispatch import project
from projections.projectors.fact_writer import FactWriter
from projections.projectors.feed import PositionedEvent

PROJECTION_ERRORS = (*FOLD_ERRORS, sqlite3.IntegrityError, sqlite3.InterfaceError)
"""What a handler raises over an event that was decoded and yet cannot be applied."""


def project_lenient(events: Sequence[PositionedEvent], writer: FactWriter) -> list[int]:
    """Project a batch; where one of its events cannot be applied, one by one. The positions of those left out.

    Needs a connection that can go back.
    """
    if _try_project(events, writer):
        return []
    return [position for position, event in events if not _try_project([(position, event)], writer)]


def _try_project(events: Sequence[PositionedEvent], writer: FactWriter) -> bool:
    """All of them, or none and back to where the tables were."""
    fits, days = True, {*writer.days}
    writer.db.execute("SAVEPOINT filing")
    try:
        project(events, writer)
    except PROJECTION_ERRORS:
        fits = False
        writer.db.execute("ROLLBACK TO filing")
        writer.discard_pending()
        writer.days = days  # of events before these, which are filed
    writer.db.execute("RELEASE filing")
    return fits


def write_quarantine(
    log: EventLog, db: sqlite3.Connection, unread: Sequence[UndecodableEvent], left_out: Iterable[int]
) -> None:
    """Record events that could not be decoded, and by their positions those that could not be applied."""
    rows = (row for position in left_out for row in log.read_rows(position - 1, 1))
    found = [*unread, *map(describe_unfit, rows)]
    db.executemany("INSERT INTO quarantine VALUES (?,?,?,?,?)", found)


def list_quarantine(db: sqlite3.Connection, after: int = 0) -> list[UndecodableEvent]:
    """What was left out behind a position, in the order of the log."""
    return [
        UndecodableEvent(*row) for row in db.execute("SELECT * FROM quarantine WHERE position > ? ORDER BY 1", (after,))
    ]
