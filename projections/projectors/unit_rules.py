"""The unit's rules as a point of the log has them: policies, opening hours, calendar. A short stream, read whole."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from domain.calendar import OpenDays, OpeningHours, ServiceDays
from domain.ids import compose_category, unit_stream
from domain.iso_forms import parse_recorded_day
from domain.log.event_log import EventLog
from domain.log.folds import FOLD_ERRORS
from domain.model.unit import Unit, parse_opening_hours
from domain.policy import Adoption, Policies
from domain.spans import Second, second
from projections.evaluation.facts import EventWindow, UnitInForce


@dataclass
class UnitState:
    """What the events of the unit add up to."""

    zone: str = "Asia/Taipei"
    category: str | None = None
    opened_at: Second | None = None
    opens: Sequence[OpeningHours] = ()
    adoptions: list[Adoption] = field(default_factory=list[Adoption])
    closed: dict[int, list[date]] = field(default_factory=dict[int, list[date]])

    def apply(self, event: object) -> None:
        """Take an event in, whole or not at all. Raises what `IMPOSSIBLE` lists over one that cannot be."""
        match event:
            case Unit.Created(zone=zone):
                self.zone = zone
            case Unit.Opened(category=category, opens=opens, at=at):
                self.category, self.opens = compose_category(category), parse_opening_hours(opens)
                self.opened_at = second(at)
            case Unit.PolicyAdopted(effective_from=effective_from, changes=changes):
                self.adoptions.append(_require_usable(Adoption(parse_recorded_day(effective_from), changes)))
            case Unit.CalendarImported(year=year, closed=closed):
                self.closed[year] = [parse_recorded_day(day) for day in closed]
            case _:
                pass


def _require_usable(adoption: Adoption) -> Adoption:
    if not adoption.is_usable:
        raise ValueError("unknown policy parameter")
    return adoption


def read_unit(
    log: EventLog, as_of: Second | None, events: Sequence[EventWindow] = (), upto: int | None = None
) -> UnitInForce:
    """The unit as the log said at a recorded instant, up to a position; None means now, and its end."""
    read = UnitState()
    for entry in log.read_stream_lenient(unit_stream()):
        if upto is not None and entry.position > upto:
            break
        if as_of is None or second(entry.event.timestamp) <= as_of:
            with suppress(*FOLD_ERRORS):  # the handler of the same event reports it
                read.apply(entry.event)
    zone, policies = ZoneInfo(read.zone), Policies(read.adoptions)
    closed = frozenset(day for days in read.closed.values() for day in days)
    open_days = OpenDays(zone, read.opens, closed, frozenset(read.closed))
    days = ServiceDays(zone, policies.day_ends)
    return UnitInForce(days, policies, read.category, open_days, events, opened_at=read.opened_at)
