"""What `kiosk restore --database` says, in English."""

from typing_extensions import override

from kiosk.words.sentence import Sentence


class DatabaseHelp(Sentence):
    """The option."""

    OPTION_DATABASE = (
        "Restore no backup: the database of the home was restored. Verify its log, and give it a new name."
    )

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class DatabaseText(Sentence):
    """What was done, and why nothing was."""

    RESUMED = (
        "the event log of {path} goes on in its database\n"
        "chain    {position:,} {position:event|events}, whole\n"
        "head     {chain}\n"
        "log      has the new name {log_id}\n"
        "newest   recorded {last_recorded}: what was entered at the desk after that is gone, enter it again; "
        "kiosks send their taps again\n"
        "erased   {erased_again:,} again, whose erasure was lost"
    )
    PEOPLE_DIFFER = (
        "the people store did not go back, and has otherwise what {faults:,} {faults:event says|events say}: enter "
        "again what was changed last, `kiosk verify` names the events"
    )
    IN_A_FILE = "the event log of {path} is in a file, not in a database: restore a backup"
    NOT_WHOLE = "{verdict}: nothing was changed; restore the database to another instant, or a backup of the home"
    ALONE = "--database takes no backup and no other option"
