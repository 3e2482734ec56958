"""What the pages of what-if ask of the home: the rules in force, a volunteer's day, and what would change.

Rule: nothing is written. What is tried is tried by the commands of a batch, so that the same rules refuse it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from domain.policy import Adoption, Policy
from kiosk.awards.candidates import list_rules
from kiosk.desk.home_access import Command, HomeReader
from kiosk.roster.day.source import load_day_view
from kiosk.roster.view_model import DayView, Person
from kiosk.statements.statement_rows import Row
from kiosk.what_if import WhatIf, foresee_commands, foresee_policy
from projections.engine.views import Views
from projections.evaluation.awards.rules import AwardRule


class ShownRow(NamedTuple):
    """What would change for a volunteer, a family or the team."""

    person: Person | None
    row: Row


class ShownWhatIf(NamedTuple):
    """What would change, with masked names, and the awards by their ids."""

    rows: list[ShownRow]
    total: Row
    awards: Mapping[str, AwardRule]


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
        if (who := home.people.find_id(number)) is None:
            return None
        return self._reader.read(lambda views: load_day_view(home, views, (who, day), None, find))

    def foresee_policy(self, since: date, changes: Mapping[str, Any]) -> ShownWhatIf:
        """What a policy would change. Raises: LogError, UserError, of which one says that it would be refused."""
        adoption = Adoption(since, changes)
        return self._reader.read(lambda views: self._describe(views, foresee_policy(self._reader.home, adoption)))

    def foresee(self, command: Command) -> ShownWhatIf:
        """What a command would change that is carried out now. Raises: as `foresee_policy`."""
        return self._reader.read(lambda views: self._describe(views, foresee_commands(self._reader.home, [command])))

    def _describe(self, views: Views, found: WhatIf) -> ShownWhatIf:
        today = date.fromordinal(views.load_unit().days.ordinal(views.evaluated_at))
        awards = {rule.id: rule for rule in list_rules(self._reader.home, views, today)}
        return ShownWhatIf([ShownRow(self._find_person(row), row) for row in found.rows], found.total, awards)

    def _find_person(self, row: Row) -> Person | None:
        number = row["volunteer"]
        who = self._reader.home.people.find_id(number) if number else None
        return self._reader.find_person(who) if who else number and Person(number, "")
