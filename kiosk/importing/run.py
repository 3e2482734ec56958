"""An import tried on a copy of the home, then carried out: through the batch, so that every rule holds.

Rule: nothing is saved before every row was tried. An import that is cut short is run again and goes on where it ended.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kiosk.batch.run import LineResult, open_dry_run, run_batch
from kiosk.batch.source import RawLine
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.importing.plan import ImportPlan, PlannedRow, leave_out
from kiosk.importing.rows import PlannedLine, RowFault

_NAMED_FIELD = re.compile(r"`(\w+)`")


class SaveResult(NamedTuple):
    """What a run of the rows of a plan came to."""

    rows: int
    """Rows that were carried out whole."""
    faults: list[RowFault]


def check_import(home: Home, plan: ImportPlan) -> ImportPlan:
    """The plan with the rows that a rule refuses among the wrong ones: each was tried on a copy. Raises: UserError."""
    if not any(row.lines for row in plan.rows):
        return plan
    with open_dry_run(home) as copy:
        faults = [fault for row in plan.rows if (fault := _run_row(copy, plan, _drop_keys(row)))]
    return leave_out(plan, faults)


def _drop_keys(row: PlannedRow) -> PlannedRow:
    """The row with no key but those of shifts, which several rows may put on the roster: a key costs an event."""
    lines = [
        line if line.content["do"] == "schedule_shift" else PlannedLine(line.field, line.content | {"key": None})
        for line in row.lines
    ]
    return PlannedRow(row.row, lines)


def save_import(home: Home, plan: ImportPlan) -> SaveResult:
    """Carry out the rows that are right, up to one that is refused after all. Raises: UserError."""
    saved = 0
    for row in plan.rows:
        if row.lines:
            if fault := _run_row(home, plan, row):
                return SaveResult(saved, [fault])
            saved += 1
    return SaveResult(saved, [])


def _run_row(home: Home, plan: ImportPlan, row: PlannedRow) -> RowFault | None:
    """Run the commands of a row, up to one that is refused: why. Raises: UserError where the home fails."""
    for line, result in zip(row.lines, _run_lines(home, row), strict=False):
        if result.fatal:
            raise UserError(result.sentence or "", result.status)
        if result.status:
            return _build_fault(plan, row, line, result)
    return None


def _run_lines(home: Home, row: PlannedRow) -> Iterator[LineResult]:
    lines: Iterable[RawLine] = (
        RawLine(row.row, json.dumps(line.content, ensure_ascii=False).encode()) for line in row.lines
    )
    return run_batch(home, lines, Path())


def _build_fault(plan: ImportPlan, row: PlannedRow, line: PlannedLine, result: LineResult) -> RowFault:
    """What the batch says of a line, with the column that it is about."""
    fields = plan.columns.fields
    sentence = (result.sentence or "").removeprefix(f"{line.content['do']}: ")
    named = next((name for name in _NAMED_FIELD.findall(sentence) if name in fields), line.field)
    column = fields.get(named)
    return RowFault(row.row, column and column.label, sentence, result.status)
