"""When each source was last heard, and whether all that it had recorded until then is held.

Rule: what a source showed is kept as the hub's clock saw it. A source that sends nothing more signs where its log ends:
a greeting does, and a batch without events. The end of a batch with events may have more behind it.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.log.chain import EMPTY_HEAD, Head

HEARD_STEP = timedelta(minutes=1)
"""A sign of life that says nothing new is written down so often: a kiosk that waits for news gives one every 25 s."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class SourceHeard(NamedTuple):
    """What is known of a source since it was last heard. Instants are those of the clock of the log that takes."""

    source: UUID
    """The `log_id` under which the source joined."""
    at: datetime
    """When it was last heard."""
    head: Head
    """The farthest end that it has shown: what stands there beyond the held position is still to come."""
    complete_at: datetime | None
    """When it last showed that all it had recorded was held; None where it never did."""

    @classmethod
    def build(cls, source: UUID, at: int, position: int, chain: bytes, complete_at: int | None) -> "SourceHeard":
        """From the columns in which the stores keep it."""
        complete = None if complete_at is None else read_microseconds(complete_at)
        return cls(source, read_microseconds(at), Head(position, chain), complete)

    def list_columns(self) -> tuple[UUID, int, int, bytes, int | None]:
        """As the stores keep it."""
        complete_at = None if self.complete_at is None else count_microseconds(self.complete_at)
        return (self.source, count_microseconds(self.at), self.head.position, self.head.chain, complete_at)

    def is_news(self, known: "SourceHeard | None") -> bool:
        """Whether this is worth a write of its own beside what is known."""
        return (
            known is None
            or self.head != known.head
            or abs(self.at - known.at) >= HEARD_STEP
            or (self.complete_at == self.at and known.complete_at != known.at)
        )


def hear_source(
    known: SourceHeard | None, source: UUID, at: datetime, shown: Head, held: Head, *, is_end: bool
) -> SourceHeard:
    """What is known of a source after it showed a head; `is_end`: it says that its log ends there."""
    farthest = max(known.head if known else EMPTY_HEAD, shown, held, key=lambda head: head.position)
    is_complete = is_end and held.position >= farthest.position
    return SourceHeard(source, at, farthest, at if is_complete else known and known.complete_at)


def count_microseconds(at: datetime) -> int:
    """An instant as the stores keep it: since 1970, UTC."""
    return (at - _EPOCH) // _MICROSECOND


def read_microseconds(count: int) -> datetime:
    """The instant that a store kept."""
    return _EPOCH + count * _MICROSECOND
