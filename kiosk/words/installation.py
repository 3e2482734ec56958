"""What `kiosk install-service` refuses, warns of, and shows as the next steps."""

from kiosk.words.sentence import Sentence


class InstallText(Sentence):
    """What `kiosk install-service` says, for administrators."""

    # --- Refusals: nothing is written ---
    PROGRAM_NOT_INSTALLED = (
        "{program} is not there: install this product first, then run its own `kiosk install-service`"
    )
    NO_USER = "there is no user {user}: make one, `useradd --system --groups {groups} {user}`"
    USER_IS_ROOT = "the entrance does not run as root: name a user with --user, and give them the home"
    IS_SIMULATION = (
        "{home} is a simulation, whose clock follows batch files: no door can run on it; make a home with `kiosk init`"
    )
    HOME_OF_ANOTHER = (
        "{home} belongs to {owner}, and the entrance is to run as {user}: `chown -R {user}: {home}`, then this again"
    )
    PROGRAM_UNUSABLE = (
        "{user} cannot start {program} ({reason}): put the program where every user may read it, as in /opt/kiosk, "
        "and not below /root or in a folder of mode 0700"
    )
    HOME_UNUSABLE = "{user} can start {program}, but cannot use {home}: {reason}"
    NO_ANSWER = "no answer within {seconds} s"

    # --- Warnings ---
    WARNING = "warning: {text}"
    NOT_TRIED = "whether {user} can start {program} was not tried: only root can, with --dry-run if need be"
    NO_READER = "{settings} names no card reader: the entrance does not open without one"
    READER_MISSING = "reader {name}: {device} is not there; plug it in, or correct its port in kiosk.toml"
    GROUPS_MISSING = "{user} is not in {groups}, whose devices the entrance uses"
    PACKAGES_MISSING = "not installed: {packages}"
    FONT_MISSING = "the font {font} is not installed: Chinese would be small boxes"
    BACKUPS_IN_HOME = "backups are lost with the disk of the home: name a folder on another disk with --backups"
    BACKUPS_MISSING = "the folder for backups, {folder}, is not there; is its disk mounted?"
    BACKUPS_NOT_OWN = "the folder for backups, {folder}, does not belong to {user}: no backup would be made"
    BACKUPS_OPEN = "others can write to the folder for backups, {folder}: no backup would be made"
    BACKUPS_ON_SAME_DISK = "{folder} is on the disk of the home: its backups are lost with it"

    # --- What is left to be done ---
    UNITS_WRITTEN = "{files} {files:file|files} written to {folder}. Next, as root, one line after the other:"
    STEP = "\n{number}. {about}\n   {command}"
    INSTALL_PACKAGES = "What is missing on this machine:"
    JOIN_GROUPS = "The devices of the entrance:"
    MAKE_BACKUP_FOLDER = "The folder for backups, once its disk is mounted:"
    FIND_READER = "The card reader; it asks for three cards:"
    RELOAD = "systemd reads the new files:"
    MASK_CTRL_ALT_DEL = "Three keys must not restart the machine:"
    ENABLE = "The entrance opens, now and after every start, and the nights are timed:"
    LOOK = "The screen asks for a card: tap one. Where it stays dark, or asks to sign on paper, this says why:"
    CHECK = "All checks; each line that begins with !! says what to do:"

    # --- Commands ---
    COMMAND_RELOAD = "systemctl daemon-reload"
    COMMAND_MASK = "systemctl mask ctrl-alt-del.target"
    COMMAND_ENABLE = "systemctl enable --now {units}"
    COMMAND_LOOK = "journalctl -b -n 30 -u {entrance}"
