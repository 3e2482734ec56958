"""A home from a backup: put together in a scratch folder, verified there, and only then put in place.

Rule: nothing is overwritten. A folder that holds a home is refused: the administrator moves it aside first, and loses
nothing of it.
"""

import shutil
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from domain.act import Act
from domain.clock import MachineClock
from domain.ids import SYSTEM
from domain.log.chain import Head
from domain.log.copying import read_names_and_head
from domain.log.errors import LogError
from domain.log.event_log import EventLog
from domain.log.head_file import HeadFile
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.scratch import hold_scratch_folder, list_scratch_folders, sweep_scratch_folders
from domain.log.sqlite import open_sqlite_log
from domain.model.log_history import BackupEnd, LogHistory
from kiosk.backups.folder import FILES, FOLDERS, Description, copy_unaltered, demand_unaltered, read_description
from kiosk.backups.trust import demand_sealed, demand_trusted_backup, read_kept_site_key
from kiosk.erasure.erasure import erase_again, select_authentic
from kiosk.erasure.ledger import Erasure, merge_ledgers
from kiosk.errors import EXIT_NO, SettingsError, UserError
from kiosk.home import Home
from kiosk.home_files import (
    ENTRANCE_LOCK,
    KEY_FILE,
    LOG_FILE,
    flush_folder,
    is_held,
    is_optional_file,
    make_folder,
    read_site_key,
)
from kiosk.home_log import open_log
from kiosk.input_files import SETTINGS_FILE
from kiosk.store_settings import find_store
from kiosk.words.errors import BackupText
from kiosk.words.log_errors import explain_verdict
from projections.engine.rebuild import replay


class RestoreReport(NamedTuple):
    """What was verified in a home that was put together from a backup."""

    description: Description
    log_id: UUID
    """The new name of the log: a program that followed the old one notices."""
    last_recorded: datetime
    """When its last event was recorded."""
    rows: int
    """Rows of the read models, which came out identical when built twice."""
    people: int
    """Volunteers registered in the people store."""
    erased_again: int
    """Volunteers whom the backup still knew, or whose erasure its log lacked."""


def restore(backup: Path, into: Path, lost: Path | None = None, *, accept_unsealed: bool = False) -> RestoreReport:
    """Put a home together in a new or empty folder; volunteers whom the lost home erased stay erased.

    `accept_unsealed`: a backup and a ledger of version 0.1, which carry no seal, are believed as well.
    Raises: UserError, LogError; then the folder is as it was.
    """
    description = read_verified_description(backup)
    _demand_entrance_shut(description, into, lost)
    if (into / LOG_FILE).exists():
        raise UserError(BackupText.TARGET_IS_A_HOME.fill(into=into), EXIT_NO)
    if (into / SETTINGS_FILE).exists():
        raise UserError(BackupText.TARGET_HAS_SETTINGS.fill(into=into, settings_file=SETTINGS_FILE), EXIT_NO)
    _sweep_killed_restore(into)
    make_folder(into)
    with assemble_home(backup, description, into, lost, accept_unsealed=accept_unsealed) as (scratch, report):
        _put_in_place(scratch, into)
    return report


def _sweep_killed_restore(into: Path) -> None:
    """Delete what a killed restore left, where there is nothing else: a folder that is not empty is not touched."""
    left = list_scratch_folders(into)
    if left and len(left) == len(list(into.iterdir())):
        sweep_scratch_folders(into)


@contextmanager
def assemble_home(
    backup: Path, description: Description, beside: Path, lost: Path | None, *, accept_unsealed: bool = False
) -> Generator[tuple[Path, RestoreReport]]:
    """Put a home together in a scratch folder, which is deleted afterwards; the home is verified and closed.

    Everyone in the ledgers is erased again: of the backup, of its folder, and of the lost home, which may name more.
    Raises: UserError, LogError.
    """
    try:
        with hold_scratch_folder(beside, "home") as scratch:
            for name in (*FILES, *filter(is_optional_file, description.digests)):
                copy_unaltered(backup, description, name, scratch)
            _demand_authentic(backup, description, scratch, lost, accept_unsealed=accept_unsealed)
            ledger = merge_ledgers(scratch, backup.absolute().parent, *([lost] if lost else []))
            report = _verify_restored(scratch, description)
            yield scratch, _repeat_erasures(report, scratch, ledger, accept_unsealed=accept_unsealed)
    except OSError as error:
        raise UserError(BackupText.RESTORE_CUT_SHORT.fill(strerror=error.strerror, beside=beside), EXIT_NO) from None


def count_missing_events(description: Description, lost: Path) -> int | None:
    """How many events the lost home had after the backup; None where neither its log nor its head file can be read.

    Whichever of the two reaches further counts. Raises: UserError.
    """
    if not lost.is_dir():
        raise UserError(BackupText.LOST_HOME_MISSING.fill(lost=lost))
    reached: list[int] = []
    with suppress(LogError):
        kept = HeadFile(lost / LOG_FILE).read()
        if kept and kept.log_id == description.log_id:
            reached.append(kept.head.position)
    with suppress(LogError, SettingsError):
        names, head = _read_log(lost, is_in_use=False)
        if names[0] != description.born:
            raise UserError(BackupText.LOST_HOME_IS_ANOTHER.fill(lost=lost), EXIT_NO)
        reached.append(head.position)
    return max(0, max(reached) - description.position) if reached else None


