"""The accounts of a home: adding, listing and removing them, setting a password, authenticating with one.

Rule: people store and log agree, as far as a crash between the two allows: a password is kept before the log records
that it is set, and deleted after the log records that the account is removed. The role stands in the log alone.
"""

from threading import Lock
from typing import cast
from uuid import UUID

from domain.authentication_errors import NoAccount
from domain.clock import Clock
from domain.ids import compose
from domain.model.desk_account import DeskAccount, Role
from domain.use_cases.accounts import AccountService
from kiosk.accounts.account_source import AccountEntry
from kiosk.accounts.passwords import Password
from kiosk.act_builder import ActBuilder
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.people.proofs import compute_password_digest
from kiosk.words.errors import HomeText


class Accounts(ActBuilder):
    """Who may log in at the desk, and as what."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """`clock` runs even in a simulation: a lockout has to end."""
        super().__init__(home, clock)
        self._service = AccountService(home.log)
        self._read: dict[UUID, DeskAccount] = {}
        """Read so far: what is asked at each page is then as quick after ten years of logins."""
        self._reading = Lock()

    # --- Reading ---

    def list_entries(self) -> list[AccountEntry]:
        """All accounts, by name."""
        entries = [self.find_entry(actor) for actor in self._home.people.list_account_names()]
        return [entry for entry in entries if entry is not None]

    def find_entry(self, actor: UUID) -> AccountEntry | None:
        """The account of an actor; None without one."""
        with self._reading:
            account = self._home.log.catch_up(self._read.setdefault(actor, DeskAccount.of(actor)))
        if account.role is None:
            return None
        name = self._home.people.find_actor_name(actor) or ""
        return AccountEntry(actor, name, cast("Role", account.role), account.password_digest)

    def find_actor(self, name: str) -> UUID | None:
        """The actor of an account by name; None where there is no such account."""
        actor = self._home.people.find_actor(compose(name))
        return actor if actor is not None and self.find_entry(actor) is not None else None

    # --- Changing ---

    def add(self, name: str, role: Role, password: Password, by: UUID) -> None:
        """Add an account; its actor is created where necessary. Raises: InvalidPassword, AccountExists, LogError."""
        password.demand_usable()
        actor = self._home.people.ensure_actor(name)
        hashed = self._hash(actor, password)
        with self._home.log.writing():  # of two at once the second finds the account of the first
            self.demand_none(name)
            self._service.add(actor, role, self._keep(actor, hashed), self.build_act(by))

    def demand_none(self, name: str) -> None:
        """Check that an account can be added under this name. Raises: UserError."""
        if self.find_actor(name) is not None:
            raise UserError(HomeText.ACCOUNT_EXISTS.fill(name=name), 1)

    def change_password(self, name: str, password: Password, by: UUID) -> None:
        """Replace the password of an account; its sessions end. Raises: InvalidPassword, UserError, LogError."""
        password.demand_usable()
        actor = self.demand_actor(name)
        hashed = self._hash(actor, password)
        with self._home.log.writing():
            self._service.change_password(actor, self._keep(actor, hashed), self.build_act(by))

    def remove(self, name: str, by: UUID) -> None:
        """Remove an account; its sessions end. Raises: UserError, LogError."""
        actor = self.demand_actor(name)
        self._service.remove(actor, self.build_act(by))
        self._home.people.drop_password(actor)

    def demand_actor(self, name: str) -> UUID:
        """The actor of an account that must be there. Raises: UserError."""
        actor = self.find_actor(name)
        if actor is None:
            raise UserError(HomeText.NO_SUCH_ACCOUNT.fill(name=name), 1)
        return actor

    def _hash(self, actor: UUID, password: Password) -> str:
        """Takes a tenth of a second, and is not done while a tap could wait for it."""
        return password.compute_hash(self._home.compute_hmac, actor)

    def _keep(self, actor: UUID, hashed: str) -> str:
        """Keep the hash of a password in the people store; what proves it."""
        self._home.people.keep_password_hash(actor, hashed)
        return compute_password_digest(self._home.compute_hmac, actor, hashed)

    # --- Authenticating ---

    def authenticate(self, actor: UUID, password: Password) -> bool:
        """Whether the password is theirs; the attempt is recorded when this returns.

        Takes a tenth of a second. Raises: PasswordTooSoon, NoAccount, UserError, LogError.
        """
        self._service.check_lockout(actor, self.now())
        hashed = self._home.people.find_password_hash(actor)
        if hashed is None:
            raise NoAccount(actor)
        digest = compute_password_digest(self._home.compute_hmac, actor, hashed)
        if digest != self._service.load(actor).password_digest:
            raise UserError(HomeText.PASSWORD_HASH_DAMAGED.fill())
        right = password.matches(hashed, self._home.compute_hmac, actor)
        self._service.record_attempt(actor, self.build_act(actor), right=right)
        return right

    def compare_in_vain(self, password: Password) -> None:
        """Take as long as for an account that there is, so that the answer does not tell which names have one."""
        password.compute_hash(self._home.compute_hmac, UUID(int=0))
