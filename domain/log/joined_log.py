"""The log of a kiosk that has joined a hub: its own log, to which it appends, and a copy of the log of its unit.

Rule: a stream has one writer, and the name of a kiosk is given once. So what this kiosk writes stands in the own log,
and every other stream in the copy. Only the own log is verified: what the copy holds, the hub has.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import TypeVar
from uuid import UUID

from eventsourcing.domain import Aggregate
from typing_extensions import override

from domain.ids import unit_stream
from domain.log.chain_walk import Verdict
from domain.log.event_log import TAIL_EVENTS, EventLog
from domain.log.joined_recorder import CopiedStreams, JoinedRecorder, LogCopy
from domain.log.known_streams import KnownStreams, WritingBlock
from domain.log.lenient import UndecodableEvent
from domain.log.stored_names import StoredNames
from domain.model.streams import KioskStream, StreamKey
from domain.model.unit import Unit

A = TypeVar("A", bound=Aggregate)


class JoinedLog(EventLog):
    """Both as one log."""

    def __init__(
        self, own: EventLog, copy: LogCopy, names: StoredNames, kiosk: str, build_unit: Callable[[], Unit]
    ) -> None:
        """The own log of a kiosk, open, and the copy; both are closed with it.

        `build_unit` makes the unit as it was when the kiosk joined: it counts while the copy does not hold any.
        """
        super().__init__(JoinedRecorder(own, own._recorder, copy), names)  # noqa: SLF001 - of the same class
        self._own = own
        self._kiosk = kiosk
        self._streams = KnownStreams(own._recorder)  # noqa: SLF001 - of the same class
        self._copy = copy
        self._copied = KnownStreams(CopiedStreams(copy))
        self._build_unit = build_unit

    @property
    @override
    def own(self) -> EventLog:
        return self._own

    def find_since(self) -> date | None:
        """From which day on the copy holds visits and duties; None where the hub said none. Raises: CannotRead."""
        return self._copy.find_since()

    @override
    def load_lenient(self, kind: type[A], stream: UUID) -> tuple[A | None, list[UndecodableEvent]]:
        found, undecodable = super().load_lenient(kind, stream)
        unit = self._build_unit() if found is None and stream == unit_stream() else None
        return (unit if isinstance(unit, kind) else found), undecodable

    @override
    def writing(self) -> AbstractContextManager[None]:
        return WritingBlock(self._recorder.writing(), self._streams, self._copied)

    @override
    def find_versions(self, streams: Sequence[StreamKey]) -> list[int]:
        stores = [self._find_streams(stream) for stream in streams]
        found = {
            store: iter(
                store.find_versions([stream.id for stream, at in zip(streams, stores, strict=True) if at is store])
            )
            for store in dict.fromkeys(stores)
        }
        return [next(found[store]) for store in stores]

    @override
    def _find_streams(self, of: Aggregate | type[Aggregate] | StreamKey) -> KnownStreams:
        is_own = isinstance(of, KioskStream | StreamKey) and of.writer == self._kiosk
        return self._streams if is_own else self._copied

    @override
    def verify(self) -> Verdict:
        return self._own.verify()

    @override
    def verify_tail(self, most: int = TAIL_EVENTS) -> Verdict:
        return self._own.verify_tail(most)
