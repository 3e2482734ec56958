"""A range of time in the log: which events were recorded in it, at which positions; and the nearest days with taps.

Rule: the order of the log need not be that of the clock. A clock may have been set back, and what an offline kiosk
wrote may have been copied in later, so the whole log is read once.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from domain.calendar import ServiceDays
from domain.log.event_log import EventLog
from domain.log.event_rows import NEVER_WRITTEN, EventRow, is_recorded_instant
from domain.log.gc_pause import PausedCollection
from domain.model.reconciliation import Reconciliation
from domain.spans import Second, Span, instant, second
from domain.typed_decoding import build_json_decoder
from domain.use_cases.past_in_log import TAP_TOPICS

PAGE = 5_000
"""Events read at once; nothing is kept of those outside the range."""


class RecordedPosition(NamedTuple):
    """When an event was written, and where it stands in the log."""

    at: Second
    position: int


class LogRange(NamedTuple):
    """What was recorded between two instants."""

    first: Second
    """What was recorded up to and in this second was known before the range."""
    last: Second
    """The last second that belongs to it."""
    events: list[RecordedPosition]
    """In the order in which they became known."""
    out_of_order: list[Span]
    """Spans in which a later event of a stream was known, and an earlier one was not."""

    def can_advance(self, since: Second, until: Second) -> bool:
        """Whether what becomes known on the way stands in its streams behind all that was known."""
        return not any(start <= since < end <= until for start, end in self.out_of_order)

    def list_halts(self, every: int) -> list[Second]:
        """Instants from which there is a way to every later one, with about so many events between two of them."""
        found = (event.at for event in self.events[every::every])
        return [at for at in found if not any(start <= at < end for start, end in self.out_of_order)]


class _StampedRow(NamedTuple):
    at: datetime
    position: int
    stream: str


def load_log_range(log: EventLog, first: Second, last: Second) -> LogRange:
    """The range after one second, up to and in another. Raises: CannotRead."""
    begins, ends = instant(first + 1), instant(last + 1)
    known: list[_StampedRow] = []
    with PausedCollection():
        for rows in _read_pages(log):
            written = [at or NEVER_WRITTEN for at in log.list_recorded_at(rows)]  # then it was known ever since
            if known or any(begins <= at < ends for at in written):
                known += [
                    _StampedRow(at, row[0], _build_stream_key(row))
                    for at, row in zip(written, rows, strict=True)
                    if at < ends
                ]
    events = sorted(RecordedPosition(second(at), position) for at, position, _ in known if at >= begins)
    return LogRange(first, last, events, list(_find_out_of_order(known)))


def _read_pages(log: EventLog) -> Iterator[list[EventRow]]:
    position = 0
    while rows := log.read_rows(position, PAGE):
        yield rows
        position = rows[-1][0]


def _build_stream_key(row: EventRow) -> str:
    """Reconciliations compare one another's days: for the order among them they are one stream."""
    return row[3] if row[3] == Reconciliation.Created.TOPIC else row[1]


def _find_out_of_order(known: Iterable[_StampedRow]) -> Iterator[Span]:
    """Of every event that was written before an earlier one of its stream: from when to when only it was known."""
    latest: dict[str, datetime] = {}
    for at, _, stream in known:
        highest = latest.setdefault(stream, at)
        if second(at) < second(highest):
            yield second(at), second(highest)
        latest[stream] = max(at, highest)


# --- Days with taps ---


class _TapInstant(msgspec.Struct, gc=False):
    """When a tap happened."""

    at: datetime


_DECODE = build_json_decoder(_TapInstant).decode


def find_nearest_tapped_days(log: EventLog, days: ServiceDays, day: int) -> tuple[int | None, int | None]:
    """The last service day with taps before a day, and the first after it. Reads the whole log."""
    before, after = set[int](), set[int]()
    for rows in _read_pages(log):
        instants = (_decode_instant(row[4]) for row in rows if row[3] in TAP_TOPICS)
        tapped = {days.ordinal(second(at)) for at in instants if at is not None}
        before = set(sorted(before | {one for one in tapped if one < day})[-1:])
        after = set(sorted(after | {one for one in tapped if one > day})[:1])
    return max(before, default=None), min(after, default=None)


def _decode_instant(state: bytes) -> datetime | None:
    """When a tap happened by its kiosk's clock; None where its bytes do not say even that."""
    try:
        at = _DECODE(state).at
    except (msgspec.MsgspecError, ValueError):
        return None
    return at if is_recorded_instant(at) else None
