"""The spot checks of record books as the desk shows them (R-112), and what it does: draw, record, take back."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.roster.view_model import Person
from projections.engine.views import Views
from projections.read_models.spot_checks import SpotCheck, list_book_holders, list_spot_checks


class ShownCheck(NamedTuple):
    """A spot check with the volunteers whose books were drawn, by number."""

    check: SpotCheck
    people: Sequence[Person]


class SpotCheckState(NamedTuple):
    """What the page shows."""

    today: date
    holders: int
    """How many hold a record book whose number is known today."""
    checks: Sequence[ShownCheck]
    """The newest first."""

    @property
    def is_done_this_year(self) -> bool:
        """Whether a result of this year is recorded: one a year is wanted (R-112)."""
        return any(one.check.day.year == self.today.year and one.check.matching is not None for one in self.checks)

    def find(self, number: str) -> ShownCheck | None:
        """The check with a number, as a form says it."""
        return next((one for one in self.checks if str(one.check.number) == number), None)

    def has_event(self, position: str) -> bool:
        """Whether a position is that of a sample or of a result that stands."""
        standing = {one for shown in self.checks for one in (shown.check.position, shown.check.result_position)}
        return position in {str(one) for one in standing if one is not None}


class SpotCheckSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load(self) -> SpotCheckState:
        """All spot checks. Raises: LogError, UserError."""
        return self._reader.read(self._load)

    def _load(self, views: Views) -> SpotCheckState:
        unit, find = self._reader.read_unit(), self._reader.find_person
        today = date.fromordinal(unit.days.ordinal(views.evaluated_at))
        checks = [ShownCheck(one, sorted(map(find, one.sample))) for one in list_spot_checks(views)]
        return SpotCheckState(today, len(list_book_holders(views, unit, today)), checks[::-1])

    def run(self, command: Command, by: str, form_id: str) -> LineResult:
        """Carry out a command. Raises: UserError."""
        return self._commands.run([command], by, form_id)[0]
