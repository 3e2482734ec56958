"""Whose stream an event of a source stands in: a kiosk writes its own streams, and those derive from what it says.

Rule: the stream is derived again from the event's own fields, and the kiosk that they name is the one that joined. A
kind of event that this program does not know is taken when it belongs to a kind of stream that kiosks write, and says
the fields that this derives from: read models quarantine it. A kind of stream that it does not know is not taken,
because nothing tells whose it is; the program that takes is updated first.
"""

import re
from collections.abc import Container, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

import msgspec

from domain.calendar import ServiceDays
from domain.log.event_rows import EventRow
from domain.log.source_rows import SourceRow
from domain.model.attendance import Attendance, RefusedTaps
from domain.model.kiosk_clock import BootsPutRight, KioskClock
from domain.model.streams import KioskStream, WrittenFields
from domain.typed_decoding import build_json_decoder

TOPIC = re.compile(r"([a-z-]{1,40})\.(?!created$)[a-z-]{1,80}")
"""The stored name of an event; that of the first event of a standing stream is never written."""
KIOSK_STREAMS = {kind.TOPIC: kind for kind in (Attendance, RefusedTaps, KioskClock, BootsPutRight)}
"""The kinds of stream that a kiosk writes."""
_A_DAY = timedelta(days=1)
_read_fields = build_json_decoder(WrittenFields).decode


def find_foreign_row(rows: Iterable[SourceRow], kiosk: str, days: ServiceDays) -> int | None:
    """The first of some events that stands in no stream of a kiosk, counted from 0; None where each is its own."""
    return next((index for index, row in enumerate(rows) if not is_of_kiosk(row, kiosk, days)), None)


def is_of_kiosk(row: SourceRow, kiosk: str, days: ServiceDays) -> bool:
    """Whether an event stands in a stream of this kiosk, by its own fields."""
    return find_writer(row, (kiosk,), days) is not None


def find_writer_of_stored(row: EventRow, kiosks: Container[str], days: ServiceDays) -> str | None:
    """As `find_writer`, of an event as the store keeps it."""
    _, stream, version, topic, state = row
    try:
        return find_writer(SourceRow(UUID(stream), version, topic, state), kiosks, days)
    except ValueError:  # no id of a stream
        return None


def find_writer(row: SourceRow, kiosks: Container[str], days: ServiceDays) -> str | None:
    """In whose stream an event stands by its own fields, where that is one of these kiosks; else None."""
    kind = _find_kind(row.topic)
    written = _read_written(row.state) if kind else None
    if kind is None or written is None or row.version < 1 or written.kiosk not in kiosks:
        return None
    day = _find_day(written.at, days)
    if day is None:
        return None
    # The kiosk may not have known where its unit ends a day.
    is_there = row.stream == kind.derive_id(written, day) or row.stream in (
        kind.derive_id(written, day - _A_DAY),
        kind.derive_id(written, day + _A_DAY),
    )
    return written.kiosk if is_there else None


@lru_cache(maxsize=256)
def _find_kind(topic: str) -> type[KioskStream] | None:
    """The kind of stream that a kiosk writes and an event of this stored name stands in."""
    found = TOPIC.fullmatch(topic)
    return KIOSK_STREAMS.get(found[1]) if found else None


def _read_written(state: bytes) -> WrittenFields | None:
    """What an event says that its stream derives from; None where it does not say it."""
    try:
        written = _read_fields(state)
    except (msgspec.MsgspecError, ValueError):  # no JSON, no such fields, no UTF-8
        return None
    return written if written.at.tzinfo is not None else None


def _find_day(at: datetime, days: ServiceDays) -> date | None:
    """The service day of an instant; None at the end of all dates, or their beginning, where no day lies around it."""
    try:
        day = days.of(at)
    except (ValueError, OverflowError):
        return None
    return day if date.min < day < date.max else None
