"""What the roster needs of whoever looks at a home for it."""

from datetime import date
from typing import Protocol, runtime_checkable
from uuid import UUID

from kiosk.roster.day.source import DaySeen
from kiosk.roster.view_model import Seen


class Looks(Protocol):
    """Something that can be looked at again and again."""

    def look(self) -> Seen | None:
        """What there is to see; None while it is what was seen before. Called from a thread of its own."""
        ...


@runtime_checkable
class LooksAtDays(Protocol):
    """Something that can be asked for a volunteer's day as well."""

    def day(self, who: UUID, day: date) -> DaySeen:
        """The day, explained. Called from a thread of its own, never together with a look."""
        ...
