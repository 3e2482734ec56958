"""What is done in the duties of a month, by post, and what is written down of it at the desk (R-022).

Rule: words or codes of the unit's table; a word that the table lacks is marked, and never guessed.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from domain.model.duty_description import PlannedKind
from domain.months import find_last_day
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.errors import UserError
from kiosk.ministry.data_files import UnitCodes, WorkCodes, load_codes
from projections.engine.views import Views
from projections.read_models.month_statements import list_month_statements
from projections.read_models.plan import PlannedWork, list_planned_work


class WorkChoices:
    """The items and contents that the unit's table has, by code; what is wrong with the table, where it is."""

    def __init__(self, codes: UnitCodes | None, fault: str = "") -> None:
        self._codes, self.fault = codes, fault
        self.items = codes.table.items if codes else {}
        self.contents = codes.table.contents if codes else {}

    def is_known(self, work: PlannedWork) -> bool:
        """Whether the table has what is said."""
        codes = self._codes
        is_item_known = codes is None or work.item is None or codes.find_code("items", work.item)
        is_content_known = codes is None or work.content is None or codes.find_code("contents", work.content)
        return bool(is_item_known and is_content_known)

    def find_usual(self, work: PlannedWork) -> WorkCodes | None:
        """What the table says of the post, for duties of which nothing else is said."""
        return self._codes.find_work(work.of) if self._codes and work.kind == "shift" else None


def load_choices(reader: HomeReader) -> WorkChoices:
    """The choices of a home; none where its table is not understood."""
    try:
        return WorkChoices(load_codes(reader.home.path))
    except UserError as error:
        return WorkChoices(None, str(error))


class WorkMonth(NamedTuple):
    """The duties of a month by what is done in them; first those of which it is not known."""

    month: date
    works: Sequence[PlannedWork]
    choices: WorkChoices
    is_stated: bool
    """Whether the month is closed: what changes now is a difference against what was handed out."""

    def find(self, kind: str, of: str | None, item: str | None, content: str | None) -> PlannedWork | None:
        """The duties of which this is said."""
        return next((work for work in self.works if work[:4] == (kind, of, item, content)), None)


class WorkSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load_month(self, month: date | None) -> WorkMonth:
        """A month by its first day; None is the current one. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._load_month(views, month))

    def _load_month(self, views: Views, month: date | None) -> WorkMonth:
        if month is None:
            days = self._reader.read_unit().days
            month = date.fromordinal(days.ordinal(views.evaluated_at)).replace(day=1)
        works = list_planned_work(views, month.toordinal(), find_last_day(month).toordinal())
        works.sort(key=lambda work: None not in (work.item, work.content))
        return WorkMonth(month, works, load_choices(self._reader), bool(list_month_statements(views, month)))

    def describe(
        self, kind: PlannedKind, names: Sequence[str], said: tuple[str | None, str | None], by: str, form_id: str
    ) -> LineResult:
        """Say what is done in each of these, up to the first that is refused. Raises: UserError.

        Each has a key of its own: a form that is sent again completes what an interruption left out.
        """
        fields = {"do": "describe_duty", "item": said[0], "content": said[1]}
        result = LineResult(0)
        for name in names:
            (result,) = self._commands.run([{**fields, kind: name}], by, f"{form_id} {name}")
            if result.status:
                break
        return result
