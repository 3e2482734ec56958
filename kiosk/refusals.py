"""Why the desk says no before a rule of the domain is asked: what only the people store or a reader can know.

Rule: as in `domain.errors`: named for the fact that refuses, with fields, without a sentence.
"""

from dataclasses import dataclass

from domain.errors import DomainError


@dataclass(eq=False)
class UnknownNumber(DomainError):
    """Nobody is registered under this number."""

    number: str


@dataclass(eq=False)
class CardNotUsable(DomainError):
    """The number of this card cannot tell a person, so it is not given to one."""

    card: str
    """Masked."""
    reason: str
