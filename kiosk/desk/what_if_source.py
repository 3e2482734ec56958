"""What the pages of what-if ask of the home: the rules in force, a volunteer's day, and what would change.

Rule: nothing is written. What is tried is tried by the commands of a batch, so that the same rules refuse it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.policy import Adoption, Policy
from kiosk.desk.home_access import Command, HomeReader
from kiosk.effects import ShownWhatIf, WhatIf
from kiosk.roster.day.source import load_day_view
from kiosk.roster.view_model import DayView
from kiosk.what_if import foresee_commands, foresee_policy


class WhatIfSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader) -> None:
        self._reader = reader

    def load_today(self) -> date:
        """The service day. Raises: LogError, UserError."""
        days = self._reader.read_unit().days
        return date.fromordinal(days.ordinal(self._reader.read(lambda views: views.evaluated_at)))

    def load_policy(self, day: date) -> Policy:
        """The policy in force on a day. Raises: LogError."""
        return self._reader.read_unit().policies.on(day.toordinal())

    def load_day(self, number: str, day: date) -> DayView | None:
        """A volunteer's day; None where no volunteer has this number. Raises: LogError, UserError."""
        home, find = self._reader.home, self._reader.find_person
        if (who := home.people.find_typed_id(number)) is None:
            return None
        return self._reader.read(lambda views: load_day_view(home, views, (who, day), None, find))

    def foresee_policy(self, since: date, changes: Mapping[str, Any]) -> ShownWhatIf:
        """What a policy would change. Raises: LogError, UserError, of which one says that it would be refused."""
        return self._show(foresee_policy(self._reader.home, Adoption(since, changes), self._reader.read))

    def foresee(self, command: Command) -> ShownWhatIf:
        """What a command would change that is carried out now. Raises: as `foresee_policy`."""
        return self._show(foresee_commands(self._reader.home, [command], self._reader.read))

    def _show(self, found: WhatIf) -> ShownWhatIf:
        subjects = (effect.subject for effect in found.effects)
        return ShownWhatIf(
            found, {who: self._reader.find_person(who).label for who in subjects if isinstance(who, UUID)}
        )
