"""The messages between a kiosk and the hub of its unit, each the body of one POST over HTTPS.

Rule: the kiosk asks, the hub answers; nobody calls a kiosk. What is not understood is refused, and nothing of it is
stored. A field that a newer program adds is left unread, so that the two need not be updated at once.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from domain.log.chain import Head
from domain.log.signing import SignedHead
from domain.log.source_messages import MOST_ROWS, Greeting, SourceBatch
from domain.log.source_rows import SourceRow

JOIN, CHALLENGE, SESSION, EXCHANGE, NAMES = "/v1/join", "/v1/challenge", "/v1/session", "/v1/exchange", "/v1/names"
"""The address of each message at the hub."""
LONGEST_WAIT = 25.0
"""Seconds for which a hub may wait for something to send, before it answers that there is nothing."""
MOST_PULLED = 2_000
"""Events that a hub sends at once."""

RefusalCode = Literal[
    "not_understood",
    "wrong_code",
    "name_taken",
    "no_session",
    "unknown_source",
    "key_not_valid",
    "not_signed",
    "behind",
    "stopped",
    "too_much",
    "busy",
]
"""Why a hub took nothing: the body is no message; the code to join is wrong, used or too old; another kiosk has the
name; the token or the nonce is not valid any more; and what `domain.source_errors` says."""

STATUS_OF_REFUSAL: dict[RefusalCode, int] = {
    "not_understood": 400,
    "wrong_code": 403,
    "name_taken": 409,
    "no_session": 401,
    "unknown_source": 403,
    "key_not_valid": 403,
    "not_signed": 403,
    "behind": 409,
    "stopped": 409,
    "too_much": 413,
    "busy": 503,
}
"""The status with which each is answered."""

PublicKey = Annotated[bytes, Meta(min_length=32, max_length=32)]
Chain = Annotated[bytes, Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]
Nonce = Annotated[bytes, Meta(min_length=16, max_length=64)]
Position = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Nanoseconds = int
"""Since 1970, UTC."""


class Refusal(msgspec.Struct, frozen=True):
    """Why the hub took nothing; the status of the answer is that of its code."""

    code: RefusalCode
    held: int | None = None
    """Of `behind`: how far the source is held, so send from there."""
    alarm: str | None = None
    """Of `stopped`: the kind of the alarm that waits for a person."""
    wait_seconds: float | None = None
    """Of `busy`: when to ask again, at the earliest."""


# --- Joining, once ---


class JoinRequest(msgspec.Struct, frozen=True):
    """A new log wants to be taken from now on. The code is proof enough, over a connection to the known hub."""

    code: Annotated[str, Meta(min_length=1, max_length=40)]
    kiosk: Annotated[str, Meta(min_length=1, max_length=60)]
    """The name that it wishes to have."""
    log_id: UUID
    public_key: PublicKey


class JoinAnswer(msgspec.Struct, frozen=True):
    """What a kiosk needs to know of its unit before it is heard for the first time."""

    unit: UUID
    """The name of the unit's log."""
    kiosk: str
    """The name that was given."""
    zone: str
    simulation: bool
    site_key: bytes
    """Without it a kiosk knows no card."""
    kiosks: tuple[str, ...]
    """Every other kiosk of the unit, by name."""


# --- Being heard again ---


class ChallengeRequest(msgspec.Struct, frozen=True):
    """A kiosk wants to be heard again."""

    names: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=100)]
    """Every name that its log had, the last in force."""


class ChallengeAnswer(msgspec.Struct, frozen=True):
    """What it has to sign, within a minute and for one time."""

    nonce: Nonce
    held: Position
    """How far its log is held."""


class SessionRequest(msgspec.Struct, frozen=True):
    """A greeting, as `domain.log.source_messages.Greeting` says it."""

    nonce: Nonce
    names: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=100)]
    held_position: Position
    held_chain: Chain
    position: Position
    chain: Chain
    signature: Signature

    @classmethod
    def of(cls, greeting: Greeting) -> "SessionRequest":
        """The message of a greeting."""
        held, head = greeting.held, greeting.head
        return cls(
            greeting.nonce,
            tuple(greeting.names),
            held.position,
            held.chain,
            head.position,
            head.chain,
            greeting.signature,
        )

    def build_greeting(self) -> Greeting:
        """The greeting of the message."""
        held, head = Head(self.held_position, self.held_chain), Head(self.position, self.chain)
        return Greeting(self.nonce, self.names, held, head, self.signature)


