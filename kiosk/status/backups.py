"""Checks of the copies: is there a backup of last night, and was it lately proved that one can be restored.

Rule: a backup that nobody restored is a hope. What the home remembers of both is looked at, no backup is opened.
"""

from datetime import timedelta

from kiosk.backups.record import drill_trouble, record_of
from kiosk.status.subject import Check, Subject

BACKUP_AGE = timedelta(hours=26)
"""A backup a day, and two hours for a timer that waits for its turn: as the drill has it."""


def backup(subject: Subject) -> Check:
    """A backup was made within a day. Nobody depends on a simulation, so that may go without."""
    made = record_of(subject.path).made
    if made is None:
        return Check("backup", subject.simulation, "no backup has been made: run `kiosk backup`")
    said = f"on {subject.local(made.at)}, to {made.folder}"
    if subject.machine.now() - made.at > BACKUP_AGE and not subject.simulation:
        return Check("backup", False, f"{said}: look why none was made since, or run `kiosk backup`")
    same_disk = made.folder.is_relative_to(subject.path.absolute())
    return Check("backup", True, f"{said}{'; another disk would be better' if same_disk else ''}")


def restore_drill(subject: Subject) -> Check:
    """A backup was restored on trial within a day, and was whole."""
    record = record_of(subject.path)
    if trouble := drill_trouble(record, subject.machine.now()):
        return Check("restore_drill", subject.simulation, trouble)
    good = record.good_drill
    return Check("restore_drill", True, f"on {subject.local(good.at)}, in {good.seconds:.1f} s" if good else "none")
