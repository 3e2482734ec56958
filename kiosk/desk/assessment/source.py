"""What the pages of assessments ask of the home, and the scores that are recorded there."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from domain.policy import Policy
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from projections.engine.views import Views
from projections.read_models.assessments import (
    AssessmentPeriod,
    AssessmentSheet,
    Grade,
    Use,
    find_assessment_period,
    find_current_period,
    find_grade,
    list_assessment_sheets,
    list_due,
    propose_uses,
)


class AssessedPerson(NamedTuple):
    """A row of the table."""

    number: str
    sheet: AssessmentSheet
    grade: Grade | None
    uses: Sequence[Use]


class AssessmentBoard(NamedTuple):
    """Everybody in a period."""

    period: AssessmentPeriod
    policy: Policy
    people: Sequence[AssessedPerson]
    due: int


class AssessmentSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load_board(self, day: date | None) -> AssessmentBoard:
        """The period in which a day lies, by default the one to look at first. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._load_board(views, day))

    def _load_board(self, views: Views, day: date | None) -> AssessmentBoard:
        unit = self._reader.read_unit()
        today = date.fromordinal(unit.days.ordinal(views.evaluated_at))
        policies = unit.policies
        period = find_assessment_period(policies, day) if day else find_current_period(policies, today)
        policy = policies.on(period.last.toordinal())
        sheets = list_assessment_sheets(views, period, today, with_weeks=False)
        numbers = self._reader.home.people.load_numbers()
        known = [sheet for sheet in sheets if sheet.volunteer in numbers]  # nobody assesses one who was erased
        people = [_build_person(numbers[sheet.volunteer], sheet, policy) for sheet in known]
        return AssessmentBoard(period, policy, sorted(people, key=lambda one: one.number), len(list_due(known)))

    def find_names(self, people: Sequence[AssessedPerson]) -> dict[str, str]:
        """Masked names, by number."""
        return {one.number: self._reader.find_person(one.sheet.volunteer).name for one in people}

    def run(self, commands: Sequence[Command], by: str, form_id: str) -> list[LineResult]:
        """Carry out commands, up to the first that is refused. Raises: UserError."""
        return self._commands.run(commands, by, form_id)


def _build_person(number: str, sheet: AssessmentSheet, policy: Policy) -> AssessedPerson:
    if sheet.score is None:
        return AssessedPerson(number, sheet, None, ())
    return AssessedPerson(number, sheet, find_grade(sheet.score), propose_uses(sheet.score, policy))
