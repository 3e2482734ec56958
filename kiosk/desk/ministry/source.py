"""The file of a month for the ministry's system as the desk shows and makes it (R-030).

Rule: a page shows masked names and no national ID; whose data go into the file is recorded before it is made (R-120).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.ministry.make_file import MinistryFile, is_month_over, prepare_ministry_file, record_access
from kiosk.ministry.rows import Hole, HoleReason, MinistryRow, PersonReason
from kiosk.roster.view_model import Person
from projections.engine.views import Views
from projections.read_models.month_lines import list_month_lines
from projections.read_models.month_statements import find_changed_volunteers, list_month_statements

MOST_ROWS = 200
"""Shown on the page of rows, and of volunteers with something that lacks; the file has all."""
FileStatus = Literal["not_over", "not_closed", "changed", "ready", "broken"]
"""Whether the file can be made; `changed`: hours are not what was stated last; `broken`: a data file is not understood.
"""


class CodedWork(NamedTuple):
    """An item or a content with its code."""

    code: str
    name: str


class ShownRow(NamedTuple):
    """A row of the file, without what identifies a person."""

    person: Person
    item: CodedWork
    content: CodedWork
    minutes: int
    served: int | None
    transport: int | None
    meal: int | None


class DutyFault(NamedTuple):
    """Duties that cannot be written, for one reason."""

    reason: HoleReason
    text: str
    size: int
    first: Hole


class PersonFault(NamedTuple):
    """A volunteer who cannot be written."""

    person: Person
    reason: PersonReason


class ShortFault(NamedTuple):
    """Too little for a row."""

    person: Person
    item: CodedWork
    content: CodedWork
    minutes: int


class MinistryMonth(NamedTuple):
    """The file of a month, and what cannot be in it."""

    month: date
    status: FileStatus
    rows: Sequence[ShownRow] = ()
    total: int = 0
    duties: Sequence[DutyFault] = ()
    people: Sequence[PersonFault] = ()
    short: Sequence[ShortFault] = ()
    least: int = 0
    """Minutes of the shortest row."""
    served_elsewhere: int | None = None
    not_shown: int = 0
    """Volunteers with something that lacks, beyond those that are listed."""

    @property
    def is_whole(self) -> bool:
        """Whether everything can be written."""
        return not (self.duties or self.people)


class MinistrySource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands, self._home = reader, commands, reader.home

    def load_month(self, month: date) -> MinistryMonth:
        """What the file of a month would be. Raises: LogError, UserError where a data file is not understood."""
        return self._reader.read(lambda views: self._load(views, month))

    def _load(self, views: Views, month: date) -> MinistryMonth:
        statements = list_month_statements(views, month)
        if not is_month_over(self._home, month):
            return MinistryMonth(month, "not_over")
        if not statements:
            return MinistryMonth(month, "not_closed")
        changed = find_changed_volunteers(statements[-1], list_month_lines(views, month))
        return self._describe(prepare_ministry_file(self._home, month), "changed" if changed else "ready")

    def _describe(self, file: MinistryFile, status: FileStatus) -> MinistryMonth:
        find, found, table = self._reader.find_person, file.found, file.codes.table
        items, contents = table.items, table.contents

        def build_work(code: str, names: dict[str, str]) -> CodedWork:
            return CodedWork(code, names.get(code, ""))

        def build_row(row: MinistryRow) -> ShownRow:
            works = (build_work(row.item, items), build_work(row.content, contents))
            return ShownRow(find(row.volunteer), *works, row.minutes, row.served, row.transport, row.meal)

        people = sorted(PersonFault(find(one.volunteer), one.reason) for one in found.unwritable)
        short = sorted(
            ShortFault(find(one.volunteer), build_work(one.item, items), build_work(one.content, contents), one.minutes)
            for one in found.too_short
        )
        return MinistryMonth(
            file.month,
            status,
            [build_row(row) for row in found.rows[:MOST_ROWS]],
            len(found.rows),
            _group_holes(found.holes),
            people[:MOST_ROWS],
            short[:MOST_ROWS],
            file.template.min_minutes,
            found.served_elsewhere,
            max(len(people) - MOST_ROWS, 0) + max(len(short) - MOST_ROWS, 0),
        )

    def make_file(self, month: date, by: str, *, wide: bool, leave_out: bool) -> bytes | None:
        """The workbook, once it is recorded who makes it; None where it would not be whole, unless that is wanted.

        Raises: LogError, UserError.
        """
        file = self._reader.read(lambda _: prepare_ministry_file(self._home, month))
        if not leave_out and (file.found.holes or file.found.unwritable):
            return None
        act = self._commands.build_act(self._home.people.ensure_actor(by))
        record_access(self._home, file, act)
        return file.build(wide=wide)


def _group_holes(holes: Sequence[Hole]) -> list[DutyFault]:
    """By reason, and what was written there; the earliest duty as an example."""
    ordered = sorted(holes, key=lambda hole: (hole.day, hole.kind, hole.name))
    counts = Counter((hole.reason, hole.text) for hole in {*ordered})
    firsts: dict[tuple[HoleReason, str], Hole] = {}
    for hole in ordered:
        firsts.setdefault((hole.reason, hole.text), hole)
    return [DutyFault(reason, text, counts[reason, text], first) for (reason, text), first in firsts.items()]
