"""The event log of a home to another place: a database, another database, or a file.

Rule: what is moved is a backup that was just made, which has been walked from the first event to the last; the new log
holds the same bytes and ends with the same chain, or the home stays as it was. The old log is never deleted.
"""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from domain.log.chain import Head
from domain.log.copying import verify_copy
from kiosk.backups.backup import BACKUPS_TO_KEEP, back_up, find_free_instant
from kiosk.backups.folder import Description, copy_file
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_files import LOG_FILE
from kiosk.home_folder import demand_writable_home
from kiosk.home_log import load_postgresql, open_log, plan_store
from kiosk.home_switch import Switch, carry_out, hold_alone
from kiosk.input_files import SETTINGS_FILE
from kiosk.store_settings import Store, build_settings, find_store
from kiosk.words.log_errors import explain_verdict
from kiosk.words.moves import MoveText

NEW_FILE = ".log.db"
"""A log that is written, before it is put in place."""
RESERVE_FILE = "log.reserve"


class Move(NamedTuple):
    """What was done."""

    backup: Path
    head: Head
    kept: Path | Store
    """Where the old log is."""
    store: Store | None
    """The database in which the log is now; None for a file."""
    added: int
    """Events that were added there; fewer than all where the unit was there already."""


def move_log(path: Path, address: str | None, where: Path, choose_instant: Callable[[Home, Path], datetime]) -> Move:
    """Move the log of a home into a database, or with None into a file; the backup goes to a folder of backups.

    Raises: UserError, LogError; then the home has the log that it had.
    """
    demand_writable_home(path)
    old = find_store(path)
    _demand_other_place(path, old, address)
    new = plan_store(address) if address else None
    with hold_alone(path):
        pass  # a backup is made for nothing where the home is in use
    backup, description = _back_up_whole(path, where, choose_instant)
    if new:
        new = Store(new.address, description.born)
    with hold_alone(path):
        _demand_unchanged(path, description)
        try:
            added = _load(backup / LOG_FILE, path, new, description.head)
            kept = _switch(path, old, new, f"log-before-{description.made_at:%Y%m%dT%H%M%SZ}")
        except OSError as error:
            raise UserError(MoveText.CANNOT_FINISH.fill(path=path, strerror=error.strerror), EXIT_NO) from None
    return Move(backup, description.head, kept, new, added)


def _demand_other_place(path: Path, store: Store | None, address: str | None) -> None:
    if store is None and address is None:
        raise UserError(MoveText.IN_A_FILE.fill(path=path), EXIT_NO)
    if store and store.address == address:
        raise UserError(MoveText.IN_THIS_DATABASE.fill(path=path), EXIT_NO)


def _back_up_whole(
    path: Path, where: Path, choose_instant: Callable[[Home, Path], datetime]
) -> tuple[Path, Description]:
    """A backup of a home whose log has no fault. Raises: UserError, LogError."""
    with Home.open(path) as home:
        verdict = home.log.verify()
        if not verdict.whole:
            raise UserError(MoveText.NOT_WHOLE.fill(verdict=explain_verdict(verdict)), EXIT_NO)
        return back_up(home, where, BACKUPS_TO_KEEP, find_free_instant(where, choose_instant(home, where)))


def _demand_unchanged(path: Path, backup: Description) -> None:
    with closing(open_log(path)) as log:
        if (log.head(), log.log_id) != (backup.head, backup.log_id):
            raise UserError(MoveText.WRITTEN_MEANWHILE.fill(path=path), EXIT_NO)


def _load(copy: Path, path: Path, new: Store | None, head: Head) -> int:
    """Put the events where they go; the home does not have them there yet. How many were added."""
    if new:
        return load_postgresql("load_copy").load_copy(copy, new.address)
    draft = path / NEW_FILE
    draft.unlink(missing_ok=True)
    copy_file(copy, draft)
    if verify_copy(draft).verdict.head != head:
        raise UserError(MoveText.COPY_DIFFERS.fill(), EXIT_NO)
    return head.position


def _switch(path: Path, old: Store | None, new: Store | None, stem: str) -> Path | Store:
    """Switch to the log that is loaded; where the old one is kept. Raises: OSError, UserError."""
    settings = build_settings(path / SETTINGS_FILE, new)
    if old:
        renames = () if new else ((NEW_FILE, LOG_FILE),)
    else:
        (path / RESERVE_FILE).unlink(missing_ok=True)
        names = sorted(entry.name for entry in os.scandir(path) if entry.name.startswith("log."))
        renames = tuple((name, stem + name.removeprefix("log")) for name in names)
    carry_out(path, Switch(renames, settings))
    return old or path / f"{stem}.db"
