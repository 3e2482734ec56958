"""What the event log needs of a store, and nothing else: a file of SQLite, or a server of PostgreSQL.

Rule: rows are only ever added. Position and chain of a row are decided inside the transaction that adds it, from the
last row as that transaction sees it; so positions have no gap, and a reader that asks for those behind its own misses
none. Every failure leaves a store as a `LogError`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString, NamedTuple, Protocol, Self
from uuid import UUID

from domain.log.chain import Head
from domain.log.chain_walk import LogFault, StoredRow
from domain.log.event_rows import LAST_POSITION, EventRow
from domain.log.head_file import KeptHead
from domain.log.reserve import Reserve
from domain.log.source_heard import SourceHeard
from domain.log.source_rows import Origin, TakenEvent

if TYPE_CHECKING:
    from eventsourcing.persistence import StoredEvent

FIRST_POSSIBLE = -(2**63)
"""Where a walk begins: a row below position 1 is nothing that we wrote."""


class SourceStore(Protocol):
    """What a store keeps of the sources of a log: nothing of one that joined and has sent nothing yet."""

    def find_head(self, source: UUID) -> Head:
        """How far the log of a source was taken. Raises: CannotRead."""
        ...

    def find_chain(self, source: UUID, position: int) -> bytes | None:
        """The chain of a source at a position that was taken; None at any other. Raises: CannotRead."""
        ...

    def read_events(self, source: UUID, after: int, limit: int) -> list[TakenEvent]:
        """At most `limit` events of a source behind a position of it, in its order; a row without one has no bytes.

        Raises: CannotRead.
        """
        ...

    def list_names(self) -> list[str]:
        """Every source of which rows stand here, by its `log_id`. Raises: CannotRead."""
        ...

    def find_received(self, first: int, last: int) -> Mapping[int, datetime]:
        """When each event between two positions was taken, both included; those alone that were. Raises: CannotRead."""
        ...

    def list_heard(self) -> list[SourceHeard]:
        """What is known of each source that was heard. Raises: CannotRead."""
        ...

    def find_positions(self, source: UUID, after: int, upto: int) -> set[int]:
        """Where in this log events of a source stand, behind a position up to another. Raises: CannotRead."""
        ...


MOST_GROWTH = 500
"""Events that were added of which a store says to which streams; where there are more, any may have grown."""


STORED_ID = re.compile("[0-9a-f]{32}")
"""An id as a store writes it."""


class Growth(NamedTuple):
    """What was added to a log behind a position."""

    log_id: UUID
    last_given: int
    """The last position that was ever given."""
    ends: Mapping[int, int] | None
    """The last version of each stream that grew, by its id as a number; None where too many were added."""

    @classmethod
    def build(cls, log_id: UUID, rows: Sequence[tuple[int, str | None, int]]) -> Self:
        """From position, stream and version of each event, and one row with the last position alone."""
        ends: dict[int, int] = {}
        for _, name, version in rows:
            if name and STORED_ID.fullmatch(name):  # another one, in a damaged log, is the name of no stream
                stream = int(name, 16)
                ends[stream] = max(version, ends.get(stream, 0))
        return cls(log_id, max(row[0] for row in rows), ends if len(rows) <= MOST_GROWTH + 1 else None)


@cache
def list_subqueries(query: LiteralString, count: int) -> LiteralString:
    """One row with what a query finds for each of several values."""
    subqueries: list[LiteralString] = [f"({query})"] * count
    return "SELECT " + ", ".join(subqueries)


class StreamReader(Protocol):
    """What is read of single streams. Each raises CannotRead."""

    def read_growth(self, after: int) -> Growth:
        """The streams that grew behind a position, as one state of the log shows them."""
        ...

    def read_stream(self, stream: UUID, after: int) -> list[EventRow]:
        """The events of a stream above a version, in order."""
        ...

    def read_last_versions(self, streams: Sequence[UUID]) -> Sequence[int]:
        """The version of the last event of each stream, in their order; 0 where there is none."""
        ...


class Recorder(StreamReader, Protocol):
    """One log in its store, over one connection. Threads may share it."""

    @property
    def log_id(self) -> UUID:
        """The name in force, the last of `list_names`."""
        ...

    @property
    def sources(self) -> SourceStore:
        """The sources that the log takes events from."""
        ...

    @property
    def place(self) -> Path | str:
        """Where the log is, for people: its file, or the address of its server."""
        ...

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written, not even beside the log."""
        ...

    @property
    def reserve(self) -> Reserve | None:
        """The room that is kept on the disk for when it is full; None where the disk is a server's."""
        ...

    def hold_views_folder(self, *, in_memory: bool) -> AbstractContextManager[Path]:
        """A scratch folder for read models, for as long as the block lasts. Raises: CannotWrite."""
        ...

    def copy_to(self, into: Path) -> None:
        """Write the log as it is now to a new SQLite file: same positions, bytes and names, so the same chain.

        Raises: CannotRead, CannotWrite.
        """
        ...

    def close(self) -> None:
        """Give everything back; closing twice is closing once. Raises: LogBusy, and stays open then."""
        ...

    # --- Writing -----------------------------------------------------------------------------

    def writing(self) -> AbstractContextManager[None]:
        """No other thread, process or machine appends inside. An append inside is durable when it returns.

        Entered again by the thread that is inside. Raises: LogBusy.
        """
        ...

    def is_writing(self) -> bool:
        """This thread is inside `writing`."""
        ...

    def limit_wait(self, seconds: float) -> None:
        """From now on wait at most so long for other writers."""
        ...

    def insert_events(self, stored_events: "Sequence[StoredEvent]", origin: Origin | None = None) -> Sequence[int]:
        """Add all or none, chained and durable; their positions. With them, where each stood in a source.

        Raises: Conflict, CannotWrite, LogBusy, RowsNotKept, SchemaAltered.
        """
        ...

    def write_heard(self, heard: SourceHeard) -> None:
        """Keep what is known of a source, in place of what was. Raises: CannotWrite, LogBusy."""
        ...

    def renew_name(self, log_id: UUID | None = None) -> UUID:
        """A new `log_id`, or this one, in force from now on. Raises: CannotWrite, LogBusy."""
        ...

    def probe(self) -> None:
        """Write what changes nothing, to see whether a write would last. Raises: CannotWrite, LogBusy."""
        ...

    # --- Reading: each raises CannotRead -----------------------------------------------------

    def list_names(self) -> list[UUID]:
        """Every name that the log has had, the oldest first; at least one. Raises: LogDamaged."""
        ...

    def head(self) -> Head:
        """The last event there is."""
        ...

    def last_given(self) -> int:
        """The last position that was ever given; 0 when none was."""
        ...

    def chain_at(self, position: int) -> bytes:
        """The chain hash of an event that the log holds."""
        ...

    def find_chain(self, position: int) -> bytes | None:
        """The chain hash at a position; None where no event stands."""
        ...

    def find_position(self, chain: bytes, before: int) -> int | None:
        """The last position below `before` with a chain hash; None where no event has it."""
        ...

    def find_positions(self, chains: Sequence[bytes]) -> Mapping[bytes, int]:
        """Where those of some chain hashes stand that an event has."""
        ...

    def read_topic(self, topic: str) -> list[EventRow]:
        """The events of one stored name, in the order of the log."""
        ...

    def read_onward(self, after: int, limit: int, upto: int = LAST_POSITION) -> list[EventRow]:
        """At most `limit` events behind position `after`, none behind `upto`, in order."""
        ...

    # --- Verifying ---------------------------------------------------------------------------

    def read_raw(self, upto: int, batch: int = 2_000, start: int = FIRST_POSSIBLE) -> Iterator[list[StoredRow]]:
        """All rows from one position to another, undecoded, in batches; between two of them nothing is held."""
        ...

    def find_damage(self) -> LogFault | None:
        """What is wrong around the events, in a foreign schema or a damaged file; in any thread, beside a walk.

        Raises: CannotRead, LogDamaged.
        """
        ...

    def read_kept_head(self) -> KeptHead | None:
        """The head that was kept outside of the store; None where none is."""
        ...

    def keep_verified_head(self, verified: Head) -> None:
        """Keep how far the whole chain was verified, where something can be kept. Raises: LogBusy, LogIsReadOnly."""
        ...
