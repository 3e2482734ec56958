"""Checks of the backups: is there one of last night, and was one lately restored in a drill.

Rule: a backup that was never restored counts for little. The home's records of both are read, no backup is opened.
"""

from pathlib import Path

from domain.clock import CLOCK_MARGIN
from kiosk.backups.heads.head_notes import is_folder
from kiosk.backups.mounted_disk import is_away
from kiosk.backups.record import DRILL_DUE, CompletedBackup, find_drill_trouble, read_record
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.words.reports import StatusText

BACKUP_AGE = DRILL_DUE
"""A backup a day, like a drill a day."""


def check_backup(checked: CheckedHome) -> Check:
    """A backup was made within a day. A simulation may go without one."""
    made = read_record(checked.path).made
    if made is None:
        return Check("backup", checked.simulation, StatusText.NO_BACKUP_MADE.fill())
    summary = StatusText.BACKED_UP_TO.fill(at=checked.format_local(made.at), folder=made.folder)
    if checked.machine.now() - made.at > BACKUP_AGE and not checked.simulation:
        return Check("backup", False, StatusText.BACKUP_OVERDUE.fill(summary=summary))
    if made.at - checked.machine.now() > CLOCK_MARGIN:
        return Check("backup", checked.simulation, StatusText.BACKUP_LATER_THAN_NOW.fill(summary=summary))
    same_disk = made.folder.is_relative_to(checked.path.absolute())
    if not is_folder(made.folder):
        return _check_missing(checked, made, summary)
    return Check("backup", True, f"{summary}{StatusText.BACKUP_ON_SAME_DISK.fill() if same_disk else ''}")


def _check_missing(checked: CheckedHome, made: CompletedBackup, summary: str) -> Check:
    """Of a backup that is not where it was made: a disk that is away is asked by the drill, or by its age."""
    if made.disk:
        text = StatusText.BACKUP_AWAY if is_away(made.disk, checked.path) else StatusText.BACKUP_DELETED
    else:
        text = StatusText.BACKUP_DELETED if _holds_anything(made.folder.parent) else StatusText.BACKUP_NOT_SEEN
    return Check("backup", text is not StatusText.BACKUP_DELETED or checked.simulation, text.fill(summary=summary))


def _holds_anything(folder: Path) -> bool:
    """Whether anything is seen in a folder: of a disk that was taken out nothing is."""
    try:
        return any(folder.iterdir())
    except OSError:
        return False


def check_restore_drill(checked: CheckedHome) -> Check:
    """A backup was restored in a drill within a day, and was whole."""
    record = read_record(checked.path)
    if fault := find_drill_trouble(record, checked.machine.now(), checked.zone):
        return Check("restore_drill", checked.simulation, fault)
    good = record.good_drill
    if good is None:
        return Check("restore_drill", True, StatusText.NONE.fill())
    summary = StatusText.DRILLED_IN.fill(at=checked.format_local(good.at), seconds=good.seconds)
    return Check("restore_drill", True, summary)
