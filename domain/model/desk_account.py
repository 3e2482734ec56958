"""An actor's account for the desk: its role, its password, failed attempts and successful ones (R-122).

Rule: after five wrong passwords in a row nothing can be tried for half a minute; every further wrong one doubles the
wait, up to a quarter of an hour, so that nobody can lock another person out for good. The wait follows from the
stream, so that no restart shortens it. The password itself is in no event.
"""

from datetime import datetime, timedelta
from typing import Literal, Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act
from domain.authentication_errors import AccountExists, NoAccount, PasswordTooSoon
from domain.ids import account_stream
from domain.model.streams import StandingStream, StreamEvent

Role = Literal["leader", "coordinator", "registrar", "unit_head", "auditor"]
"""What an account is for; which pages a role may open is decided by the desk."""

ATTEMPTS_BEFORE_LOCKOUT = 5
"""Wrong passwords in a row, the last of which begins the wait."""
LOCKOUT = timedelta(seconds=30)
"""After the last free attempt; doubled by every wrong one behind it."""
MOST_DOUBLINGS = 5
"""After so many the wait is at its cap."""
LONGEST_LOCKOUT = timedelta(minutes=15)
"""The cap: 96 attempts a day, far from enough to guess a password of ten characters."""


def compute_lockout(failures: int, free: int = ATTEMPTS_BEFORE_LOCKOUT) -> timedelta:
    """The wait after so many failures in a row; zero for fewer than `free`, which is at least 1."""
    if failures < free:
        return timedelta(0)
    return min(LOCKOUT * 2 ** min(failures - free, MOST_DOUBLINGS), LONGEST_LOCKOUT)


class DeskAccountEvent(StreamEvent):
    """What every event about an account carries."""

    actor: UUID
    """The actor's id in the people store."""
    at: datetime
    by: UUID


class DeskAccount(StandingStream):
    """The account of one actor."""

    TOPIC = "desk-account"

    class Added(DeskAccountEvent):
        """The actor may log in, with a role and a password."""

        TOPIC = "desk-account.added"
        role: str
        password_digest: str
        """Keyed, of the hash in the people store."""

    class PasswordChanged(DeskAccountEvent):
        """The password was replaced; failed attempts before it no longer count."""

        TOPIC = "desk-account.password-changed"
        password_digest: str

    class Removed(DeskAccountEvent):
        """The actor can no longer log in."""

        TOPIC = "desk-account.removed"

    class LoginFailed(DeskAccountEvent):
        """A wrong password was given in the actor's name."""

        TOPIC = "desk-account.login-failed"

    class LoggedIn(DeskAccountEvent):
        """The right password was given."""

        TOPIC = "desk-account.logged-in"

    @classmethod
    def of(cls, actor: UUID) -> Self:
        """The account of an actor, not yet read."""
        return cls.at_version_zero(account_stream(actor))

    # --- Commands ---

    def add(self, actor: UUID, role: Role, password_digest: str, act: Act) -> None:
        """Let the actor log in from now on."""
        if self.role is not None:
            raise AccountExists(actor)
        self._record(self.Added, actor, act, role=role, password_digest=password_digest)

    def change_password(self, actor: UUID, password_digest: str, act: Act) -> None:
        """Replace the password."""
        self._refuse_without_account(actor)
        self._record(self.PasswordChanged, actor, act, password_digest=password_digest)

    def remove(self, actor: UUID, act: Act) -> None:
        """Let the actor log in no more."""
        self._refuse_without_account(actor)
        self._record(self.Removed, actor, act)

    def check_lockout(self, actor: UUID, at: datetime) -> None:
        """Whether a password may be tried at an instant."""
        self._refuse_without_account(actor)
        if self.locked_until is not None and at < self.locked_until:
            raise PasswordTooSoon(actor, self.locked_until)

    def record_attempt(self, actor: UUID, act: Act, *, right: bool) -> None:
        """Record how an attempt ended."""
        self.check_lockout(actor, act.recorded)
        self._record(self.LoggedIn if right else self.LoginFailed, actor, act)

    def _record(self, happened: type[DeskAccountEvent], actor: UUID, act: Act, **facts: str) -> None:
        self.trigger_event(happened, actor=actor, **facts, **act.build_fields())

    def _refuse_without_account(self, actor: UUID) -> None:
        if self.role is None:
            raise NoAccount(actor)

    # --- What the events do ---

    def begin(self) -> None:
        """No account, and nothing tried."""
        self.role: str | None = None
        """None for an actor without an account."""
        self.password_digest = ""
        self._failures_in_a_row = 0
        self.locked_until: datetime | None = None

    @event(Added)
    def _added(self, role: str, password_digest: str) -> None:
        self.role = role
        self.password_digest = password_digest
        self._reset_failures()

    @event(PasswordChanged)
    def _password_changed(self, password_digest: str) -> None:
        self.password_digest = password_digest
        self._reset_failures()

    @event(Removed)
    def _removed(self) -> None:
        self.role = None
        self.password_digest = ""

    @event(LoggedIn)
    def _logged_in(self) -> None:
        self._reset_failures()

    @event(LoginFailed)
    def _login_failed(self, timestamp: datetime) -> None:
        self._failures_in_a_row += 1
        wait = compute_lockout(self._failures_in_a_row)
        self.locked_until = timestamp + wait if wait else None

    def _reset_failures(self) -> None:
        self._failures_in_a_row = 0
        self.locked_until = None
