"""A statement that was saved earlier: the JSON that a read command printed, read back and recognised by its keys.

Rule: a file is taken for a statement only when every row of it can be; what is wrong is said with the row.
"""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.statements.difference import MONTHLY, READ_MODELS, ReadModel, build_hours_model
from kiosk.statements.statements import Row, Statements
from kiosk.words.command_line import StatementText
from projections.read_models.day_filter import DayFilter

READ_MODEL_NAMES = tuple(view.name for view in READ_MODELS)
LARGEST = 1 << 30
"""Bytes: more than a statement of a whole city, and less than would fill this machine's memory for nothing."""


class SavedFilter(NamedTuple):
    """What the statement was narrowed to when it was saved: the file does not say."""

    since: date | None = None
    until: date | None = None
    volunteer: str | None = None


class SavedStatement(NamedTuple):
    """A statement in a file."""

    read_model: ReadModel
    rows: list[Row]
    saved_filter: SavedFilter

    def build_filter(self, home: Home, said: Statements) -> DayFilter:
        """The question that it answers. Raises: Mistake for a volunteer whom nobody knows."""
        since, until, number = self.saved_filter
        who = None if number is None else home.people.find_id(number)
        if number is not None and who is None:
            raise UserError(StatementText.NO_VOLUNTEER.fill(number=number))
        return said.build_filter(since, until, who)


def load_saved_statement(path: Path, name: str | None, narrowed: SavedFilter) -> SavedStatement:
    """Read a file; `name` says of which read model it is. Raises: Mistake."""
    rows = _read_rows(path)
    view = _recognise_read_model(path, rows, name)
    for number, row in enumerate(rows, start=1):
        _check_row(row, view, f"{path}: row {number}")
    return SavedStatement(view, rows, narrowed)


def _read_rows(path: Path) -> list[Row]:
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(StatementText.TOO_LARGE.fill(path=path))
        return msgspec.json.decode(path.read_bytes(), type=list[dict[str, Any]])
    except OSError as error:
        raise UserError(StatementText.CANNOT_READ.fill(path=path, strerror=error.strerror)) from None
    except msgspec.ValidationError:
        raise UserError(StatementText.NOT_A_STATEMENT.fill(path=path, hint=_HINT)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UserError(StatementText.NOT_JSON.fill(path=path, hint=_HINT)) from None


def _recognise_read_model(path: Path, rows: list[Row], name: str | None) -> ReadModel:
    marks = rows[0].keys() if rows else set[str]()
    found = next((view for view in READ_MODELS if view.own_keys <= marks), None)
    if not rows and name is None:
        raise UserError(StatementText.EMPTY_STATEMENT.fill(path=path, read_model_names="|".join(READ_MODEL_NAMES)))
    if rows and (found is None or name not in (None, found.name)):
        raise UserError(StatementText.NOT_THIS_READ_MODEL.fill(path=path, value=name or "ours", hint=_HINT))
    chosen = found or next(view for view in READ_MODELS if view.name == name)
    return build_hours_model(MONTHLY & marks) if chosen.name == "hours" else chosen


def _check_row(row: Row, view: ReadModel, where: str) -> None:
    """A row of the view, with a key that can be looked up."""
    if not view.own_keys <= row.keys():
        raise UserError(StatementText.NOT_A_ROW.fill(where=where, name=view.name, hint=_HINT))
    for name in view.key:
        value = row.get(name)
        if not (isinstance(value, str) or (value is None and name == "category")):
            raise UserError(f"{where} has no {name}: {_HINT}")
    if "date" in view.key:
        _check_date(row["date"], where)


def _check_date(text: str, where: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise UserError(StatementText.NOT_A_DATE.fill(where=where, text=text, hint=_HINT)) from None


_HINT = StatementText.HOW_TO_SAVE.fill()
