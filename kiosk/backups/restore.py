"""A home from a backup: put together in a scratch folder, verified there, and only then put in place.

Rule: nothing is overwritten. A folder that holds a home is refused: the administrator moves it aside first, and loses
nothing of it.
"""

import shutil
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import UUID

from domain.act import Act
from domain.clock import MachineClock
from domain.ids import SYSTEM
from domain.log.copying import read_names_and_head
from domain.log.errors import LogError
from domain.log.event_log import EventLog
from domain.log.head_file import HeadFile
from domain.log.registered_names import REGISTERED_NAMES
from domain.model.log_history import BackupEnd, LogHistory
from kiosk.backups.folder import FILES, Description, copy_file, demand_unaltered, read_description
from kiosk.erasure.erasure import erase_again
from kiosk.erasure.ledger import Erasures, merge_ledgers
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home, read_last_recorded_at
from kiosk.home_files import ENTRANCE_LOCK, LOG_FILE, SETTINGS_FILE, flush_folder, is_held, make_folder
from kiosk.words.errors import BackupText
from kiosk.words.log_errors import explain_verdict
from projections.engine.rebuild import replay

SCRATCH = ".restoring-"
"""The start of the name of the scratch folder."""


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


def restore(backup: Path, into: Path, lost: Path | None = None) -> RestoreReport:
    """Put a home together in a new or empty folder; volunteers whom the lost home erased stay erased.

    Raises: UserError, LogError; then the folder is as it was.
    """
    description = _read_verified_description(backup)
    _demand_entrance_shut(description, into, lost)
    if (into / LOG_FILE).exists():
        raise UserError(BackupText.TARGET_IS_A_HOME.fill(into=into), EXIT_NO)
    if (into / SETTINGS_FILE).exists():
        raise UserError(BackupText.TARGET_HAS_SETTINGS.fill(into=into, settings_file=SETTINGS_FILE), EXIT_NO)
    make_folder(into)
    with assemble_home(backup, description, into, lost) as (scratch, report):
        _put_in_place(scratch, into)
    return report


@contextmanager
def assemble_home(
    backup: Path, description: Description, beside: Path, lost: Path | None
) -> Generator[tuple[Path, RestoreReport]]:
    """Put a home together in a scratch folder, which is deleted afterwards; the home is verified and closed.

    Everyone in the ledgers is erased again: of the backup, of its folder, and of the lost home, which may name more.
    Raises: UserError, LogError.
    """
    ledger = merge_ledgers(backup, backup.absolute().parent, *([lost] if lost else []))
    try:
        with TemporaryDirectory(prefix=SCRATCH, dir=beside) as folder:
            scratch = Path(folder)
            for name in FILES:
                copy_file(backup / name, scratch / name)
            yield scratch, _repeat_erasures(_verify_restored(scratch, description), scratch, ledger)
    except OSError as error:
        raise UserError(BackupText.RESTORE_CUT_SHORT.fill(strerror=error.strerror, beside=beside), EXIT_NO) from None


def count_missing_events(description: Description, lost: Path) -> int | None:
    """How many events the lost home had after the backup; None where neither its log nor its head file can be read.

    Whichever of the two reaches further counts. Raises: UserError.
    """
    if not lost.is_dir():
        raise UserError(BackupText.LOST_HOME_MISSING.fill(lost=lost))
    reached: list[int] = []
    kept = HeadFile(lost / LOG_FILE).read()
    if kept and kept.log_id == description.log_id:
        reached.append(kept.head.position)
    with suppress(LogError):
        names, head = read_names_and_head(lost / LOG_FILE)
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
        return read_names_and_head(home / LOG_FILE)[0][0] == description.born
    except LogError:
        return False


# --- Verifying ---


def _read_verified_description(backup: Path) -> Description:
    description = read_description(backup)
    demand_unaltered(backup, description)
    return description


def _verify_restored(home_folder: Path, description: Description) -> RestoreReport:
    """Check that the chain ends where the backup says, and that the read models come out of it; renames the log.

    The restore is an event of the log from then on.
    """
    with closing(EventLog.open(home_folder / LOG_FILE, REGISTERED_NAMES, restored=True)) as log:
        verdict = log.verify()
        if not verdict.whole or verdict.head != description.head:
            trouble = explain_verdict(verdict) or BackupText.LOG_ENDS_ELSEWHERE.fill()
            raise UserError(BackupText.RESTORED_LOG_NOT_WHOLE.fill(trouble=trouble), EXIT_NO)
        last_recorded = read_last_recorded_at(log)
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


def _repeat_erasures(report: RestoreReport, home_folder: Path, ledger: Erasures) -> RestoreReport:
    with Home.open(home_folder) as home:
        again = erase_again(home, ledger.values())
        return report._replace(people=home.people.count_registered(), erased_again=again)


# --- Putting in place ---


def _put_in_place(scratch: Path, into: Path) -> None:
    """Move the files, the log last: a folder without a log is no home."""
    names = sorted((path.name for path in scratch.iterdir() if path.is_file()), key=lambda name: name == LOG_FILE)
    try:
        for name in names:
            (scratch / name).rename(into / name)
        flush_folder(into)
    except OSError:
        for name in names:
            (into / name).unlink(missing_ok=True)
        raise


def remove_leftovers(beside: Path) -> None:
    """Delete the scratch folders of a restore that was killed."""
    for folder in beside.glob(f"{SCRATCH}*"):
        shutil.rmtree(folder, ignore_errors=True)
