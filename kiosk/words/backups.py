"""What is wrong with a backup, a restore, a drill or an erasure, in English."""

from kiosk.words.sentence import Sentence


class BackupText(Sentence):
    """What is wrong with a backup."""

    BACKUP_BEING_WRITTEN_ALREADY = "a backup is being written to {where} already: let it finish"
    EXISTS_ALREADY = "{target} exists already: a backup of this second was made"
    MIB_FREE_BACKUP_NEEDS = "{where} has {free} MiB free, a backup needs {needed}: make room"
    NO_BACKUP_MADE = "no backup was made: in the copy of the log, {verdict}: verify the home"
    NO_BACKUP_MADE_2 = "no backup was made: the copy does not end as the log does: verify the home"
    NO_BACKUP_WRITTEN = "no backup can be written to {where} ({strerror}): choose another folder"
    BACKUP_CUT_SHORT = "the backup to {where} was cut short ({strerror}): check that disk"
    MADE = "{folder} was made; tidying up after it failed ({strerror}): check the disk"
    NO_BACKUP_FOUND = "there is no backup of {home} to be found: run `kiosk backup`, or name one"
    BACKUP_ANOTHER_HOME = "{backup} is a backup of another home: name one of {home}"
    DRILL_FAILED = "the drill failed: {trouble}"
    DRILL_CANNOT_REMEMBERED = "the drill cannot be remembered in {home} ({strerror}): check the disk"
    NO_FINISHED_BACKUP = "is no finished backup"
    NOT = "is not there"
    NO_NAME_FOLDER_KIOSK_BACKUP = "{folder} {there} (it has no {description}): name a folder that `kiosk backup` wrote"
    CANNOT_READ = "{folder} cannot be read ({strerror}): check the path and its owner"
    ALTERED = "{folder} was altered: take another backup"
    ALTERED_AFTER_BACKUP_MADE = "{folder} was altered after the backup was made: take another backup"
    CANNOT_READ_2 = "{folder} cannot be read ({strerror}): take another backup"
    LAST_DRILL_FAILED = "the last drill failed: {why}"
    NO_BACKUP_EVER_RESTORED_TRIAL = "no backup was ever restored on trial: run `kiosk restore --drill`"
    LAST_GOOD_DRILL_UTC_MORE = (
        "the last good drill was {at:%Y-%m-%d %H:%M} UTC, more than a day ago: run `kiosk restore --drill`"
    )
    HOME = "{into} is a home: nothing was changed; move it aside first, or name a new folder with --to"
    NOT_EMPTY = "{into} is not empty ({settings_file}): choose a new folder for the home"
    NO_FOLDER = "there is no folder {lost}: name the home that was lost, or leave --from-home out"
    NOTHING_RESTORED = "nothing was restored ({strerror}): check the disk of {beside}"
    BACKUP_ANOTHER_HOME_2 = "the backup is of another home than {lost}: name the home that was lost"
    LOG_NOT_END_WHERE_BACKUP = "the log does not end where the backup says"
    NOTHING_RESTORED_2 = "nothing was restored: {trouble}: take another backup"
    NOTHING_RESTORED_3 = "nothing was restored: the read models do not come out of the events twice: report this"
    CANNOT_READ_3 = "{folder} cannot be read ({strerror}): check the disk and its owner"
    ALTERED_2 = "{folder} was altered: take it from a backup, or from beside the backups"
    CANNOT_WRITE = "cannot write {folder} ({strerror}): check the disk"
