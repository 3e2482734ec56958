"""A statement that was saved earlier: the JSON that a read command printed, read back and recognised by its keys.

Rule: a file is a statement only when every one of its rows is a row of it; an error names the row.
"""

from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from domain.iso_forms import parse_iso_date
from domain.typed_decoding import decode_json
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.input_files import read_input_file
from kiosk.statements.difference import MONTHLY, READ_MODELS, ReadModel, build_hours_model
from kiosk.statements.statement_rows import FilterOptions, Row
from kiosk.statements.statements import Statements
from kiosk.words.command_line import StatementText
from projections.read_models.day_filter import DayFilter

READ_MODEL_NAMES = tuple(read_model.name for read_model in READ_MODELS)
LARGEST = 1 << 26
"""Bytes, some 300,000 rows: more than a year of a large unit, and less than would fill the memory of the machine."""


class SavedStatement(NamedTuple):
    """A statement in a file."""

    read_model: ReadModel
    rows: list[Row]
    options: FilterOptions
    """The filter that it was saved with: the file does not say."""

    def build_filter(self, home: Home, statements: Statements) -> DayFilter:
        """The filter of the read model. Raises: UserError for a volunteer who is not registered."""
        since, until, number = self.options
        volunteer_id = None if number is None else home.people.find_typed_id(number)
        if number is not None and volunteer_id is None:
            raise UserError(StatementText.NO_VOLUNTEER.fill(number=number))
        return statements.build_filter(since, until, volunteer_id)


def load_saved_statement(path: Path, name: str | None, options: FilterOptions) -> SavedStatement:
    """Read a file; `name` is the read model that it must be of, None for any. Raises: UserError."""
    rows = _read_rows(path)
    read_model = _recognise_read_model(path, rows, name)
    for number, row in enumerate(rows, start=1):
        _check_row(row, read_model, StatementText.ROW_IN_FILE.fill(path=path, number=number))
    return SavedStatement(read_model, rows, options)


def _read_rows(path: Path) -> list[Row]:
    try:
        return decode_json(read_input_file(path, LARGEST), list[dict[str, Any]])
    except OSError as error:
        raise UserError(StatementText.CANNOT_READ.fill(path=path, strerror=error.strerror)) from None
    except msgspec.ValidationError:
        raise UserError(StatementText.NOT_A_STATEMENT.fill(path=path, hint=StatementText.HOW_TO_SAVE.fill())) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UserError(StatementText.NOT_JSON.fill(path=path, hint=StatementText.HOW_TO_SAVE.fill())) from None


def _recognise_read_model(path: Path, rows: list[Row], name: str | None) -> ReadModel:
    keys = rows[0].keys() if rows else set[str]()
    found = next((read_model for read_model in READ_MODELS if read_model.own_keys <= keys), None)
    if not rows and name is None:
        raise UserError(StatementText.EMPTY_STATEMENT.fill(path=path, read_model_names="|".join(READ_MODEL_NAMES)))
    if rows and (found is None or name not in (None, found.name)):
        raise UserError(
            StatementText.NOT_THIS_READ_MODEL.fill(
                path=path, value=name or StatementText.OURS.fill(), hint=StatementText.HOW_TO_SAVE.fill()
            )
        )
    chosen = found or next(read_model for read_model in READ_MODELS if read_model.name == name)
    return build_hours_model(MONTHLY & keys) if chosen.name == "hours" else chosen


def _check_row(row: Row, read_model: ReadModel, where: str) -> None:
    """Check that a row has the keys of the read model. Raises: UserError."""
    if not read_model.own_keys <= row.keys():
        raise UserError(
            StatementText.NOT_A_ROW.fill(where=where, name=read_model.name, hint=StatementText.HOW_TO_SAVE.fill())
        )
    for name in read_model.key:
        value = row.get(name)
        if not (isinstance(value, str) or (value is None and name == "category")):
            raise UserError(
                StatementText.KEY_MISSING.fill(where=where, name=name, hint=StatementText.HOW_TO_SAVE.fill())
            )
    if "date" in read_model.key:
        _check_date(row["date"], where)


def _check_date(text: str, where: str) -> None:
    try:
        parse_iso_date(text)
    except ValueError:
        raise UserError(StatementText.NOT_A_DATE.fill(where=where, hint=StatementText.HOW_TO_SAVE.fill())) from None
