"""Corrections as the log holds them: those that bear on a service day."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from domain.calendar import ServiceDays
from domain.log.event_log import EventLog
from domain.model.corrections import CorrectionEvent, Corrections, fold_corrections
from domain.model.visits import NO_CORRECTIONS, DayCorrections


def find_stored_days(day: int, days: ServiceDays) -> range:
    """The days under which the log may hold what counts on a service day: its neighbours too, if ends were moved."""
    reach = 1 if days.were_moved else 0
    return range(day - reach, day + reach + 1)


def combine_corrections(
    log: EventLog, streams: Iterable[Corrections], *, without: CorrectionEvent | None = None
) -> DayCorrections:
    """What the corrections of one volunteer in several streams add up to; `without` leaves one of them out.

    The streams are read already.
    """
    written = [stream for stream in streams if stream.made]
    if not written:
        return NO_CORRECTIONS
    made = written[0].made if len(written) == 1 else _merge_by_position(log, written)
    return fold_corrections(made, without=without)


def _merge_by_position(log: EventLog, streams: Sequence[Corrections]) -> list[CorrectionEvent]:
    """The corrections of several streams in the order in which they were recorded."""
    entries = [entry for stream in streams for entry in log.read_stream_lenient(stream.id)]
    entries.sort(key=attrgetter("position"))
    return [entry.event for entry in entries if isinstance(entry.event, CorrectionEvent)]
