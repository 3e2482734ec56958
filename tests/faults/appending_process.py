"""A program that appends events and acknowledges each in a file beside the log, on a disk that writes it all down.

Arguments: the log, how many events, and what `synchronous` is to be (FULL is 2, NORMAL 1). It checkpoints every few
pages and opens the log anew now and then, so that the trace holds all that happens to a log in years.
"""

import os
import sys
from contextlib import closing
from pathlib import Path

from domain.log.connection import SETTINGS
from domain.log.sqlite import open_sqlite_log
from tests.support.toy_aggregates import NAMES, Tally, id_for

ACKNOWLEDGED_FILE = "acknowledged"
CHECKPOINT_PAGES = 40
"""After which the WAL is copied into the database."""
APPENDS_PER_OPEN = 50
"""Appends before the log is closed and opened again."""


def append_events(path: Path, appends: int) -> None:
    """One event a transaction, acknowledged after it."""
    said = os.open(path.with_name(ACKNOWLEDGED_FILE), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    tally = Tally.begin(id_for("traced"))
    for first in range(0, appends, APPENDS_PER_OPEN):
        with closing(open_sqlite_log(path, NAMES)) as log:
            for number in range(first, min(first + APPENDS_PER_OPEN, appends)):
                tally.count(by=number)
                (position,) = log.append(tally)
                os.write(said, b"%d %d\n" % (position, number))


if __name__ == "__main__":
    SETTINGS["synchronous"] = int(sys.argv[3])
    SETTINGS["wal_autocheckpoint"] = CHECKPOINT_PAGES
    append_events(Path(sys.argv[1]), int(sys.argv[2]))
