"""Where streams end, as far as it is known inside `writing()`: a stream that did not grow is not read again.

Rule: nobody else appends inside, so one query a block finds what other threads, processes and machines have added since
the block before. Outside of a block nothing is known, and each stream is read.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from threading import get_ident
from typing import Any, cast
from uuid import UUID

from eventsourcing.domain import Aggregate
from eventsourcing.persistence import StoredEvent

from domain.log.event_rows import LAST_POSITION, EventRow
from domain.log.recorder import StreamReader

MOST_STREAMS = 24_576
"""Streams whose end is remembered, of 2,000 cards those that a day at six kiosks asks for: four megabytes. Of more the
one that was asked for longest ago is forgotten."""
MOST_AT_ONCE = 500
"""Streams of one query: SQLite finds 2,000 columns at most, PostgreSQL 1,664."""
MOST_KEPT = 4_096
"""Aggregates that are kept, of the streams that were asked for last: the cards and the people of a unit of 2,000."""


class KnownStreams:
    """The streams of a store. Threads may share it; what is known counts for the one that is inside the block."""

    def __init__(self, reader: StreamReader) -> None:
        self._reader = reader
        self._ends = OrderedDict[int, int]()
        """The last version of streams, by their ids as numbers, the longest unasked first."""
        self._kept = OrderedDict[int, Aggregate]()
        """What streams made, by their ids as numbers, the longest unasked first; read on where its stream grew."""
        self._log_id: UUID | None = None
        self._upto = LAST_POSITION
        self._is_current = False
        """What was added up to now is in `_ends`."""
        self._holder: int | None = None
        """The thread inside the block."""
        self._depth = 0

    def __enter__(self) -> None:
        """For as long as nobody else appends to the store, or as what they append may wait for the next block."""
        if self._holder != get_ident():
            self._holder, self._depth, self._is_current = get_ident(), 0, False
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        """What the thread that entered first knows is no longer said when it leaves last."""
        self._depth -= 1
        if not self._depth:
            self._holder = None

    def expire(self) -> None:
        """Something is appended: what was added is looked up again, unless it is said by `add`."""
        self._is_current = False

    def add(self, positions: Sequence[int], events: Iterable[StoredEvent]) -> None:
        """These events were appended; inside the block they are all there is, where they follow what is known."""
        if self._holder != get_ident() or not positions or positions[0] != self._upto + 1:
            return
        for event in events:
            stream = cast("UUID", event.originator_id).int
            if stream in self._ends:
                self._ends[stream] = event.originator_version
        self._upto, self._is_current = positions[-1], True

    def find_last_given(self) -> int:
        """The last position that was ever given. Raises: CannotRead."""
        if not self._is_current:
            self._look()
        return self._upto

    def read_stream(self, stream: UUID) -> list[EventRow]:
        """All events of a stream, in order. Raises: CannotRead."""
        return self._reader.read_stream(stream, 0)

    def read_behind(self, aggregate: Aggregate) -> list[EventRow]:
        """The events of its stream above the version of an aggregate. Raises: CannotRead."""
        stream, version = aggregate.id, aggregate.version
        if self._find_end(stream) == version:
            return []
        rows = self._reader.read_stream(stream, version)
        if rows or not aggregate.pending_events:
            self._note_end(stream, rows[-1][2] if rows else version)
        return rows

    def find_version(self, stream: UUID) -> int:
        """The version of a stream's last event; 0 where there is none. Raises: CannotRead."""
        return self.find_versions([stream])[0]

    def find_versions(self, streams: Sequence[UUID]) -> list[int]:
        """That of each of several streams: those that are not known are asked for together. Raises: CannotRead."""
        known = [self._find_end(stream) for stream in streams]
        unknown = [stream for stream, end in zip(streams, known, strict=True) if end is None]
        looked_up = iter(self._look_up(unknown) if unknown else ())
        return [next(looked_up) if end is None else end for end in known]

    def take_kept(self, stream: UUID) -> Any:
        """What a stream made when it was last kept, or None; who takes it keeps it again. Raises: CannotRead."""
        if self._holder != get_ident():
            return None
        if not self._is_current:
            self._look()
        return self._kept.pop(stream.int, None)

    def keep(self, stream: UUID, aggregate: Aggregate, *, at_once: bool = False) -> None:
        """Keep what a stream makes that was read to its end in this block, for who reads it alone.

        From the second time on, or at once: what is read once leaves nothing that garbage collection looks through.
        """
        if self._holder == get_ident():
            if at_once or stream.int in self._ends:
                if len(self._kept) >= MOST_KEPT:
                    self._kept.popitem(last=False)
                self._kept[stream.int] = aggregate
            self._note_end(stream, aggregate.version)

    # --- What is known ---

    def _find_end(self, stream: UUID) -> int | None:
        if self._holder != get_ident():
            return None
        if not self._is_current:
            self._look()
        if (version := self._ends.pop(stream.int, None)) is not None:
            self._ends[stream.int] = version
        return version

    def _note_end(self, stream: UUID, version: int) -> None:
        if self._holder == get_ident():
            if len(self._ends) >= MOST_STREAMS:
                self._ends.popitem(last=False)
            self._ends[stream.int] = version

    def _look_up(self, streams: Sequence[UUID]) -> list[int]:
        found = list[int]()
        for first in range(0, len(streams), MOST_AT_ONCE):
            found += self._reader.read_last_versions(streams[first : first + MOST_AT_ONCE])
        for stream, version in zip(streams, found, strict=True):
            self._note_end(stream, version)
        return found

    def _look(self) -> None:
        """Take in what was added; forget all where that is much, or where this is another log, or one cut off."""
        growth = self._reader.read_growth(self._upto)
        if growth.ends is None or growth.log_id != self._log_id or growth.last_given < self._upto:
            self._ends.clear()
            self._kept.clear()
        else:
            for stream, version in growth.ends.items():
                if (known := self._ends.get(stream)) is not None:
                    self._ends[stream] = max(known, version)
        self._log_id, self._upto, self._is_current = growth.log_id, growth.last_given, True


class WritingBlock:
    """The right to write to a store, and inside of it what is known of streams."""

    def __init__(self, right: AbstractContextManager[None], *known: KnownStreams) -> None:
        self._right = right
        self._known = known

    def __enter__(self) -> None:
        self._right.__enter__()
        for streams in self._known:
            streams.__enter__()

    def __exit__(self, *failure: Any) -> None:
        for streams in self._known:
            streams.__exit__()
        self._right.__exit__(*failure)
