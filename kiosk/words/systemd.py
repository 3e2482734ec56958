"""Descriptions and header of the unit files, and what installing them reports, in English."""

from kiosk.words.sentence import Sentence


class SystemdText(Sentence):
    """Descriptions in the units, and reasons why they cannot be written."""

    FILE_HEADER = "# Written by `kiosk install-service`: it writes this file anew."
    ENTRANCE = "Volunteers check in: the entrance"
    JOB = "Volunteers check in: {description}"
    TIMER = "Every night: {description}"
    RECONCILE_JOB = "settle the service days that are over"
    BACKUP_JOB = "copy the home"
    RESTORE_DRILL_JOB = "restore the last backup for trial"
    CANNOT_WRITE = "cannot write {path} ({reason}): run it as root, or name a folder with --to"
    FOREIGN_FILE = "{path} was not written by this command: move it away, nothing was changed"
    UNQUOTABLE = "{text!r} has characters that no unit file can hold: give it another name"
