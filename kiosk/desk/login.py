"""Logging in: throttled per account and per address; whatever is wrong, the answer is the same and as slow.

Rule: one attempt at a time, so that many at once learn no more than many in a row, and never hold more memory than one.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic
from typing import NamedTuple, Protocol

from domain.authentication_errors import NoAccount, PasswordTooSoon
from domain.model.desk_account import ATTEMPTS_BEFORE_LOCKOUT, compute_lockout
from kiosk.accounts.account_source import AccountEntry, AccountSource
from kiosk.accounts.passwords import Password
from kiosk.desk.sessions import Session, Sessions

FREE_PER_ADDRESS = 20
"""Failures in a row from one address before its first wait: an office may share one."""


class LoginAccounts(AccountSource, Protocol):
    """The accounts, with the clock of their lockouts."""

    def now(self) -> datetime:
        """The current instant."""
        ...


class Throttled(Exception):
    """Too many failures: nothing was tried."""

    def __init__(self, wait: timedelta) -> None:
        """`wait`: until the next attempt."""
        super().__init__(wait)
        self.wait = wait


class Login:
    """Begins sessions. Threads may share it."""

    def __init__(self, accounts: LoginAccounts, sessions: Sessions) -> None:
        self._accounts, self._sessions = accounts, sessions
        self._addresses = Throttle(FREE_PER_ADDRESS)
        self._unknown_names = Throttle(ATTEMPTS_BEFORE_LOCKOUT)
        self._lock = Lock()

    def log_in(self, name: str, password: Password, address: str, login_form: str) -> Session | None:
        """A session for the right name and password; None for wrong ones.

        The same form, posted again, gets the session that it began. Raises: Throttled, LogError, UserError.
        """
        with self._lock:
            if wait := self._addresses.find_wait(address):
                raise Throttled(wait)
            begun = self._sessions.find_begun_by(login_form)
            if begun is not None and begun.actor == self._accounts.find_actor(name):
                return begun
            entry = self._authenticate(name, password)
            if entry is None:
                self._addresses.count_failure(address)
                return None
            self._addresses.reset(address)
            return self._sessions.begin(entry, login_form)

    def _authenticate(self, name: str, password: Password) -> AccountEntry | None:
        actor = self._accounts.find_actor(name)
        if actor is None:
            return self._refuse_unknown(name, password)
        try:
            right = self._accounts.authenticate(actor, password)
        except PasswordTooSoon as refusal:
            raise Throttled(refusal.until - self._accounts.now()) from None
        except NoAccount:  # removed a moment ago
            return None
        return self._accounts.find_entry(actor) if right else None

    def _refuse_unknown(self, name: str, password: Password) -> None:
        """Behave as for an account that there is: the same wait, and as slow."""
        if wait := self._unknown_names.find_wait(name):
            raise Throttled(wait)
        self._accounts.compare_in_vain(password)
        self._unknown_names.count_failure(name)


# --- Per address ---

MOST_KEYS = 10_000
"""Addresses or names remembered; the one that failed longest ago is forgotten first."""


class _Failures(NamedTuple):
    in_a_row: int
    last: float


class Throttle:
    """Slows down guessing from one address, or of one name that has no account. One thread at a time.

    The wait doubles and has the cap that an account's has. What an account itself costs an attacker stands in the
    log and outlives this program; this does not.
    """

    def __init__(self, free: int, now: Callable[[], float] = monotonic) -> None:
        """`free`: failures in a row before the first wait. `now`: seconds on a stopwatch."""
        self._free, self._now = free, now
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def find_wait(self, key: str) -> timedelta:
        """How long nothing may be tried; zero when it may."""
        failures = self._failures.get(key)
        if failures is None:
            return timedelta(0)
        passed = timedelta(seconds=self._now() - failures.last)
        return max(compute_lockout(failures.in_a_row, self._free) - passed, timedelta(0))

    def count_failure(self, key: str) -> None:
        """One more failure in a row."""
        before = self._failures.pop(key, None)
        self._failures[key] = _Failures(before.in_a_row + 1 if before else 1, self._now())
        if len(self._failures) > MOST_KEYS:
            self._failures.popitem(last=False)

    def reset(self, key: str) -> None:
        """Forget the failures: it succeeded."""
        self._failures.pop(key, None)
