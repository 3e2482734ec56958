"""A backup of a home while it works: copied, verified, and only then put in place and reported.

Rule: no tap waits for it. The log is copied over a connection of its own that only reads; the people store after it,
so that the copied store knows every volunteer in the copied log; the ledger of erasures last, so that it names every
volunteer whom the copied store has forgotten.
"""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from errno import ENOENT
from os import strerror
from pathlib import Path

from domain.log.chain import Head
from domain.log.copying import CopySummary, verify_copy
from domain.log.scratch import hold_scratch_folder, sweep_scratch_folders
from kiosk.backups.folder import (
    FILES,
    Description,
    compute_digest,
    copy_file,
    format_name,
    list_backups,
    read_description,
    write_description,
)
from kiosk.backups.heads.comparison import demand_extended
from kiosk.backups.mounted_disk import find_disk
from kiosk.backups.record import CompletedBackup, record_backup
from kiosk.backups.trust import demand_trusted_folder, seal_description
from kiosk.erasure.ledger import append_to_ledger, read_ledger, seal_ledger
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_copy import copy_stores
from kiosk.home_files import (
    BACKUP_DESCRIPTION,
    HEAD_KEYS,
    HUB_FILES,
    KEY_FILE,
    LEDGER,
    LOG_FILE,
    PRIVATE_FOLDER,
    demand_outside_backups,
    flush_folder,
    hold_lock_file,
    list_written_files,
    read_site_key,
)
from kiosk.input_files import SETTINGS_FILE
from kiosk.store_settings import copy_settings
from kiosk.words.errors import BackupText, HeadText
from kiosk.words.log_errors import explain_verdict

LOCK = ".backup.lock"
BACKUPS_TO_KEEP = 14
MARGIN = 16 * 2**20
"""Bytes that stay free beside a backup."""


def back_up(home: Home, where: Path, keep: int, now: datetime) -> tuple[Path, Description]:
    """Make a backup in a folder of backups, and delete the oldest ones of this home.

    `now` is that of `Home.now_recorded`: no backup is named for an instant that a clock ahead shows.
    Not of a log that lacks what an earlier backup or a report has: the oldest may be the last that holds it.
    Raises: UserError, LogError.
    """
    demand_extended(home.log, home.path, HeadText.NO_BACKUP, where)
    _prepare(home, where)
    seal_ledger(home.path, home.compute_hmac)
    with hold_lock_file(where / LOCK, BackupText.BACKUP_RUNNING.fill(where=where)):
        try:
            folder, made = _write_backup(home, where, now)
        except OSError as error:
            raise UserError(BackupText.BACKUP_CUT_SHORT.fill(where=where, strerror=error.strerror), EXIT_NO) from None
        try:
            append_to_ledger(where, read_ledger(home.path).values())
            _delete_oldest(where, keep, folder, made)
            _demand_present(folder)
            files = tuple(sorted(made.digests))
            disk = find_disk(folder)
            record_backup(home.path, CompletedBackup(now, folder.absolute(), made.position, made.chain, files, disk))
        except OSError as error:
            raise UserError(BackupText.TIDYING_FAILED.fill(folder=folder, strerror=error.strerror), EXIT_NO) from None
    return folder, made


def find_free_instant(where: Path, at: datetime) -> datetime:
    """The first second from `at` on that no backup is named for: where the time is only an estimate, it may repeat."""
    while (where / format_name(at)).exists():
        at += timedelta(seconds=1)
    return at


def _write_backup(home: Home, where: Path, now: datetime) -> tuple[Path, Description]:
    target = where / format_name(now)
    if target.exists():
        raise UserError(BackupText.BACKUP_EXISTS.fill(target=target), EXIT_NO)
    sweep_scratch_folders(where, alone=True)
    with hold_scratch_folder(where, "backup") as unfinished:
        description = seal_description(_copy_home(home, unfinished, now), read_site_key(unfinished / KEY_FILE))
        write_description(unfinished, description)
        flush_folder(unfinished)
        unfinished.rename(target)
    flush_folder(where)
    return target, description


def _prepare(home: Home, where: Path) -> None:
    """Make the folder and check that it has room. Raises: UserError."""
    try:
        demand_outside_backups(where)
        where.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        demand_trusted_folder(where)
        free = shutil.disk_usage(where).free
    except OSError as error:
        raise UserError(BackupText.FOLDER_NOT_WRITABLE.fill(where=where, strerror=error.strerror)) from None
    needed = MARGIN + sum((home.path / name).stat().st_size for name in FILES if (home.path / name).exists())
    if free < needed:
        raise UserError(BackupText.NO_ROOM.fill(where=where, free=free >> 20, needed=needed >> 20), EXIT_NO)


# --- Copying and verifying ---


def _copy_home(home: Home, into: Path, now: datetime) -> Description:
    before = home.log.head()
    copy_stores(home, into)
    copy_file(home.path / KEY_FILE, into / KEY_FILE)
    copy_settings(home.path / SETTINGS_FILE, into / SETTINGS_FILE)
    names = (*FILES, *_copy_optional_files(home, into))
    with ThreadPoolExecutor(1) as beside:
        digests = beside.submit(lambda: {name: compute_digest(into / name) for name in names})
        copied = verify_copy(into / LOG_FILE)
        _demand_whole_copy(home, before, copied)
        head = copied.verdict.head
        return Description(
            now,
            copied.original_name,
            copied.names[-1],
            head.position,
            head.chain.hex(),
            home.simulation,
            digests.result(),
        )


def _copy_optional_files(home: Home, into: Path) -> list[str]:
    beside = (name for name in (LEDGER, HEAD_KEYS, *HUB_FILES) if (home.path / name).exists())
    names = [*beside, *list_written_files(home.path)]
    for name in names:
        copy_file(home.path / name, into / name)
    return names


def _demand_whole_copy(home: Home, before: Head, copied: CopySummary) -> None:
    """Check that the chain of the copy fits, that no event is missing, and that it ends as the log does there."""
    verdict, head = copied.verdict, copied.verdict.head
    if not verdict.whole:
        raise UserError(BackupText.COPY_NOT_WHOLE.fill(verdict=explain_verdict(verdict)), EXIT_NO)
    if head.position < before.position or home.log.find_objection(head):
        raise UserError(BackupText.COPY_ENDS_ELSEWHERE.fill(), EXIT_NO)


# --- The oldest backups ---


def _delete_oldest(where: Path, keep: int, folder: Path, made: Description) -> None:
    """Keep the backup just made and the newest others of this home; other files and backups of other homes stay.

    The position in the log is the order: a clock that was wrong has named folders for any instant. A restored log goes
    on at a lower position, so backups under its earlier names are older than all under its own.
    """
    others = [(other, found) for other in list_backups(where) if other != folder and (found := _read_same(other, made))]
    others.sort(key=lambda one: (one[1].log_id == made.log_id, one[1].position, one[1].made_at))
    for other, _ in others[: max(0, len(others) - (keep - 1))]:
        with hold_scratch_folder(where, "backup") as removed:
            other.rename(removed / other.name)


def _read_same(folder: Path, made: Description) -> Description | None:
    """The description of a backup of the same home; None for any other."""
    try:
        found = read_description(folder)
    except UserError:
        return None
    return found if found.born == made.born else None


def _demand_present(folder: Path) -> None:
    """Check that what is about to be reported exists."""
    if not (folder / BACKUP_DESCRIPTION).is_file():
        raise FileNotFoundError(ENOENT, strerror(ENOENT), str(folder))
