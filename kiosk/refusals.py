"""Refusals that depend on the people store or on a reader, named for the fact that refuses, as in `domain.errors`."""

from uuid import UUID

from domain.errors import DomainError


class UnknownNumber(DomainError):
    """No volunteer is registered under this number."""

    number: str


class UnknownNumberLike(UnknownNumber):
    """Nor under this one, and a registered number is drawn like it: that one may be meant."""

    known: str


class SimilarNumber(DomainError):
    """A registered number is drawn like this one, so that a person could take one volunteer for the other."""

    number: str
    known: str


class SimilarName(DomainError):
    """The name of another account is drawn like this one."""

    name: str
    known: str


class NamesVolunteer(DomainError):
    """A word that the log would keep for good has the name of a registered volunteer in it."""

    word: str


class CardNotUsable(DomainError):
    """The number of this card does not identify one volunteer, so the card is not issued."""

    card: str
    """Masked."""
    reason: str


class NotAttended(DomainError):
    """The volunteer was not at the session."""

    volunteer_id: UUID
    name: str
