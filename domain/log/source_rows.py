"""What a log keeps of the sources that it takes events from: where each event stood there, and the chain there.

Rule: an event that was taken has two positions and two chains, of this log and of its source. The bytes are the same,
so the source's own chain is proved again from the rows that stand here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.log.chain import EMPTY_HEAD, Head, compute_leaf, compute_link
from domain.log.chain_walk import LogFault, StoredRow, Verdict, walk_chain
from domain.log.source_heard import SourceHeard

IsSigned = Callable[[Head, bytes], bool]
"""(head, signature) -> whether the source signed that head of its log."""


class SourceRow(NamedTuple):
    """An event as the log of its source holds it; its position follows from its place in a batch."""

    stream: UUID
    version: int
    topic: str
    state: bytes


class SourceLink(NamedTuple):
    """Where an event stood in the log of its source."""

    position: int
    chain: bytes
    signature: bytes | None
    """Of the source, over its head there; the last event of each batch has one."""


class Origin(NamedTuple):
    """From which source some events are taken, where each stood there, and what is known of it with them."""

    links: Sequence[SourceLink]
    heard: SourceHeard

    @property
    def source(self) -> UUID:
        """The `log_id` under which the source joined."""
        return self.heard.source

    @property
    def received(self) -> datetime:
        """When they are taken."""
        return self.heard.at


class TakenRow(NamedTuple):
    """A row beside an event that was taken."""

    position: int
    """In this log."""
    source: UUID
    source_position: int
    chain: bytes
    """Of the source, at its own position."""
    signature: bytes | None
    received: int
    """When it was taken, by the clock of this log: microseconds since 1970."""


class TakenEvent(NamedTuple):
    """An event that was taken, as its source counts it."""

    source_position: int
    stream: str
    version: int
    topic: str
    state: bytes
    chain: bytes
    signature: bytes | None


def compute_chains(after: int, chain: bytes, rows: Iterable[SourceRow]) -> list[bytes]:
    """The chain of a source at `after`, and behind each of the rows that follow."""
    chains = [chain]
    for position, row in enumerate(rows, after + 1):
        leaf = compute_leaf(position, row.stream.hex.encode(), row.version, row.topic.encode(), row.state)
        chain = compute_link(chain, leaf)
        chains.append(chain)
    return chains


def walk_source(batches: Iterable[Sequence[TakenEvent]], is_signed: IsSigned) -> Verdict:
    """Walk the chain of a source along the events that were taken from it, and check each signature on the way.

    Behind the last signature nothing may stand: what a source did not sign was not taken from it.
    """
    head, signed = EMPTY_HEAD, EMPTY_HEAD
    for batch in batches:
        for taken in batch:
            head, fault = walk_chain([_build_row(taken)], head)
            if fault is None and taken.signature is not None:
                fault = None if is_signed(head, taken.signature) else LogFault("not_signed")
                signed = head
            if fault:
                return Verdict(head.position, head, taken.source_position, fault)
    fault = None if signed == head else LogFault("not_signed")
    return Verdict(head.position, head, signed.position + 1 if fault else None, fault)


def _build_row(taken: TakenEvent) -> StoredRow:
    position, stream, version, topic, state, chain, _ = taken
    return StoredRow(position, stream.encode(), version, topic.encode(), state, chain, well_typed=True)


def page_taken(read: Callable[[int], Sequence[TakenEvent]]) -> Iterator[Sequence[TakenEvent]]:
    """Pages of what was taken, from the first; `read` gives those behind a source position."""
    after = 0
    while page := read(after):
        yield page
        after = page[-1].source_position