def _demand_entrance_shut(description: Description, into: Path, lost: Path | None) -> None:
    """An entrance that is open on the lost home, wherever that was moved to, would take taps for nothing.

    Raises: UserError.
    """
    beside = into.absolute().parent
    moved = beside.iterdir() if beside.is_dir() else ()
    for folder in (into, *([lost] if lost else []), *moved):
        if is_held(folder / ENTRANCE_LOCK) and (folder in {into, lost} or _is_same_log(folder, description)):
            raise UserError(BackupText.ENTRANCE_OPEN.fill(folder=folder), EXIT_NO)


def _is_same_log(home: Path, description: Description) -> bool:
    try:
        return _read_log(home, is_in_use=True)[0][0] == description.born
    except (LogError, UserError):
        return False


def _read_log(home: Path, *, is_in_use: bool) -> tuple[Sequence[UUID], Head]:
    """The names and the end of the log of a home, wherever that stands. Raises: LogError, UserError."""
    if not find_store(home):
        return read_names_and_head(home / LOG_FILE, unchanged=not is_in_use)
    with closing(open_log(home)) as log:
        return log.list_names(), log.head()


# --- Verifying ---


def read_verified_description(backup: Path) -> Description:
    """The description of a backup that others cannot change, and whose files are as described. Raises: UserError."""
    description = read_description(backup)
    try:
        demand_trusted_backup(backup)
    except OSError as error:
        raise UserError(BackupText.DESCRIPTION_UNREADABLE.fill(folder=backup, strerror=error.strerror)) from None
    demand_unaltered(backup, description)
    return description


def demand_genuine(backup: Path) -> None:
    """Check a backup where it stands: its files are as described, and its home sealed that. Raises: UserError.

    One of version 0.1 has no seal, and passes without.
    """
    description = read_verified_description(backup)
    demand_sealed(description, read_site_key(backup / KEY_FILE), backup, accept_unsealed=True)


def _demand_authentic(
    backup: Path, description: Description, scratch: Path, lost: Path | None, *, accept_unsealed: bool
) -> None:
    """Check the seal with the site key that was copied, which is that of the lost home where it still has one."""
    copied, kept = read_site_key(scratch / KEY_FILE), read_kept_site_key(lost)
    if kept and kept != copied:
        raise UserError(BackupText.OTHER_SITE_KEY.fill(backup=backup, lost=lost), EXIT_NO)
    demand_sealed(description, copied, backup, accept_unsealed=accept_unsealed)


def _verify_restored(home_folder: Path, description: Description) -> RestoreReport:
    """Check that the chain ends where the backup says, and that the read models come out of it; renames the log.

    The restore is an event of the log from then on.
    """
    with closing(open_sqlite_log(home_folder / LOG_FILE, REGISTERED_NAMES, restored=True)) as log:
        verdict = log.verify()
        if not verdict.whole or verdict.head != description.head:
            trouble = explain_verdict(verdict) or BackupText.LOG_ENDS_ELSEWHERE.fill()
            raise UserError(BackupText.RESTORED_LOG_NOT_WHOLE.fill(trouble=trouble), EXIT_NO)
        last_recorded = log.find_last_recorded()
        _record_restore(log, description, last_recorded)
    with Home.open(home_folder) as home:
        home.views.catch_up(None if home.simulation else home.now_second())
        found = replay(home.log, home.views)
        if found.differences:
            raise UserError(BackupText.REBUILD_DIFFERS.fill(), EXIT_NO)
        return RestoreReport(description, home.log.log_id, last_recorded, found.rows, home.people.count_registered(), 0)


def _record_restore(log: EventLog, description: Description, last_recorded: datetime) -> None:
    """Put the new name into the chain: heads from behind the backup are known from then on to be of an earlier log."""
    now = last_recorded if description.simulation else MachineClock().now()
    history = log.catch_up(LogHistory.unread())
    backup = BackupEnd(description.position, description.chain, description.made_at)
    history.record_restore(log.log_id, backup, Act(now, SYSTEM, now))
    log.append(history)


def _repeat_erasures(
    report: RestoreReport, home_folder: Path, ledger: Sequence[Erasure], *, accept_unsealed: bool
) -> RestoreReport:
    with Home.open(home_folder) as home:
        again = erase_again(home, select_authentic(home, ledger, accept_unsealed=accept_unsealed))
        return report._replace(people=home.people.count_registered(), erased_again=again)


# --- Putting in place ---


def _put_in_place(scratch: Path, into: Path) -> None:
    """Move the files, the log last: a folder without a log is no home."""
    found = (path.name for path in scratch.iterdir() if path.is_file() or path.name in FOLDERS)
    names = sorted(found, key=lambda name: name == LOG_FILE)
    try:
        for name in names:
            (scratch / name).rename(into / name)
        flush_folder(into)
    except OSError:
        for folder in FOLDERS:
            shutil.rmtree(into / folder, ignore_errors=True)
        for name in names:
            (into / name).unlink(missing_ok=True)
        raise
