"""The tokens of other systems in a home: issuing and revoking them, and finding out whose a token is."""

import hmac
import secrets
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from domain.clock import Clock
from domain.model.api_tokens import ApiTokens, Scope
from kiosk.act_builder import ActBuilder
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.words.errors import HomeText

TOKEN_BYTES = 32
"""256 bits: nobody guesses one, so that wrong ones need no wait."""
PREFIX = "kiosk-"
"""By which a person, or a program that looks for leaked secrets, knows what it is."""


class System(NamedTuple):
    """A system with a token."""

    name: str
    scopes: Sequence[str]


class ApiTokenDirectory(ActBuilder):
    """The tokens of one home. Threads may share it."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """`clock` runs even in a simulation."""
        super().__init__(home, clock)
        self._tokens = ApiTokens.of_home()
        self._reading = Lock()

    def issue(self, name: str, scopes: Sequence[Scope], by: UUID) -> str:
        """A new token for a system, which is shown once and kept nowhere. Raises: LogError, UserError."""
        token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
        actor = self._home.people.ensure_actor(name)
        with self._home.log.writing():
            tokens = self._home.log.catch_up(ApiTokens.of_home())
            tokens.issue(actor, scopes, self._compute_digest(token), self.build_act(by))
            self._home.log.append(tokens)
        return token

    def revoke(self, name: str, by: UUID) -> None:
        """Take the token of a system away. Raises: UserError where it has none, LogError."""
        actor = self._home.people.find_actor(name)
        with self._home.log.writing():
            tokens = self._home.log.catch_up(ApiTokens.of_home())
            if actor is None or actor not in tokens.tokens:
                raise UserError(HomeText.NO_SUCH_TOKEN.fill(name=name), 1)
            tokens.revoke(actor, self.build_act(by))
            self._home.log.append(tokens)

    def list_systems(self) -> list[System]:
        """Every system with a token, by name."""
        with self._reading:
            found = [*self._home.log.catch_up(self._tokens).tokens.values()]
        return sorted(System(self._find_name(token.actor), token.scopes) for token in found)

    def find_system(self, token: str) -> System | None:
        """Whose a token is; None where it is nobody's. Raises: LogError."""
        digest = self._compute_digest(token)
        with self._reading:
            known = [*self._home.log.catch_up(self._tokens).tokens.values()]
        right = [one for one in known if hmac.compare_digest(one.digest, digest)]
        return System(self._find_name(right[0].actor), right[0].scopes) if right else None

    def _find_name(self, actor: UUID) -> str:
        return self._home.people.find_actor_name(actor) or str(actor)

    def _compute_digest(self, token: str) -> str:
        return self._home.compute_hmac(b"vms-api-token-v1\0" + token.encode()).hex()