class SessionAnswer(msgspec.Struct, frozen=True):
    """The kiosk is heard."""

    token: str
    """For an hour, in each exchange."""
    held: Position
    """How far its log is held: send from there."""
    hub_time: Nanoseconds


# --- Sending and being sent ---


class SentRow(msgspec.Struct, frozen=True, array_like=True):
    """An event that a kiosk sends; its position follows from its place."""

    stream: UUID
    version: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    topic: str
    state: bytes


class Push(msgspec.Struct, frozen=True):
    """Events of its own log that follow one another, and its head behind them, signed; without any a sign of life."""

    log_id: UUID
    """The name in force of its log."""
    after: Position
    chain_after: Chain
    rows: Annotated[tuple[SentRow, ...], Meta(max_length=10 * MOST_ROWS)]
    chain: Chain
    """Behind the last of them."""
    signature: Signature

    @classmethod
    def of(cls, batch: SourceBatch) -> "Push":
        """The message of a batch."""
        rows = tuple(SentRow(*row) for row in batch.rows)
        end = batch.end
        return cls(end.log_id, batch.after, batch.chain_after, rows, end.head.chain, end.signature)

    def build_batch(self) -> SourceBatch:
        """The batch of the message."""
        rows = [SourceRow(row.stream, row.version, row.topic, row.state) for row in self.rows]
        end = SignedHead(self.log_id, Head(self.after + len(rows), self.chain), self.signature)
        return SourceBatch(self.after, self.chain_after, rows, end)


class Pull(msgspec.Struct, frozen=True):
    """How far the kiosk has copied the log of its unit."""

    unit: UUID | None
    """The name that the unit's log had then; None for a copy that is empty."""
    after: Position
    """The position up to which the hub has sent what is for this kiosk."""
    chain_after: Chain
    """Of the unit's log there, as the hub said."""
    since: date | None = None
    """Of the copy, as the hub said."""
    limit: Annotated[int, Meta(ge=1)] = MOST_PULLED
    wait_seconds: Annotated[float, Meta(ge=0, le=LONGEST_WAIT)] = 0.0
    """How long to wait while there is nothing to send."""


class ExchangeRequest(msgspec.Struct, frozen=True):
    """Either of the two, or both. A kiosk may pull over one connection while it pushes over another."""

    token: str
    push: Push | None = None
    pull: Pull | None = None


class CopiedRow(msgspec.Struct, frozen=True, array_like=True):
    """An event of another writer, for the copy of a kiosk. Positions grow, and have holes: not everything is for it."""

    position: Position
    """In the log of the unit."""
    stream: UUID
    version: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    topic: str
    state: bytes


class Copied(msgspec.Struct, frozen=True):
    """What the hub sends of the unit's log."""

    unit: UUID
    upto: Position
    """All up to here was sent, or is not for this kiosk."""
    chain_upto: Chain
    rows: tuple[CopiedRow, ...]
    begins_anew: bool = False
    """What the kiosk has copied is not of this log, or of a part of it that is gone: begin with an empty copy."""
    since: date | None = None
    """From which day on it holds visits and duties, from its beginning to its end: kept with the position."""
    leaves: bytes | None = None
    """What the chain is computed of, 32 bytes for each event of the unit's log up to `upto`, also of those that are not
    for this kiosk; None of a hub of an older version."""


class ExchangeAnswer(msgspec.Struct, frozen=True):
    """What came of both."""

    hub_time: Nanoseconds
    position: Position
    """Where the log of the unit ends."""
    kiosks: tuple[str, ...]
    """Every other kiosk of the unit, by name."""
    held: Position | None = None
    """How far the kiosk's log is held, where it pushed."""
    copied: Copied | None = None
    """Where it pulled."""


# --- Names, masked as the screen shows them ---


class NamesRequest(msgspec.Struct, frozen=True):
    """The kiosk wants the names that its screen shows."""

    token: str
    known: bytes = b""
    """The digest of those that it has."""


class MaskedName(msgspec.Struct, frozen=True, array_like=True):
    """How a volunteer is greeted. A full name never leaves the hub."""

    volunteer_id: UUID
    name: str
    language: str | None


class NamesAnswer(msgspec.Struct, frozen=True):
    """All names that the kiosk may need, or None where it has them. Who is not among them any more it deletes."""

    digest: bytes
    names: tuple[MaskedName, ...] | None
