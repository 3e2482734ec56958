"""What `kiosk move-log` says, in English: its help, what it did, and why nothing was moved."""

from typing_extensions import override

from kiosk.words.sentence import Sentence


class MoveHelp(Sentence):
    """The command and its options."""

    SHORT = "move the event log into a database, or back into a file"
    MOVE_LOG = (
        "Move the event log of the home into a database of PostgreSQL, from one database to another, or back into a "
        "file: the same events, the same chain.\n\nNo entrance, desk, roster or nightly job may have the home open. "
        "A backup is made first. The old log stays where it was, or under another name; run again, a move that was "
        "cut short goes on."
    )
    OPTION_TO = "Where to: `file`, or a database, postgresql://ROLE@HOST/DATABASE."
    OPTION_BACKUPS = "Where the backup goes; by default `backups` in the home."

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class MoveText(Sentence):
    """What was done, and why nothing was."""

    MOVED = (
        "the event log of {path} is now in {place}: {position:,} {position:event|events}, whole and proved\nhead "
        "{chain}"
    )
    BACKUP = "backup {folder}"
    FILE_KEPT = "the old log is kept in {file}"
    UNIT_KEPT = "the old log is kept in {address}, unit {unit}; nothing writes to it any more"
    UNIT_CONTINUED = "the unit was there already: {added:,} {added:event was|events were} added to it"
    A_FILE = "the file {file}"
    IN_A_FILE = "the event log of {path} is in a file already: nothing was moved"
    IN_THIS_DATABASE = "the event log of {path} is in this database already: nothing was moved"
    NOT_WHOLE = "{verdict}: nothing was moved; restore a backup first, `kiosk verify` says more"
    WRITTEN_MEANWHILE = "another program wrote to {path} meanwhile: nothing was moved; close it, and move again"
    COPY_DIFFERS = "the new file does not hold the same events: nothing was moved; check the disk"
    CANNOT_FINISH = "the move of {path} stopped ({strerror}): make room or mend the disk, then move again"
    IS_OPEN = (
        "{path} is open in another program, an entrance, a desk, a roster or a nightly job: close it, and move again"
    )
    IS_BEING_MOVED = "the event log of {path} is being moved: wait until that is done"
    CUT_SHORT = "a move of the event log of {path} was cut short: run `kiosk status` as its owner, which completes it"
    CANNOT_COMPLETE = "{path}: a move of the event log was cut short, and {plan} cannot be carried out ({error})"
