"""A home from a backup: written beside where it will stand, proved there, and only then put in place.

Rule: nothing is written over. A folder that holds a home is refused; whoever wants the backup there moves the old
home aside first, and loses nothing of it.
"""

import shutil
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import UUID

from domain.log.copying import read_names_and_head
from domain.log.errors import LogError
from domain.log.event_log import EventLog
from domain.log.head_file import HeadFile
from domain.log.registered_names import REGISTERED_NAMES
from kiosk.backups.folder import FILES, Description, copy_file, demand_unaltered, read_description
from kiosk.erasure.erasure import erase_again
from kiosk.erasure.ledger import Erasures, merge_ledgers
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home, read_last_recorded_at
from kiosk.home_files import LOG_FILE, SETTINGS_FILE, flush_folder, make_folder
from kiosk.words.errors import BackupText
from kiosk.words.log_errors import explain_verdict
from projections.engine.rebuild import replay

SCRATCH = ".restoring-"
"""How the folder begins in which a home is put together."""


class RestoreReport(NamedTuple):
    """What was proved of a home that was put together from a backup."""

    description: Description
    log_id: UUID
    """The new name of the log: whoever followed the old one notices."""
    last_recorded: datetime
    """When the last event in it was written down."""
    rows: int
    """Of the read models, built and rebuilt, identical."""
    people: int
    """Registered in the people store."""
    erased_again: int
    """Whom the backup still knew, or whose erasure its log lacked."""


def restore(backup: Path, into: Path, lost: Path | None = None) -> RestoreReport:
    """Put a home together in a new or empty folder; whoever the home that was lost erased stays erased.

    Raises: Mistake, LogError; then the folder is as it was.
    """
    description = _read_verified_description(backup)
    if (into / LOG_FILE).exists():
        raise UserError(BackupText.TARGET_IS_A_HOME.fill(into=into), EXIT_NO)
    if (into / SETTINGS_FILE).exists():
        raise UserError(BackupText.TARGET_HAS_SETTINGS.fill(into=into, settings_file=SETTINGS_FILE), EXIT_NO)
    make_folder(into)
    with assemble_home(backup, description, into, lost) as (scratch, proof):
        _put_in_place(scratch, into)
    return proof


@contextmanager
def assemble_home(
    backup: Path, description: Description, beside: Path, lost: Path | None
) -> Generator[tuple[Path, RestoreReport]]:
    """The home of a backup, closed and proved, in a scratch folder, gone afterwards. Raises: Mistake, LogError.

    Then those are erased again whom the ledgers name: of the backup, of the folder it stands in, of a home that knows
    of later ones.
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
    """How many events the home that was lost had after the backup; None where nothing is left that could tell.

    Its log tells, and so does the head that was kept beside it, whichever reached further. Raises: Mistake.
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


# --- Proving ---


def _read_verified_description(backup: Path) -> Description:
    description = read_description(backup)
    demand_unaltered(backup, description)
    return description


def _verify_restored(home_folder: Path, description: Description) -> RestoreReport:
    """Its chain ends where the backup says, its read models come out of it; its log has a new name."""
    with closing(EventLog.open(home_folder / LOG_FILE, REGISTERED_NAMES, restored=True)) as log:
        verdict = log.verify()
        if not verdict.whole or verdict.head != description.head:
            trouble = explain_verdict(verdict) or BackupText.LOG_ENDS_ELSEWHERE.fill()
            raise UserError(BackupText.RESTORED_LOG_NOT_WHOLE.fill(trouble=trouble), EXIT_NO)
    with Home.open(home_folder) as home:
        home.views.catch_up(None if home.simulation else home.now_second())
        found = replay(home.log, home.views)
        if found.differences:
            raise UserError(BackupText.REBUILD_DIFFERS.fill(), EXIT_NO)
        return RestoreReport(
            description, home.log.log_id, read_last_recorded_at(home.log), found.rows, home.people.count_registered(), 0
        )


def _repeat_erasures(proof: RestoreReport, home_folder: Path, ledger: Erasures) -> RestoreReport:
    with Home.open(home_folder) as home:
        again = erase_again(home, ledger.values())
        return proof._replace(people=home.people.count_registered(), erased_again=again)


# --- In place ---


def _put_in_place(scratch: Path, into: Path) -> None:
    """The log last: a folder without one is no home, and says so."""
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
    """Take away what a restore that was killed has left beside a home."""
    for left in beside.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
