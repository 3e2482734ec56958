"""The unit's rules as a point of the log has them: policies, opening hours, calendar. A short stream, read whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar import OpenDays, ServiceDays
from domain.ids import unit_stream
from domain.log.event_log import EventLog
from domain.policy import Adoption, Policies
from domain.spans import Second, second
from domain.unit import Unit, opening_hours
from projections.reckoning.facts import EventWindow, UnitInForce


@dataclass
class _Read:
    zone: str = "Asia/Taipei"
    category: str | None = None
    opens: Sequence[dict[str, Any]] = ()
    adoptions: list[Adoption] = field(default_factory=list[Adoption])
    closed: dict[int, list[str]] = field(default_factory=dict[int, list[str]])


def read_unit(log: EventLog, as_of: Second | None, events: Sequence[EventWindow] = ()) -> UnitInForce:
    """The unit as the log said at a recorded instant; None means now."""
    read = _Read()
    for entry in log.events_of(unit_stream()):
        if as_of is None or second(entry.event.timestamp) <= as_of:
            _evolve(read, entry.event)
    zone, policies = ZoneInfo(read.zone), Policies(read.adoptions)
    closed = frozenset(_dates(read.closed.values()))
    open_days = OpenDays(zone, opening_hours(read.opens), closed)
    return UnitInForce(ServiceDays(zone, policies.day_ends), policies, read.category, open_days, events)


def _evolve(read: _Read, event: object) -> None:
    match event:
        case Unit.Created(zone=zone):
            read.zone = zone
        case Unit.Opened(category=category, opens=opens):
            read.category, read.opens = category, opens
        case Unit.PolicyAdopted(effective_from=effective_from, changes=changes):
            read.adoptions.append(Adoption(date.fromisoformat(effective_from), changes))
        case Unit.CalendarImported(year=year, closed=closed):
            read.closed[year] = closed
        case _:
            pass


def _dates(years: Iterable[list[str]]) -> Iterable[date]:
    return (date.fromisoformat(day) for closed in years for day in closed)
