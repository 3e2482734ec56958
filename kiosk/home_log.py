"""The event log of a home: a file in its folder, a unit of a database, or at a kiosk with a hub a file and a copy."""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from uuid import uuid4

from domain.log.event_log import EventLog
from domain.log.read_connection import ReadConnect
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log, open_sqlite_log, open_sqlite_log_to_read
from domain.log.writer_lock import LOCK_TIMEOUT
from domain.model.streams import UNWRITTEN
from domain.model.unit import Unit
from kiosk.errors import UserError
from kiosk.home_files import LOG_FILE
from kiosk.home_folder import demand_home, open_as_allowed
from kiosk.joined_home.joined import Joined, load_joined
from kiosk.store_settings import Store, find_store, find_wrong_address
from kiosk.words.errors import SettingsText


def plan_store(address: str) -> Store:
    """A new unit in a database, which can be reached and used; nothing is changed yet. Raises: UserError, LogError."""
    if complaint := find_wrong_address(address):
        raise UserError(complaint)
    load_postgresql().check_database(address)
    return Store(address, uuid4())


def make_log(path: Path) -> EventLog:
    """A new, empty log for a home. Raises: UserError, LogError."""
    if store := find_store(path):
        return load_postgresql().create_unit(store.address, store.unit, REGISTERED_NAMES, path)
    return create_sqlite_log(path / LOG_FILE, REGISTERED_NAMES)


def open_log(path: Path, *, timeout: float = LOCK_TIMEOUT, on_trial: bool = False) -> EventLog:
    """The log of a home; one that is `on_trial`, in a copy that is deleted, does not wait for the disk.

    Raises: UserError, LogError.
    """
    if store := find_store(path):
        return load_postgresql().open_unit(store.address, store.unit, REGISTERED_NAMES, path, timeout=timeout)
    own = open_sqlite_log(path / LOG_FILE, REGISTERED_NAMES, timeout=timeout, on_trial=on_trial)
    return _join_with_copy(path, own)


def open_log_read_only(path: Path, connect: ReadConnect) -> EventLog:
    """The log of a home that is not written to. Raises: UserError, LogError."""
    if store := find_store(path):
        return load_postgresql().open_unit(store.address, store.unit, REGISTERED_NAMES, path, read_only=True)
    return _join_with_copy(path, open_sqlite_log_to_read(path / LOG_FILE, REGISTERED_NAMES, connect), connect)


def open_log_to_read(path: Path) -> EventLog:
    """The log of a home or of a backup, for what only reads it; nothing is changed where nothing can be.

    Raises: UserError, LogError.
    """
    demand_home(path)
    return open_as_allowed(path, lambda: open_log(path), lambda connect: open_log_read_only(path, connect))


def load_postgresql(module: str = "store") -> ModuleType:
    """A module of the store of PostgreSQL. Raises: UserError where its client is not installed."""
    try:
        return import_module(f"domain.log.postgresql.{module}")  # a home with a file never loads the client
    except ImportError:
        raise UserError(SettingsText.NO_POSTGRESQL_CLIENT.fill()) from None


# --- A kiosk that has joined a hub ---


def _join_with_copy(path: Path, own: EventLog, read_with: ReadConnect | None = None) -> EventLog:
    """The own log as it is, or with the copy; with `read_with` nothing is written. Raises: UserError, LogError."""
    try:
        if (joined := load_joined(path)) is None:
            return own
        from domain.log.joined_log import JoinedLog  # noqa: PLC0415 - a home without a hub loads nothing of one
        from kiosk.joined_home.unit_copy import UnitCopy  # noqa: PLC0415 - same

        copy = UnitCopy.open(path, read_with)
        return JoinedLog(own, copy, REGISTERED_NAMES, joined.kiosk, lambda: _build_unit(joined))
    except BaseException:
        own.close()
        raise


def _build_unit(joined: Joined) -> Unit:
    """The unit as the kiosk knew it when it joined: events of it that are copied later go on from there."""
    unit = Unit.make_home(joined.zone, UNWRITTEN, simulation=joined.simulation)
    unit.collect_events()
    return unit
