"""Checks of the copies: is there a backup of last night, and was it lately proved that one can be restored.

Rule: a backup that nobody restored is a hope. What the home remembers of both is looked at, no backup is opened.
"""

from datetime import timedelta

from kiosk.backups.record import find_drill_trouble, read_record
from kiosk.status.subject import Check, CheckedHome
from kiosk.words.status import StatusText

BACKUP_AGE = timedelta(hours=26)
"""A backup a day, and two hours for a timer that waits for its turn: as the drill has it."""


def check_backup(subject: CheckedHome) -> Check:
    """A backup was made within a day. Nobody depends on a simulation, so that may go without."""
    made = read_record(subject.path).made
    if made is None:
        return Check("backup", subject.simulation, StatusText.NO_BACKUP_MADE)
    said = f"on {subject.format_local(made.at)}, to {made.folder}"
    if subject.machine.now() - made.at > BACKUP_AGE and not subject.simulation:
        return Check("backup", False, StatusText.LOOK_WHY_NONE_MADE_SINCE.fill(said=said))
    same_disk = made.folder.is_relative_to(subject.path.absolute())
    return Check("backup", True, f"{said}{StatusText.ANOTHER_DISK_BETTER if same_disk else ''}")


def check_restore_drill(subject: CheckedHome) -> Check:
    """A backup was restored on trial within a day, and was whole."""
    record = read_record(subject.path)
    if trouble := find_drill_trouble(record, subject.machine.now()):
        return Check("restore_drill", subject.simulation, trouble)
    good = record.good_drill
    return Check(
        "restore_drill", True, f"on {subject.format_local(good.at)}, in {good.seconds:.1f} s" if good else "none"
    )
