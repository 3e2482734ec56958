"""The refusals of an authentication: about PINs of the roster and accounts of the desk."""

from datetime import datetime
from uuid import UUID

from domain.errors import DomainError


class NoPin(DomainError):
    """No PIN is set for the actor."""

    coordinator: UUID


class TooSoon(DomainError):
    """After so many wrong tries the next one has to wait."""

    coordinator: UUID
    until: datetime


class NoAccount(DomainError):
    """The actor has no account for the desk."""

    actor: UUID


class AccountExists(DomainError):
    """The actor has an account already."""

    actor: UUID


class PasswordTooSoon(DomainError):
    """After so many wrong passwords the next one has to wait."""

    actor: UUID
    until: datetime


class NoApiToken(DomainError):
    """The system has no token."""

    actor: UUID
