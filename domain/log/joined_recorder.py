"""What the log of a kiosk with a hub is kept in: a recorder of its own events, and a copy of the log of its unit.

Rule: what is written goes to the own log. Where only the id of a stream is known, the own log is asked, then the copy.
Where the order of all events counts, it is that of the copy, into which the own events are copied first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from domain.log.chain import Head
from domain.log.chain_walk import LogFault, StoredRow
from domain.log.errors import CannotWrite, LogBusy, LogIsReadOnly, WrittenAtHub
from domain.log.event_log import EventLog
from domain.log.event_rows import LAST_POSITION, EventRow
from domain.log.head_file import KeptHead
from domain.log.recorder import FIRST_POSSIBLE, Growth, Recorder, SourceStore
from domain.log.reserve import Reserve
from domain.log.source_heard import SourceHeard
from domain.log.source_rows import Origin
from domain.log.stream_ownership import KIOSK_STREAMS

T = TypeVar("T")


class LogCopy(Protocol):
    """A copy of the log of a unit, which may be replaced at any time."""

    def read(self, read: Callable[[Recorder], T]) -> T:
        """What is found in the copy that stands there now. Raises: CannotRead."""
        ...

    def add_own(self, log: EventLog) -> None:
        """Copy the events of the own log that are not in it yet. Raises: CannotWrite, LogBusy, LogIsReadOnly."""
        ...

    def find_since(self) -> date | None:
        """From which day on it holds visits and duties; None where the hub said none. Raises: CannotRead."""
        ...

    def limit_wait(self, seconds: float) -> None:
        """From now on wait at most so long for other programs that write to it."""
        ...

    def close(self) -> None:
        """Give the files back."""
        ...


class CopiedStreams:
    """The streams in a copy."""

    def __init__(self, copy: LogCopy) -> None:
        self._copy = copy

    def read_growth(self, after: int) -> Growth:
        """The streams that grew behind a position of the copy that stands there now."""
        return self._copy.read(lambda copy: copy.read_growth(after))

    def read_stream(self, stream: UUID, after: int) -> list[EventRow]:
        """The events of a stream above a version."""
        return self._copy.read(lambda copy: copy.read_stream(stream, after))

    def read_last_versions(self, streams: Sequence[UUID]) -> Sequence[int]:
        """The version of the last event of each stream, in their order; 0 where there is none."""
        return self._copy.read(lambda copy: copy.read_last_versions(streams))


class JoinedRecorder:
    """What is written goes to the own log; what is read comes from both."""

    def __init__(self, own_log: EventLog, own: Recorder, copy: LogCopy) -> None:
        self._own_log = own_log
        self._own = own
        self._copy = copy
        self._copied = CopiedStreams(copy)

    @property
    def log_id(self) -> UUID:
        """The name of the copy: who follows another one starts over."""
        return self._copy.read(lambda copy: copy.log_id)

    @property
    def sources(self) -> SourceStore:
        """Those of the own log: it has none."""
        return self._own.sources

    @property
    def place(self) -> Path | str:
        """Of the own log."""
        return self._own.place

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return self._own.read_only

    @property
    def reserve(self) -> Reserve | None:
        """The room that is kept for taps."""
        return self._own.reserve

    def hold_views_folder(self, *, in_memory: bool) -> AbstractContextManager[Path]:
        """A scratch folder beside the own log."""
        return self._own.hold_views_folder(in_memory=in_memory)

    def copy_to(self, into: Path) -> None:
        """Write the own log to a new file."""
        self._own.copy_to(into)

    def close(self) -> None:
        """Close both."""
        self._own.close()
        self._copy.close()

    # --- Writing: the own log ---

    def writing(self) -> AbstractContextManager[None]:
        """No other program appends to the own log inside. The copy may grow meanwhile."""
        return self._own.writing()

    def is_writing(self) -> bool:
        """This thread is inside `writing`."""
        return self._own.is_writing()

    def limit_wait(self, seconds: float) -> None:
        """From now on wait at most so long for other writers of the own log, and of the copy."""
        self._own.limit_wait(seconds)
        self._copy.limit_wait(seconds)

    def insert_events(self, stored_events: Sequence[StoredEvent], origin: Origin | None = None) -> Sequence[int]:
        """Add all to the own log, or none. Raises: WrittenAtHub for a stream that no kiosk writes."""
        for event in stored_events:
            if event.topic.partition(".")[0] not in KIOSK_STREAMS:
                raise WrittenAtHub(self._own.place, event.topic)
        return self._own.insert_events(stored_events, origin)

    def write_heard(self, heard: SourceHeard) -> None:
        """A kiosk takes from no source; what is kept of one stands in the own log."""
        self._own.write_heard(heard)

    def renew_name(self, log_id: UUID | None = None) -> UUID:
        """Give the own log a new name."""
        return self._own.renew_name(log_id)

    def probe(self) -> None:
        """See whether a tap could be written."""
        self._own.probe()

    def last_given(self) -> int:
        """The last position that was given in the own log."""
        return self._own.last_given()

    def read_growth(self, after: int) -> Growth:
        """The streams of the own log that grew behind a position of it."""
        return self._own.read_growth(after)

    # --- Reading a stream: the own log, then the copy ---

    def read_stream(self, stream: UUID, after: int) -> list[EventRow]:
        """The events of a stream above a version."""
        return self._own.read_stream(stream, after) or self._copied.read_stream(stream, after)

    def read_last_versions(self, streams: Sequence[UUID]) -> Sequence[int]:
        """The version of the last event of each stream, in their order; 0 where there is none."""
        both = zip(self._own.read_last_versions(streams), self._copied.read_last_versions(streams), strict=True)
        return [own or copied for own, copied in both]

    # --- Reading in the order of all events: the copy ---

    def list_names(self) -> list[UUID]:
        """Every name of the copy."""
        return self._copy.read(lambda copy: copy.list_names())

    def head(self) -> Head:
        """Where the copy ends, with the own events in it."""
        self._copy_own_events()
        return self._copy.read(lambda copy: copy.head())

    def read_onward(self, after: int, limit: int, upto: int = LAST_POSITION) -> list[EventRow]:
        """At most `limit` events behind a position of the copy, none behind `upto`."""
        self._copy_own_events()
        return self._copy.read(lambda copy: copy.read_onward(after, limit, upto))

    def read_topic(self, topic: str) -> list[EventRow]:
        """The events of one stored name, in the order of the copy."""
        self._copy_own_events()
        return self._copy.read(lambda copy: copy.read_topic(topic))

    def chain_at(self, position: int) -> bytes:
        """The chain of the copy at a position."""
        return self._copy.read(lambda copy: copy.chain_at(position))

    def find_chain(self, position: int) -> bytes | None:
        """The same; None where no event stands."""
        return self._copy.read(lambda copy: copy.find_chain(position))

    def find_position(self, chain: bytes, before: int) -> int | None:
        """The last position of the copy below `before` with a chain."""
        return self._copy.read(lambda copy: copy.find_position(chain, before))

    def find_positions(self, chains: Sequence[bytes]) -> Mapping[bytes, int]:
        """Where those of some chains stand that an event of the copy has."""
        return self._copy.read(lambda copy: copy.find_positions(chains))

    def _copy_own_events(self) -> None:
        """Where the copy cannot be written now, the next reader copies them."""
        with suppress(LogBusy, CannotWrite, LogIsReadOnly):
            self._copy.add_own(self._own_log)

    # --- Verifying: the own log ---

    def read_raw(self, upto: int, batch: int = 2_000, start: int = FIRST_POSSIBLE) -> Iterator[list[StoredRow]]:
        """The rows of the own log, undecoded."""
        return self._own.read_raw(upto, batch, start)

    def find_damage(self) -> LogFault | None:
        """What is wrong with the file of the own log."""
        return self._own.find_damage()

    def read_kept_head(self) -> KeptHead | None:
        """The head of the own log that was kept."""
        return self._own.read_kept_head()

    def keep_verified_head(self, verified: Head) -> None:
        """Keep how far the own log was verified."""
        self._own.keep_verified_head(verified)
