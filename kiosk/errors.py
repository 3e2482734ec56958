"""Errors that a user can correct.

Rule: a `UserError` carries the whole sentence: what is wrong, where, and what to do; the program prints it and ends
with its status. This module imports nothing, so that `kiosk --help` costs nothing.
"""

EXIT_NO = 1
"""Exit status: the answer is no, or a rule refused."""
EXIT_USAGE = 2
"""Exit status: wrong usage, or input that cannot be used."""


class UserError(Exception):
    """Input, a file or a folder that cannot be used as it is."""

    def __init__(self, sentence: str, status: int = EXIT_USAGE) -> None:
        super().__init__(sentence)
        self.status = status
        """The exit status of the program."""


class SettingsError(UserError):
    """`kiosk.toml`, or a file beside it, cannot be used as it is."""


class HomeFileLost(UserError):
    """A file without which a home is none is not there, is another one or was altered: a backup brings it back."""


class AlreadyRunning(UserError):
    """Another program does this work now, and holds its lock; nothing is wrong, and other work can be done."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, EXIT_NO)
