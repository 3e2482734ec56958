"""The import as the pages ask for it: what a file holds, which rows are right, and saving them.

Rule: one file at a time is looked at, so that several browsers never hold more memory than one. A long list is tried on
a copy of the home only when it is to be saved.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock

from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.desk.importing.choices import Choices, derive_digest
from kiosk.desk.sessions import HeldFile
from kiosk.errors import UserError
from kiosk.importing.columns import Columns, list_columns
from kiosk.importing.plan import ImportPlan, plan_import
from kiosk.importing.rows import ImportOptions
from kiosk.importing.run import check_import, save_import
from kiosk.importing.values import parse_time_range
from kiosk.sheets.read import SheetUnclear, Table, read_table

MOST_TRIED = 1_000
"""Commands tried on a copy of the home for a preview, in half a second; those of a longer list before it is saved."""
EXAMPLES, MOST_SESSIONS = 3, 8
"""Cells shown of a column; sessions whose times are asked for."""


@dataclass(slots=True)
class Preview:
    """What a file would come to. The parts that could not be found out are missing."""

    fault: str = ""
    """Why its rows could not be checked."""
    sheets: list[str] = field(default_factory=list[str])
    """Where one of several has to be chosen."""
    table: Table | None = None
    columns: Columns | None = None
    examples: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    """The first cells of each column."""
    sessions: list[str] = field(default_factory=list[str])
    """The names of sessions whose times the file does not say."""
    plan: ImportPlan | None = None
    digest: str = ""
    saved: int | None = None
    """How many new rows were saved; None where none were to be."""
    stopped: bool = False
    """A row was refused after all, and those that follow were not saved."""

    @property
    def new(self) -> int:
        """Rows that change something."""
        return sum(bool(row.lines) for row in self.plan.rows) if self.plan else 0

    @property
    def wrong(self) -> list[int]:
        """The numbers of the rows that are wrong."""
        return sorted({fault.row for fault in self.plan.faults}) if self.plan else []


class ImportSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._home, self._commands = reader.home, commands
        self._lock = Lock()

    def check(self, file: HeldFile, choices: Choices, by: str) -> Preview:
        """What a file would come to; nothing is changed. Raises: LogError."""
        with self._lock:
            return self._check(file, choices, by, is_saving=False)

    def save(self, file: HeldFile, choices: Choices, by: str, digest: str, *, skip: bool) -> Preview:
        """Save the rows of a file, if its preview still has this digest, and no wrong rows unless they are skipped.

        Raises: LogError.
        """
        with self._lock:
            preview = self._check(file, choices, by, is_saving=True)
            if preview.plan is None or preview.digest != digest or (preview.wrong and not skip):
                return preview
            result = save_import(self._home, preview.plan)
            preview.saved = result.rows
            if result.faults:
                preview.stopped = True
                preview.plan.faults[:] = result.faults
            return preview

    def _check(self, file: HeldFile, choices: Choices, by: str, *, is_saving: bool) -> Preview:
        preview = Preview()
        try:
            preview.table = read_table(file.name, file.content, choices.sheet)
            preview.columns = list_columns(preview.table, choices.columns, choices.header)
            preview.examples = list_examples(preview.table, preview.columns)
            preview.sessions = list_sessions(preview.table, preview.columns)
            plan = plan_import(self._home, preview.table, self._build_options(choices, by))
            if is_saving or plan.count_lines().total() <= MOST_TRIED:
                plan = check_import(self._home, plan)
            preview.plan, preview.digest = plan, derive_digest(choices, plan)
        except SheetUnclear as unclear:
            preview.fault, preview.sheets = str(unclear), unclear.sheets
        except UserError as error:
            preview.fault = str(error)
        return preview

    def _build_options(self, choices: Choices, by: str) -> ImportOptions:
        _, columns, header, values, sessions, update = choices
        at = self._commands.now().astimezone(self._home.zone) if self._home.simulation else None
        stated = at.isoformat(timespec="seconds") if at else None
        return ImportOptions(columns, header, values, sessions, update, by, stated)


def list_examples(table: Table, columns: Columns) -> dict[int, list[str]]:
    """The first cells of each column below the header that differ."""
    return {
        column.index: list(dict.fromkeys(islice(_list_cells(table, columns, column.index), EXAMPLES)))
        for column in columns.columns
    }


def list_sessions(table: Table, columns: Columns) -> list[str]:
    """The names of sessions whose times the table does not say."""
    session = columns.fields.get("session")
    if session is None or {"start", "end"} <= columns.fields.keys():
        return []
    names = dict.fromkeys(_list_cells(table, columns, session.index))
    return list(islice((name for name in names if parse_time_range(name) is None), MOST_SESSIONS))


def _list_cells(table: Table, columns: Columns, index: int) -> Iterator[str]:
    cells = (str(table.cell(row, index)).strip() for row in range(columns.header + 1, len(table.rows)))
    return filter(None, cells)
