"""Which kiosks are heard: what each was given to sign, and the token that it got for it.

Rule: both are in the memory of the hub only, so a hub that was started again asks every kiosk to greet anew. One thread
at a time.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

NONCE_BYTES, TOKEN_BYTES = 32, 32
NONCE_SECONDS, SESSION_SECONDS = 60.0, 3600.0
MOST_NONCES, MOST_TOKENS = 16, 8
"""Of one source at once; the oldest is dropped for a further one."""


@dataclass(frozen=True, slots=True)
class Nonce:
    """What a kiosk was asked to sign."""

    value: bytes
    source: UUID
    names: tuple[UUID, ...]
    """Those of its log, as it said them."""
    answer: int
    """How far it learned that its log is held."""
    until: float


class Nonces:
    """What was asked and is not answered yet."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        """`now`: seconds on a stopwatch."""
        self._now = now
        self._open: dict[bytes, Nonce] = {}

    def issue(self, source: UUID, names: Iterable[UUID], answer: int) -> bytes:
        """Something new to sign, for a minute."""
        now = self._now()
        self._open = {value: one for value, one in self._open.items() if one.until > now}
        own = [value for value, one in self._open.items() if one.source == source]
        for oldest in own[: max(len(own) - MOST_NONCES + 1, 0)]:
            del self._open[oldest]
        value = secrets.token_bytes(NONCE_BYTES)
        self._open[value] = Nonce(value, source, tuple(names), answer, now + NONCE_SECONDS)
        return value

    def redeem(self, value: bytes, names: tuple[UUID, ...]) -> Nonce | None:
        """What was asked with it, once; None where it was not, is used, is too old, or was asked of another log."""
        found = self._open.pop(value, None)
        return found if found and found.until > self._now() and found.names == names else None


@dataclass(frozen=True, slots=True)
class Session:
    """A kiosk that is heard."""

    token: str
    source: UUID
    until: float


class HubSessions:
    """The kiosks that are heard."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        """`now`: seconds on a stopwatch."""
        self._now = now
        self._sessions: dict[str, Session] = {}

    def begin(self, source: UUID) -> str:
        """A new token, for an hour."""
        now = self._now()
        self._sessions = {token: one for token, one in self._sessions.items() if one.until > now}
        own = [one.token for one in self._sessions.values() if one.source == source]
        for oldest in own[: max(len(own) - MOST_TOKENS + 1, 0)]:
            del self._sessions[oldest]
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._sessions[token] = Session(token, source, now + SESSION_SECONDS)
        return token

    def find(self, token: str) -> UUID | None:
        """The source that has a token; None for one that is not in force."""
        found = self._sessions.get(token)
        return found.source if found and found.until > self._now() else None

    def end_all(self, source: UUID) -> None:
        """No token of a source is in force any more."""
        self._sessions = {token: one for token, one in self._sessions.items() if one.source != source}
