"""A copy of the log and the people store of a home as of one time: what the one says of the other is true of the copy.

Rule: no tap waits for the copy of a log of years. The people store is copied behind it, and has every person whom the
log names; where one of them was changed meanwhile, both are copied again.
"""

from pathlib import Path

from domain.log.row_walk import walk_rows
from kiosk.home import Home
from kiosk.home_files import LOG_FILE, PEOPLE_FILE
from kiosk.people_claims import CHANGING_TOPICS


def copy_stores(home: Home, into: Path) -> None:
    """Write both to new files in a folder. Raises: UserError, LogError."""
    while True:
        before = home.log.head().position
        home.log.copy_to(into / LOG_FILE)
        with home.log.writing():  # as every change of a person does
            home.people.copy_to(into / PEOPLE_FILE)
            if not any(row[3] in CHANGING_TOPICS for row in walk_rows(home.log, before)):
                return
        for name in (LOG_FILE, PEOPLE_FILE):
            (into / name).unlink()
