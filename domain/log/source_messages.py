"""What a source sends: its events in batches, and a greeting before them. Both are signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.log.chain import Head
from domain.log.signing import SignedHead, SigningKey, format_greeting, is_head_signed, is_signed
from domain.log.source_rows import SourceRow, compute_chains

MOST_ROWS = 500
"""Events of one batch."""
MOST_BYTES = 4 * 1024 * 1024
"""Bytes of what the events of one batch say."""


@dataclass(frozen=True)
class SourceBatch:
    """Events of a source that follow one another; without any it is a sign of life."""

    after: int
    """The position before the first of them. Their own follow from it, so a batch has no gap inside."""
    chain_after: bytes
    """The chain there."""
    rows: Sequence[SourceRow]
    end: SignedHead
    """The head of the source behind the last of them, signed."""

    @property
    def is_too_much(self) -> bool:
        """Whether it has more events or bytes than are taken at once."""
        return len(self.rows) > MOST_ROWS or sum(len(row.state) for row in self.rows) > MOST_BYTES

    def find_chains(self, public_key: bytes) -> list[bytes] | None:
        """The chain at `after` and behind each event; None where they do not lead to an end that the source signed."""
        if self.after < 0 or self.end.head.position != self.after + len(self.rows):
            return None
        chains = compute_chains(self.after, self.chain_after, self.rows)
        return chains if chains[-1] == self.end.head.chain and is_head_signed(public_key, self.end) else None


def build_batch(
    key: SigningKey, log_id: UUID, after: int, chain_after: bytes, rows: Sequence[SourceRow]
) -> SourceBatch:
    """The rows of a log behind a position, signed."""
    end = Head(after + len(rows), compute_chains(after, chain_after, rows)[-1])
    return SourceBatch(after, chain_after, rows, key.sign_head(log_id, end))


@dataclass(frozen=True)
class Greeting:
    """What a source says of itself when it is heard again."""

    nonce: bytes
    """What it was given to sign, for this time only. Whether it is that, is for the caller to know."""
    names: Sequence[UUID]
    """Every name that its log had, the last in force."""
    held: Head
    """How far it learned that its log is taken, and its own chain there; where it ends before, at its end."""
    head: Head
    """Where its log ends; read after that."""
    signature: bytes

    def is_signed(self, public_key: bytes) -> bool:
        """Whether the key of a source signed it."""
        return is_signed(public_key, format_greeting(self.nonce, self.names, self.held, self.head), self.signature)


def build_greeting(key: SigningKey, nonce: bytes, names: Sequence[UUID], held: Head, head: Head) -> Greeting:
    """A greeting, signed."""
    return Greeting(nonce, names, held, head, key.sign(format_greeting(nonce, names, held, head)))
