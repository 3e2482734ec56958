"""How far the views are behind the log, without advancing them; read-only, so that closing never copies their WAL."""

import sqlite3
from contextlib import closing
from pathlib import Path

from domain.log.event_log import EventLog
from projections.projectors.tables import VERSION


def measure_lag(log: EventLog, path: Path) -> int | None:
    """Events that views have not followed yet; None where they are missing, damaged, or would be built anew."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            version, log_id, position = db.execute("SELECT version, log_id, position FROM state").fetchone()
    except (sqlite3.Error, TypeError):
        return None
    ahead = log.head().position - position
    return None if version != VERSION or log_id != log.log_id.hex or ahead < 0 else ahead
