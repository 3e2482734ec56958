"""A statement that was saved earlier: the JSON that a read command printed, read back and recognised by its keys.

Rule: a file is a statement only when every one of its rows is a row of it; an error names the row. A number in it is
that of its day: its volunteer may have been erased since, and the number given to another person.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from domain.iso_forms import parse_iso_date
from domain.typed_decoding import decode_json
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.input_files import read_input_file
from kiosk.people.file import build_pseudonyms
from kiosk.statements.difference import MONTHLY, READ_MODELS, ReadModel, build_hours_model
from kiosk.statements.statement_rows import FilterOptions, Row
from kiosk.statements.statements import Statements
from kiosk.words.command_line import StatementText

READ_MODEL_NAMES = tuple(read_model.name for read_model in READ_MODELS)
LARGEST = 1 << 26
"""Bytes, some 300,000 rows: more than a year of a large unit, and less than would fill the memory of the machine."""


class SavedStatement(NamedTuple):
    """A statement in a file."""

    read_model: ReadModel
    rows: list[Row]
    options: FilterOptions
    """The filter that it was saved with: the file does not say."""

    def rebuild(self, home: Home, then: Statements) -> "RebuiltStatement":
        """What the file should say. Raises: UserError for a volunteer who neither is registered nor was erased."""
        since, until, number = self.options
        holder = None if number is None else home.people.find_typed_id(number)
        is_of_then = holder is not None and then.source.find_key(holder) is not None
        rows = self.read_model.query(then, then.build_filter(since, until, holder if is_of_then else None))
        erased = find_erased(self.rows, rows, self._list_unknown(home, then), _list_pseudonyms(home))
        numbers = {pseudonym: number for number, pseudonym in erased.items()}
        rows = [{**row, "volunteer": numbers.get(row["volunteer"], row["volunteer"])} for row in rows]
        if number is not None and not is_of_then:
            if holder is None and number not in erased:
                raise UserError(StatementText.NOBODYS_NUMBER.fill(number=number))
            rows = [row for row in rows if row["volunteer"] == number]
        return RebuiltStatement(rows, erased)

    def _list_unknown(self, home: Home, then: Statements) -> Set[str]:
        """The numbers in the file that are those of nobody who was in the log by then."""
        holders = {number: who for who, number in home.people.load_numbers().items()}
        numbers = {row["volunteer"] for row in self.rows}
        return {one for one in numbers if one not in holders or then.source.find_key(holders[one]) is None}


class RebuiltStatement(NamedTuple):
    """The rows that follow from the log, with the numbers of the file."""

    rows: list[Row]
    erased: Mapping[str, str]
    """By a number of the file, the pseudonym of a volunteer who was erased since, whose rows bear that number here."""


def _list_pseudonyms(home: Home) -> Set[str]:
    return {number for who, number in home.people.load_numbers().items() if number in build_pseudonyms(who)}


def find_erased(
    saved: Iterable[Row], rebuilt: Iterable[Row], unknown: Set[str], pseudonyms: Set[str]
) -> Mapping[str, str]:
    """By each unknown number in a file the pseudonym of the volunteer whose rows differ least from its own.

    Whose number it was nobody can say any more. At least one row must be the same, and none of a pseudonym that the
    file has itself.
    """
    in_file = _group_by_volunteer(saved)
    ours = {number: rows for number, rows in in_file.items() if number in unknown}
    theirs = {name: rows for name, rows in _group_by_volunteer(rebuilt).items() if name in pseudonyms - in_file.keys()}
    pairs = sorted((len(a ^ b), number, name) for number, a in ours.items() for name, b in theirs.items() if a & b)
    found: dict[str, str] = {}
    for _, number, name in pairs:
        if number not in found and name not in found.values():
            found[number] = name
    return found


def _group_by_volunteer(rows: Iterable[Row]) -> Mapping[str, Set[bytes]]:
    """What the rows of each say, without whose they are."""
    grouped = defaultdict[str, set[bytes]](set)
    for row in rows:
        said = {name: value for name, value in row.items() if name != "volunteer"}
        grouped[row["volunteer"]].add(msgspec.json.encode(said, order="deterministic"))
    return grouped


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
