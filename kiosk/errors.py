"""Errors that a user can correct, and refusals that depend on the people store or on a reader.

Rule: a `UserError` carries the whole sentence: what is wrong, where, and what to do; the program prints it and ends
with its status. A refusal is, as in `domain.errors`, named for the fact that refuses, with fields, without a sentence.
"""

from dataclasses import dataclass

from domain.errors import DomainError

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


# --- Refusals before a rule of the domain is reached ---


@dataclass(eq=False)
class UnknownNumber(DomainError):
    """No volunteer is registered under this number."""

    number: str


@dataclass(eq=False)
class CardNotUsable(DomainError):
    """The number of this card does not identify one volunteer, so the card is not issued."""

    card: str
    """Masked."""
    reason: str
