"""What is done in the duties of a month, and usually at a post, and what is written down of it at the desk (R-022).

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
from projections.read_models.plan import PlannedWork, PostWork, list_planned_work, list_post_work


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
    usual: Sequence[PostWork]
    """What is usually done at each post, by post; of each the latest first."""
    today: date

    def find(self, kind: str, of: str | None, item: str | None, content: str | None) -> PlannedWork | None:
        """The duties of which this is said."""
        return next((work for work in self.works if work[:4] == (kind, of, item, content)), None)

    def find_usual(self, post: str, since: date) -> PostWork | None:
        """What was said of a post from that very day on."""
        return next((usual for usual in self.usual if usual[:2] == (post, since)), None)

    def list_current_usual(self) -> list[PostWork]:
        """What holds at each post today, and what begins later."""
        current: dict[str, PostWork] = {}
        for usual in self.usual:
            if usual.since <= self.today:
                current.setdefault(usual.post, usual)
        return [usual for usual in self.usual if usual.since > self.today or _is_said(current.get(usual.post), usual)]

    def list_posts(self) -> list[str]:
        """The posts of the month and those of which something is said."""
        posts = [work.of for work in self.works if work.kind == "shift" and work.of]
        return list(dict.fromkeys([*posts, *(usual.post for usual in self.usual)]))


def _is_said(current: PostWork | None, usual: PostWork) -> bool:
    """Whether it holds today, and is no end of a default."""
    return usual is current and (usual.item, usual.content) != (None, None)


class WorkSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load_month(self, month: date | None) -> WorkMonth:
        """A month by its first day; None is the current one. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._load_month(views, month))

    def _load_month(self, views: Views, month: date | None) -> WorkMonth:
        today = date.fromordinal(self._reader.read_unit().days.ordinal(views.evaluated_at))
        month = month or today.replace(day=1)
        works = list_planned_work(views, month.toordinal(), find_last_day(month).toordinal())
        works.sort(key=lambda work: None not in (work.item, work.content))
        is_stated, usual = bool(list_month_statements(views, month)), list_post_work(views)
        return WorkMonth(month, works, load_choices(self._reader), is_stated, usual, today)

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

    def describe_post(self, usual: PostWork, by: str, form_id: str) -> LineResult:
        """Say what is usually done at a post from a day on. Raises: UserError."""
        fields = {"post": usual.post, "item": usual.item, "content": usual.content, "from": usual.since.isoformat()}
        (result,) = self._commands.run([{"do": "describe_post", **fields}], by, form_id)
        return result
