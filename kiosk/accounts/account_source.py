"""What the desk asks about accounts: who is who, and whether a password is right."""

from typing import NamedTuple, Protocol
from uuid import UUID

from domain.model.desk_account import Role
from kiosk.accounts.passwords import Password


class AccountEntry(NamedTuple):
    """An account, as it stands."""

    actor: UUID
    name: str
    role: Role
    password_digest: str
    """Another one after each change of the password."""


class AccountSource(Protocol):
    """The accounts of a home. Threads may share it."""

    def find_actor(self, name: str) -> UUID | None:
        """The actor of an account by name; None where there is no such account."""
        ...

    def find_entry(self, actor: UUID) -> AccountEntry | None:
        """The account of an actor; None without one."""
        ...

    def authenticate(self, actor: UUID, password: Password) -> bool:
        """Whether the password is theirs; the attempt is recorded. Raises: PasswordTooSoon, NoAccount."""
        ...

    def compare_in_vain(self, password: Password) -> None:
        """Take as long as for an account that there is."""
        ...
