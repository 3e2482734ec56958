"""The tokens with which other systems use the desk's interface: which system may do what (R-122).

Rule: a system has one token; issued again it is another one, and the one before opens nothing any more. The token
itself is in no event, only what proves it.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act
from domain.authentication_errors import NoApiToken
from domain.ids import api_tokens_stream
from domain.model.streams import DeskStream, StandingStream

Scope = Literal["read", "taps", "roster", "people", "corrections", "unit"]
"""What a token may be for: asking the read models, or giving the commands of one subject."""


class ApiToken(NamedTuple):
    """The token of one system."""

    actor: UUID
    """The system, as an actor in the people store."""
    scopes: Sequence[str]
    digest: str
    """Keyed: without the site key no token can be tried against it."""


class ApiTokens(StandingStream):
    """All tokens of a home."""

    TOPIC = "api-tokens"

    class Issued(DeskStream.Event):
        """A system got a token; one that it had before is void."""

        TOPIC = "api-tokens.issued"
        actor: UUID
        scopes: list[str]
        digest: str

    class Revoked(DeskStream.Event):
        """A system has no token any more."""

        TOPIC = "api-tokens.revoked"
        actor: UUID

    @classmethod
    def of_home(cls) -> Self:
        """The tokens, not yet read."""
        return cls.at_version_zero(api_tokens_stream())

    # --- Commands ---

    def issue(self, actor: UUID, scopes: Sequence[Scope], digest: str, act: Act) -> None:
        """Give a system a token."""
        self.trigger_event(self.Issued, actor=actor, scopes=sorted(scopes), digest=digest, **act.build_fields())

    def revoke(self, actor: UUID, act: Act) -> None:
        """Take the token of a system away."""
        if actor not in self.tokens:
            raise NoApiToken(actor)
        self.trigger_event(self.Revoked, actor=actor, **act.build_fields())

    # --- What the events do ---

    def begin(self) -> None:
        """No system has a token."""
        self.tokens: dict[UUID, ApiToken] = {}

    @event(Issued)
    def _issued(self, actor: UUID, scopes: list[str], digest: str) -> None:
        self.tokens[actor] = ApiToken(actor, scopes, digest)

    @event(Revoked)
    def _revoked(self, actor: UUID) -> None:
        self.tokens.pop(actor, None)
