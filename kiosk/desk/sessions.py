"""Who is logged in: sessions in the memory of the server, and the tokens that prove that a form came from its page.

Rule: a cookie holds a random id and nothing else. A session ends after half an hour without a page, when its account is
removed, and when the password is changed, wherever that happens: the account is read anew for each page.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import NamedTuple
from uuid import UUID

from kiosk.accounts.account_source import AccountEntry, AccountSource

ID_BYTES = 32
"""256 bits."""
IDLE_SECONDS = 30 * 60
MOST_SESSIONS = 20
"""Of one account at once; the one that was used longest ago ends for a further one."""


class HeldFile(NamedTuple):
    """A file that a browser sent, for the pages that follow."""

    id: str
    name: str
    content: bytes


@dataclass(slots=True)
class Session:
    """One browser that is logged in."""

    id: str
    actor: UUID
    password_digest: str
    """Of the password that was given; another one ends the session."""
    login_form: str
    """The cookie of the form that began it: the same form, posted again, finds this session."""
    used_at: float
    """Seconds on the stopwatch."""
    messages: list[str] = field(default_factory=list[str])
    """What the next page says once: of a form that was carried out."""
    file: HeldFile | None = None
    """The file that was sent last."""


class Sessions:
    """The sessions of one server."""

    def __init__(self, accounts: AccountSource, now: Callable[[], float] = monotonic) -> None:
        """`now`: seconds on a stopwatch."""
        self._accounts, self._now = accounts, now
        self._sessions: dict[str, Session] = {}

    def begin(self, entry: AccountEntry, login_form: str) -> Session:
        """A new session of an account."""
        self._drop_idle()
        own = sorted((s for s in self._sessions.values() if s.actor == entry.actor), key=lambda s: s.used_at)
        for oldest in own[: max(len(own) - MOST_SESSIONS + 1, 0)]:
            self.end(oldest.id)
        session = Session(create_id(), entry.actor, entry.password_digest, login_form, self._now())
        self._sessions[session.id] = session
        return session

    def find(self, session_id: str, *, touch: bool) -> tuple[Session, AccountEntry] | None:
        """A session that goes on, and its account as it stands. `touch`: a person asked, so that it stays awake.

        Reads the log. Raises: LogError, UserError.
        """
        session = self._sessions.get(session_id)
        if session is None:
            return None
        entry = self._accounts.find_entry(session.actor)
        if self._is_idle(session) or entry is None or entry.password_digest != session.password_digest:
            self.end(session_id)
            return None
        if touch:
            session.used_at = self._now()
        return session, entry

    def find_begun_by(self, login_form: str) -> Session | None:
        """The session that a login form began, where the form is posted again."""
        found = (s for s in list(self._sessions.values()) if hmac.compare_digest(s.login_form, login_form))
        return next(found, None)

    def end(self, session_id: str) -> None:
        """End a session, where there is one."""
        session = self._sessions.pop(session_id, None)
        if session:
            session.file = None

    def _drop_idle(self) -> None:
        for session in list(self._sessions.values()):
            if self._is_idle(session):
                self.end(session.id)

    def _is_idle(self, session: Session) -> bool:
        return self._now() - session.used_at >= IDLE_SECONDS


def create_id() -> str:
    """A random id, as a cookie holds it."""
    return secrets.token_urlsafe(ID_BYTES)


class FormTokens:
    """The token in each form: a keyed hash of the cookie that its page was served with. Nothing is kept for it."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(ID_BYTES)

    def derive(self, cookie: str) -> str:
        """The token of the forms of a page."""
        return hmac.digest(self._key, cookie.encode(), "sha256").hex()

    def is_right(self, cookie: str, token: str) -> bool:
        """Whether a form came from a page with this cookie; takes as long either way."""
        return bool(cookie) and hmac.compare_digest(self.derive(cookie).encode(), token.encode())
