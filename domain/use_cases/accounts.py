"""Accounts for the desk: load, one command, save. Whether a password is right is for the caller to find out.

Rule: an attempt is in the log before its outcome is shown. The lockout is checked twice, before the password is
compared and as the attempt is recorded: of several attempts at once, those that come too late learn nothing.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from domain.act import Act
from domain.log.event_log import EventLog
from domain.model.desk_account import DeskAccount, Role


class AccountService:
    """The use cases of accounts. Raises: DomainError, LogError."""

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def add(self, actor: UUID, role: Role, password_digest: str, act: Act) -> None:
        """An actor gets an account; `password_digest` proves what is kept of the password."""
        with self._changing(actor) as account:
            account.add(actor, role, password_digest, act)

    def change_password(self, actor: UUID, password_digest: str, act: Act) -> None:
        """An actor's password is replaced."""
        with self._changing(actor) as account:
            account.change_password(actor, password_digest, act)

    def remove(self, actor: UUID, act: Act) -> None:
        """An actor's account is gone."""
        with self._changing(actor) as account:
            account.remove(actor, act)

    def check_lockout(self, actor: UUID, at: datetime) -> None:
        """Whether a password may be tried now. Raises: PasswordTooSoon, NoAccount."""
        self.load(actor).check_lockout(actor, at)

    def record_attempt(self, actor: UUID, act: Act, *, right: bool) -> None:
        """Record how an attempt ended, before it is shown. Raises: PasswordTooSoon when another came between."""
        with self._changing(actor) as account:
            account.record_attempt(actor, act, right=right)

    def load(self, actor: UUID) -> DeskAccount:
        """The account of an actor as it stands; without one its role is None."""
        return self._log.catch_up(DeskAccount.of(actor))

    @contextmanager
    def _changing(self, actor: UUID) -> Generator[DeskAccount]:
        with self._log.writing():
            account = self.load(actor)
            yield account
            self._log.append(account)
