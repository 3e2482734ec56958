"""What the roster needs of whoever looks at a home for it."""

from datetime import date
from typing import Protocol, runtime_checkable
from uuid import UUID

from kiosk.roster.day.source import DayView
from kiosk.roster.view_model import RosterView


class RosterSource(Protocol):
    """Something that can be looked at again and again."""

    def poll(self) -> RosterView | None:
        """What there is to see; None while it is what was seen before. Called from a thread of its own."""
        ...


@runtime_checkable
class DaySource(Protocol):
    """Something that can be asked for a volunteer's day as well."""

    def load_day(self, who: UUID, day: date) -> DayView:
        """The day, explained. Called from a thread of its own, never together with a look."""
        ...
