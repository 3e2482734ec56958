"""What tells that the file of the views is not as it was left, and not that the disk or another program hinders."""

import sqlite3
from pathlib import Path

import msgspec

from domain.log.sqlite_errors import is_file_damage
from projections.engine.standing_views import NotStanding

_NONSENSE = (ValueError, TypeError, LookupError, AttributeError, OverflowError, msgspec.MsgspecError)
"""What values raise that were never written there."""


class ViewsDamaged(NotStanding):
    """The file of the views cannot be read as it is; the log is not touched by that.

    Its cause is what was raised there: where a file that was just built raises it as well, a fault of the program.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason
        """`reason`: SQLite's own text, or what is wrong with a value."""


def find_damage(error: Exception) -> str | None:
    """What an error says of the file's content; None where something else is in the way."""
    is_damage = is_file_damage(error) if isinstance(error, sqlite3.Error) else is_nonsense(error)
    return str(error) if is_damage else None


def is_nonsense(error: BaseException) -> bool:
    """Whether an error is of a kind that values raise which were never written."""
    return isinstance(error, _NONSENSE)
