"""A log in a file of SQLite: made, opened, or opened to be read only."""

from pathlib import Path

from domain.log.chain import EMPTY_HEAD
from domain.log.errors import LogError
from domain.log.event_log import EventLog
from domain.log.log_file import close_on_error, create_private_file, demand_private_file
from domain.log.read_connection import ReadConnect, connect_unchanged
from domain.log.read_only import ReadOnlyDatastore
from domain.log.schema_check import confirm_damage
from domain.log.sqlite_recorder import SQLiteRecorder
from domain.log.stored_names import StoredNames
from domain.log.writer_lock import LOCK_TIMEOUT


def create_sqlite_log(path: Path, names: StoredNames, *, timeout: float = LOCK_TIMEOUT) -> EventLog:
    """A new, empty log. Raises: LogExists, CannotOpen, CannotWrite."""
    create_private_file(path)
    try:
        with close_on_error(path, timeout, newborn=True) as store:
            recorder = SQLiteRecorder(store)
            recorder.create_table()
            recorder.load_name()
            store.head_file.save(recorder.log_id, EMPTY_HEAD)
            return EventLog(recorder, names)
    except LogError:
        path.unlink()
        raise


def open_sqlite_log(
    path: Path, names: StoredNames, *, timeout: float = LOCK_TIMEOUT, restored: bool = False, on_trial: bool = False
) -> EventLog:
    """A log that exists; `timeout` is how many seconds a writer waits for the others.

    It must hold every event that its head file says was acknowledged. `restored` is for a restore alone, which
    has put an older log there: the log is opened all the same, and gets a new identity. A copy that is `on_trial`, and
    of which nothing is kept, does not wait for the disk.

    Raises: LogMissing, NotALog, NotPrivate, CannotOpen, CannotRead, LogDamaged, LogWentBack, SettingRefused, LogBusy.
    """
    demand_private_file(path)
    with close_on_error(path, timeout, newborn=False) as store, confirm_damage(path, store.connect_to_read):
        store.connect(restored=restored)
        recorder = SQLiteRecorder(store)
        recorder.load_name()
        if restored:
            recorder.renew_name()
        else:
            recorder.update_head_file()
        if on_trial:
            recorder.stop_flushing()
        return EventLog(recorder, names)


def open_sqlite_log_to_read(path: Path, names: StoredNames, connect: ReadConnect = connect_unchanged) -> EventLog:
    """A log that is not written to, a backup or on read-only media: nothing in its folder is changed.

    By another `connect` also one that other programs write to meanwhile.

    Raises: LogMissing, NotALog, NotPrivate, CannotOpen, CannotRead, LogDamaged, LogWentBack.
    """
    demand_private_file(path)
    store = ReadOnlyDatastore(path, connect)
    try:
        with confirm_damage(path, store.connect_to_read):
            store.connect()
            recorder = SQLiteRecorder(store)
            recorder.load_name()
            return EventLog(recorder, names)
    except BaseException:
        store.close()
        raise
