"""The event log of a home: made, opened, or opened to be read only."""

from pathlib import Path

from domain.log.event_log import EventLog
from domain.log.read_connection import ReadConnect
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log, open_sqlite_log, open_sqlite_log_to_read
from domain.log.writer_lock import LOCK_TIMEOUT
from kiosk.home_files import LOG_FILE
from kiosk.home_folder import find_log_file_to_read, open_as_allowed


def make_log(path: Path) -> EventLog:
    """A new, empty log for a home. Raises: LogError."""
    return create_sqlite_log(path / LOG_FILE, REGISTERED_NAMES)


def open_log(path: Path, *, timeout: float = LOCK_TIMEOUT, on_trial: bool = False) -> EventLog:
    """The log of a home; one that is `on_trial`, in a copy that is deleted, does not wait for the disk.

    Raises: LogError.
    """
    return open_sqlite_log(path / LOG_FILE, REGISTERED_NAMES, timeout=timeout, on_trial=on_trial)


def open_log_read_only(path: Path, connect: ReadConnect) -> EventLog:
    """The log of a home that is not written to. Raises: LogError."""
    return open_sqlite_log_to_read(path / LOG_FILE, REGISTERED_NAMES, connect)


def open_log_to_read(path: Path) -> EventLog:
    """The log of a home or of a backup, for what only reads it; nothing is changed where nothing can be.

    Raises: UserError, LogError.
    """
    find_log_file_to_read(path)
    return open_as_allowed(path, lambda: open_log(path), lambda connect: open_log_read_only(path, connect))
