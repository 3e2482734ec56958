"""What a document is built from: the read models of one state of the log, and how they are opened.

Rule: nothing but the log, up to a position and as of an instant, decides what a document says; what a file of the unit
adds shows in its code. Persons are looked up when it is written.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from domain.log.event_log import EventLog
from domain.log.event_rows import PAGE
from domain.spans import Second, second
from kiosk.documents.definition import LogPosition
from kiosk.home import Home
from kiosk.people.people import People
from projections.engine.as_of import views_as_of, views_at
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.projectors.unit_rules import read_unit


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """One state of a home."""

    views: Views
    unit: UnitInForce
    """The unit's policies and calendar, as that state of the log has them."""
    unit_name: str
    log: LogPosition
    events: EventLog
    people: People
    """For what a builder has to know of persons: their order, their ages. No name goes into a document here."""
    folder: Path
    """Of the home, for the files of the unit. They are of now: who uses one names its digest in `Document.sources`."""

    @property
    def today(self) -> date:
        """The service day of the instant as of which it is evaluated."""
        return self.unit.days.of(self.log.as_of)

    @property
    def past(self) -> Second | None:
        """The instant by which all of it had been recorded; None of what it is now."""
        return second(self.log.as_of) if self.log.is_past else None


def build_source(home: Home, views: Views, *, past: Second | None = None) -> DocumentSource:
    """A source over views that stand still meanwhile; `past` is the instant of which they are, None is now."""
    position, as_of = views.position, datetime.fromtimestamp(views.evaluated_at, home.zone)
    chain = home.log.chain_at(position).hex()
    state = LogPosition(as_of, position, chain, is_past=past is not None, is_simulation=home.simulation)
    unit = read_unit(home.log, past, upto=position)
    return DocumentSource(views, unit, home.read_unit_name(), state, home.log, home.people, home.path)


@contextmanager
def open_source(home: Home, as_of: Second | None = None, live: Views | None = None) -> Generator[DocumentSource]:
    """The source of now, or of what had been recorded by an instant. Raises: LogError, UserError.

    The past over `live` views, which are caught up; else from the log alone, which proves it.
    """
    if as_of is not None:
        with views_as_of(home.log, as_of, upto=find_last_position(home.log, as_of), live=live) as views:
            yield build_source(home, views, past=as_of)
        return
    home.views.catch_up(None if home.simulation else home.now_second())
    with home.views.hold_snapshot():
        yield build_source(home, home.views)


def find_last_position(log: EventLog, as_of: Second) -> int:
    """The last event that was recorded by an instant: what comes later changes nothing of a document as of then."""
    last = log.head().position
    while rows := log.read_rows(max(0, last - PAGE), PAGE, last):
        stamps = zip(reversed(rows), reversed(log.list_recorded_at(rows)), strict=True)
        if known := next((row[0] for row, stamp in stamps if stamp is None or second(stamp) <= as_of), 0):
            return known
        last = rows[0][0] - 1
    return 0


@contextmanager
def reopen_source(home: Home, log: LogPosition) -> Generator[DocumentSource]:
    """The source of a document that was handed out, built again from the log alone: it is to be proved.

    Raises: LogError.
    """
    as_of, position = second(log.as_of), log.position
    opened = views_as_of(home.log, as_of, upto=position) if log.is_past else views_at(home.log, position, as_of)
    with opened as views:
        yield build_source(home, views, past=as_of if log.is_past else None)
