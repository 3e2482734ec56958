"""The refusals of an authentication: about PINs of the roster and accounts of the desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.errors import DomainError


@dataclass(eq=False)
class NoPin(DomainError):
    """No PIN is set for the actor."""

    coordinator: UUID


@dataclass(eq=False)
class TooSoon(DomainError):
    """After so many wrong tries the next one has to wait."""

    coordinator: UUID
    until: datetime


@dataclass(eq=False)
class NoAccount(DomainError):
    """The actor has no account for the desk."""

    actor: UUID


@dataclass(eq=False)
class AccountExists(DomainError):
    """The actor has an account already."""

    actor: UUID


@dataclass(eq=False)
class PasswordTooSoon(DomainError):
    """After so many wrong passwords the next one has to wait."""

    actor: UUID
    until: datetime


@dataclass(eq=False)
class NoApiToken(DomainError):
    """The system has no token."""

    actor: UUID
