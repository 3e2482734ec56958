"""Why a home cannot be used, for a person; where the sentence sends to a backup, what a kiosk with a hub does instead.

Such a kiosk is never restored: the hub has what it sent, and it joins anew.
"""

from pathlib import Path

from domain.log.errors import LogNotWhole, LogReplaced, RowsNotKept
from kiosk.errors import HomeFileLost, UserError
from kiosk.home_files import JOINED_FILE
from kiosk.words.joined import JoinedText
from kiosk.words.log_errors import explain_trouble
from kiosk.words.reports import StatusText

SENDS_TO_BACKUP = (HomeFileLost, LogNotWhole, LogReplaced, RowsNotKept)
"""Errors whose sentence says that a backup is restored."""


def explain_home_trouble(home: Path, error: Exception) -> str:
    """The sentence of an error that was met in a home; at a kiosk with a hub with what is done there."""
    return StatusText.SEPARATOR.fill().join(filter(None, (explain_trouble(error), find_advice(home, error))))


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
