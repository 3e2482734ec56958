"""Read model: how many of those who were called to a service event came (R-123). Who did not is not absent."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.spans import Second
from projections.engine.stored_values import read_day, read_numbers
from projections.engine.views import Views
from projections.evaluation.attendance_state import TimeSpan, is_attendance_of
from projections.read_models.day_filter import EVERYTHING, DayFilter
from projections.read_models.sessions import Invitations, PresentStay


class EventTurnout(NamedTuple):
    """One service event that has begun."""

    event: str
    date: date
    start: Second
    end: Second
    invited: int
    """Volunteers in service on its day, of all or of those listed."""
    came: int

    @property
    def rate(self) -> float | None:
        """How many of those invited came, from 0 to 1; None where nobody was."""
        return self.came / self.invited if self.invited else None


def list_event_turnout(views: Views, day_filter: DayFilter = EVERYTHING) -> Iterator[EventTurnout]:
    """The events of some days, by start."""
    views.ensure_intact(*day_filter.bounds)
    people, policies, (first, last, _) = Invitations(views, None), views.load_unit().policies, day_filter.bounds
    for event, day, start, end, listed in list(views.rows(_EVENTS, (first, last, views.evaluated_at))):
        stays: dict[int, list[PresentStay]] = defaultdict(list)
        for key, *stay in views.rows(_VISITS, {"first": day - 1, "start": start, "end": end}):
            stays[key].append(PresentStay(*stay))
        window, policy = TimeSpan(start, end), policies.on(day)
        invited = [key for key, _ in people.list_invited(listed and read_numbers(listed), day)]
        came = sum(any(is_attendance_of(stay, window, policy) for stay in stays[key]) for key in invited)
        yield EventTurnout(event, read_day(day), start, end, len(invited), came)


_EVENTS = """
SELECT event, day, starts, ends, listed FROM events WHERE day BETWEEN ? AND ? AND starts <= ? ORDER BY starts, event
"""
_VISITS = """
SELECT volunteer, check_in, check_out FROM visits WHERE day >= :first AND status != 'void'
    AND check_in < :end AND coalesce(check_out, :end) > :start ORDER BY check_in
"""
