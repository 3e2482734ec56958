"""The next events of the own log that the hub has not yet, as a signed batch.

Rule: what is sent is what the log proves. A log whose events do not lead to its own chain is damaged or was altered,
and nothing of it is signed.
"""

from uuid import UUID

from domain.log.chain import GENESIS, Head
from domain.log.event_log import EventLog
from domain.log.signing import SigningKey
from domain.log.source_messages import MOST_BYTES, MOST_ROWS, Greeting, SourceBatch, build_batch, build_greeting
from domain.log.source_rows import SourceRow

MOST_NAMES = 100
"""Of a log, in a greeting: the last of them."""


class OwnLogAltered(Exception):
    """The events of the own log do not lead to its chain."""


class OwnLog:
    """The log of a kiosk, with the key that signs for it."""

    def __init__(self, log: EventLog, key: SigningKey) -> None:
        self._log = log
        self._key = key

    def list_names(self) -> tuple[UUID, ...]:
        """Every name that it had, the last in force."""
        return tuple(self._log.list_names()[-MOST_NAMES:])

    def find_end(self) -> int:
        """The position of its last event."""
        return self._log.head().position

    def build_greeting(self, nonce: bytes, held: int) -> Greeting:
        """A greeting for a hub that said how far it holds this log."""
        head = self._log.head()
        known = min(held, head.position)
        return build_greeting(self._key, nonce, self.list_names(), Head(known, self._find_chain(known)), head)

    def build_batch(self, after: int, most_rows: int = MOST_ROWS) -> SourceBatch:
        """The events behind a position that the log has, as many as the hub takes at once. Raises: OwnLogAltered."""
        rows = [
            SourceRow(UUID(stream), version, topic, state)
            for _, stream, version, topic, state in self._log.read_rows(after, most_rows)
        ]
        batch = build_batch(self._key, self._log.log_id, after, self._find_chain(after), _limit_bytes(rows))
        if batch.end.head.chain != self._find_chain(batch.end.head.position):
            raise OwnLogAltered
        return batch

    def _find_chain(self, position: int) -> bytes:
        return self._log.chain_at(position) if position else GENESIS


def _limit_bytes(rows: list[SourceRow]) -> list[SourceRow]:
    """As many of them as are taken at once; at least one."""
    size = 0
    for number, row in enumerate(rows):
        size += len(row.state)
        if number and size > MOST_BYTES:
            return rows[:number]
    return rows
