"""The drill: the newest backup is restored into a scratch folder and verified, as evidence that it can be restored.

Rule: a drill that fails is recorded and reported; nothing else in the home changes. The scratch folder is in the home,
on the same encrypted disk.
"""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from time import monotonic

from domain.log.errors import CannotOpen, CannotRead, LogBusy, LogError
from domain.log.scratch import sweep_scratch_folders
from kiosk.backups.folder import Description, list_backups, read_description
from kiosk.backups.heads.comparison import demand_extended
from kiosk.backups.record import Drill, list_backup_places, read_record, record_drill
from kiosk.backups.restore import RestoreReport, assemble_home, read_verified_description
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import BACKUP_DESCRIPTION
from kiosk.home_log import open_log
from kiosk.unit_files import find_unit_file_faults
from kiosk.words.errors import BackupText, HeadText
from kiosk.words.log_errors import explain_trouble


def run_drill(home: Path, backup: Path | None, now: datetime) -> tuple[Drill, RestoreReport]:
    """Restore a backup on trial, by default the newest; the record of the drill, and the report.

    Raises: UserError where it fails, which is recorded too; CannotOpen, CannotRead or LogBusy where it could not be
    done, which is not.
    """
    began, folder = monotonic(), backup or find_newest_backup(home)
    try:
        report = _try_restore(home, folder)
    except (CannotOpen, CannotRead, LogBusy):  # something is in the way: it does not follow that the backup is bad
        raise
    except (UserError, LogError) as failure:
        _record_drill(home, Drill(now, folder.absolute(), _count_seconds_since(began), explain_trouble(failure)))
        raise UserError(BackupText.DRILL_FAILED.fill(trouble=explain_trouble(failure)), EXIT_NO) from None
    done = Drill(now, folder.absolute(), _count_seconds_since(began))
    _record_drill(home, done)
    return done, report


def find_newest_backup(home: Path) -> Path:
    """The last one that this home recorded, or the newest beside it. Raises: UserError where there is none.

    Several homes may share a folder: a backup of another home is ignored while the recorded one exists.
    """
    made = read_record(home).made
    if made and (made.folder / BACKUP_DESCRIPTION).is_file():
        return made.folder
    for where in list_backup_places(home):
        if found := list_backups(where):
            return max(found, key=_read_position)
    raise UserError(BackupText.NO_BACKUP_FOUND.fill(home=home), EXIT_NO)


def _read_position(backup: Path) -> int:
    """How far its log goes, -1 where it cannot be read: names follow a clock, which may have been wrong."""
    try:
        return read_description(backup).position
    except UserError:
        return -1


def _try_restore(home: Path, backup: Path) -> RestoreReport:
    description = read_verified_description(backup)
    _demand_recorded_head(home, backup, description)
    _demand_extended_by_home(home, backup, description)
    sweep_scratch_folders(home)
    with assemble_home(backup, description, home, home) as (_, report):
        _demand_usable_files(backup)
        return report


def _demand_usable_files(backup: Path) -> None:
    """Check that what the unit wrote itself can be used: the log is whole, but the home would stop there.

    Raises: UserError.
    """
    if faults := list(find_unit_file_faults(backup)):
        faults = BackupText.SEPARATOR.fill().join(faults)
        raise UserError(BackupText.UNIT_FILES_UNUSABLE.fill(faults=faults), EXIT_NO)


def _demand_recorded_head(home: Path, backup: Path, description: Description) -> None:
    """Check that the last backup ends where the home recorded that it does. Raises: UserError."""
    made = read_record(home).made
    recorded = made and made.folder == backup.absolute()
    if made and recorded and (made.position, made.chain) != (description.position, description.chain):
        raise UserError(BackupText.DESCRIPTION_ALTERED.fill(folder=backup / BACKUP_DESCRIPTION), EXIT_NO)


def _demand_extended_by_home(home: Path, backup: Path, description: Description) -> None:
    """Check that the backup is of this home, whose log extends the head in it and in every other. Raises: UserError."""
    with closing(open_log(home)) as log:
        if description.born != log.list_names()[0]:
            raise UserError(BackupText.BACKUP_OF_ANOTHER_HOME.fill(backup=backup, home=home), EXIT_NO)
        demand_extended(log, home, HeadText.NO_DRILL, backup.parent)


def _count_seconds_since(began: float) -> float:
    return round(monotonic() - began, 3)


def _record_drill(home: Path, done: Drill) -> None:
    try:
        record_drill(home, done)
    except OSError as error:
        raise UserError(BackupText.DRILL_NOT_RECORDED.fill(home=home, strerror=error.strerror), EXIT_NO) from None
