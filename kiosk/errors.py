"""What a person can put right: one sentence that says what is wrong, where, and what to do.

Rule: whoever raises a `Mistake` has said everything; the program prints the sentence and ends with the status.
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
        """With what the program ends."""
