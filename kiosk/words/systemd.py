"""What stands in the units, and what installing them reports, in English."""

from kiosk.words.sentence import Sentence


class SystemdText(Sentence):
    """What stands in the units."""

    RUN_ROOT = "run it as root, or name a folder with --to"
    NOT_WRITTEN_COMMAND = "{path} was not written by this command: move it away, nothing was changed"
    CHARACTERS_NO_UNIT_FILE_HOLD = "{text!r} has characters that no unit file can hold: give it another name"
