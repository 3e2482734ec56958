"""Which column of a table holds what: guessed by its heading, or stated.

Rule: a guess is shown and can be changed. Two columns that could both be a field are refused, not chosen from.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.errors import UserError
from kiosk.sheets.read import Table, name_column
from kiosk.sheets.workbook import CellValue
from kiosk.words.import_headings import HEADINGS, NOT_USED
from kiosk.words.sheets import ColumnText

ListKind = Literal["people", "trainings", "shifts"]

SEARCHED_ROWS = 30
"""Rows in which the headings are looked for, below titles and dates."""
FEWEST_HEADINGS = 2
"""Headings that make a row the header: one word alone may stand in a title."""
_LEFT_OUT = re.compile(r"[\s:：*＊#．.。,，_/／-]|\([^)]*\)|（[^）]*）|【[^】]*】")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table with a heading."""

    index: int
    heading: str
    field: str | None
    """None: it is not read."""

    @property
    def label(self) -> str:
        """How a person finds it in the spreadsheet: D (生日)."""
        return f"{self.letters} ({self.heading})" if self.heading else self.letters

    @property
    def letters(self) -> str:
        """Of the column, as a spreadsheet shows them."""
        return name_column(self.index)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, below its header row."""

    header: int
    """The header row, by its place in the table."""
    columns: list[Column]

    @property
    def kind(self) -> ListKind:
        """What the rows are about."""
        fields = self.fields
        if "training_kind" in fields:
            return "trainings"
        return "shifts" if fields.keys() & {"date", "session", "start", "end"} else "people"

    @property
    def fields(self) -> dict[str, Column]:
        """The columns that are read, by field."""
        return {column.field: column for column in self.columns if column.field}


def guess_columns(table: Table, stated: Mapping[str, str], header: int | None = None) -> Columns:
    """The columns of a table; `stated` says of a heading, or of a column's letters, which field it is.

    `header` is the number of the header row, from 1; None: it is found. Raises: UserError.
    """
    columns = list_columns(table, stated, header)
    _refuse_rivals(table, columns.columns)
    return columns


def list_columns(table: Table, stated: Mapping[str, str], header: int | None = None) -> Columns:
    """The same, also where two columns could be one field. Raises: UserError."""
    row = _find_header(table, stated) if header is None else header - 1
    if not 0 <= row < len(table.rows):
        raise UserError(ColumnText.NO_SUCH_ROW.fill(name=table.name, row=header, rows=len(table.rows)))
    choices = {key: _parse_field(field) for key, field in stated.items()}
    used: set[str] = set()
    columns: list[Column] = []
    for index, cell in enumerate(table.rows[row]):
        heading = " ".join(str(cell).split())
        key = next((key for key in choices if key == heading or key.upper() == name_column(index)), None)
        used |= {key} if key else set()
        field = choices[key] if key else find_field(cell)
        if heading or field:
            columns.append(Column(index, heading, field))
    if unknown := sorted(choices.keys() - used):
        headings = ", ".join(column.label for column in columns)
        raise UserError(ColumnText.NO_SUCH_COLUMN.fill(name=table.name, column=unknown[0], headings=headings))
    return Columns(row, columns)


def _find_header(table: Table, stated: Mapping[str, str]) -> int:
    """The row with the most headings that are known, the first of several. Raises: UserError."""
    counts = [_count_headings(cells, stated) for cells in table.rows[:SEARCHED_ROWS]]
    if max(counts) < FEWEST_HEADINGS:
        raise UserError(ColumnText.NO_HEADER.fill(name=table.name, rows=SEARCHED_ROWS))
    return counts.index(max(counts))


def _count_headings(cells: Sequence[CellValue], stated: Mapping[str, str]) -> int:
    return sum(str(cell).strip() in stated or find_field(cell) is not None for cell in cells)


def simplify(text: object) -> str:
    """A heading as headings are compared."""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", str(text))).casefold()


_FIELDS = {simplify(heading): field for field, headings in HEADINGS.items() for heading in headings}


def find_field(heading: object) -> str | None:
    """The field that a heading is known for."""
    return _FIELDS.get(simplify(heading))


def _parse_field(text: str) -> str | None:
    """A field by its name or one of its headings; None for a column that is not read. Raises: UserError."""
    if text in NOT_USED:
        return None
    field = text if text in HEADINGS else find_field(text)
    if field is None:
        raise UserError(ColumnText.NO_SUCH_FIELD.fill(field=text, fields=", ".join(HEADINGS)))
    return field


def _refuse_rivals(table: Table, columns: Sequence[Column]) -> None:
    """Refuse two columns for one field. Raises: UserError."""
    rivals: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if column.field:
            rivals[column.field].append(column)
    for field, found in rivals.items():
        if len(found) > 1:
            labels = ", ".join(column.label for column in found)
            letter = name_column(found[-1].index)
            raise UserError(ColumnText.RIVALS.fill(name=table.name, columns=labels, field=field, letter=letter))
