"""Why a home cannot be used, for a person; where the sentence sends to a backup, what a kiosk with a hub does instead.

Such a kiosk is never restored: the hub has what it sent, and it joins anew.
"""

from pathlib import Path

from domain.log.errors import CannotRead, LogDamaged, LogNotWhole, LogReplaced, RowsNotKept
from domain.log.read_connection import connect_beside_writers, connect_unchanged
from domain.log.schema_check import find_damage
from kiosk.errors import HomeFileLost, UserError
from kiosk.home_files import JOINED_FILE
from kiosk.home_folder import is_ours_to_write
from kiosk.words.joined import JoinedText
from kiosk.words.log_errors import explain_trouble
from kiosk.words.reports import StatusText

SENDS_TO_BACKUP = (HomeFileLost, LogNotWhole, LogReplaced, RowsNotKept)
"""Errors whose sentence says that a backup is restored."""


def explain_home_trouble(home: Path, error: Exception) -> str:
    """The sentence of an error that was met in a home; at a kiosk with a hub with what is done there."""
    error = find_disk_failure(home, error) or error
    return StatusText.SEPARATOR.fill().join(filter(None, (explain_trouble(error), find_advice(home, error))))


def find_disk_failure(home: Path, error: BaseException) -> CannotRead | None:
    """That the disk of a log fails to read, where an error calls the log damaged: SQLite calls both malformed.

    All of the log is read once more for that, where nobody waits for an answer but the person who reads the sentence.
    """
    if not isinstance(error, LogDamaged) or not isinstance(error.place, Path):
        return None
    connect = connect_beside_writers if is_ours_to_write(home) else connect_unchanged
    try:
        find_damage(error.place, lambda: connect(Path(error.place)))
    except CannotRead as failure:
        return failure
    return None


def find_advice(home: Path, error: BaseException) -> str | None:
    """That the kiosk has no backup, and joins anew; None in another home, or where the error does not ask for it."""
    if (home / JOINED_FILE).exists() and _sends_to_backup(error):
        return JoinedText.NO_BACKUP.fill(path=home)
    return None


def _sends_to_backup(error: BaseException) -> bool:
    """Whether the sentence of an error, or of what it was raised from, says so."""
    if type(error) is UserError and error.__cause__:
        return _sends_to_backup(error.__cause__)
    return isinstance(error, SENDS_TO_BACKUP)
