"""The rows of a list as a file for a spreadsheet program: CSV, XLSX or ODS.

Rule: the same rows make the same bytes. A text is written as a text, whatever it begins with.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Literal, NamedTuple, TextIO

from rich.cells import cell_len

from kiosk.errors import UserError
from kiosk.escaping import escape_controls
from kiosk.sheets.cells import Cell, Row, build_cell, escape_cell, format_value, list_columns
from kiosk.words.sheets import ExportText

WorkbookFormat = Literal["xlsx", "ods"]

MOST_ROWS, LONGEST_TEXT = 1_048_575, 32_767
"""Rows below the header, and characters of a cell, that spreadsheet programs take."""
NARROWEST, WIDEST = 8, 60
"""Characters that a column is wide."""
MADE = datetime(1980, 1, 1)  # noqa: DTZ001 - the earliest time that a ZIP file knows, local by definition
"""When each workbook says that it was made: two of one content are the same file."""
DATE_FORMAT = "yyyy-mm-dd"
INSTANT_FORMAT = f"{DATE_FORMAT} hh:mm:ss"


class Sheet(NamedTuple):
    """One table with a header, ready to be written."""

    name: str
    header: list[str]
    rows: list[list[Cell]]
    widths: list[int]
    """Of each column, in characters."""


def write_csv(file: TextIO, rows: Sequence[Row], columns: Sequence[str] = ()) -> None:
    """Write the rows as CSV with a header; `columns` are its names where there are no rows."""
    names = list_columns(rows) or columns
    if names:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        writer.writerows([escape_cell(format_value(row.get(name))) for name in names] for row in rows)


def build_workbook(name: str, rows: Sequence[Row], columns: Sequence[str], workbook: WorkbookFormat) -> bytes:
    """The rows as a workbook with one sheet; `columns` are its header where there are no rows. Raises: UserError."""
    names = list_columns(rows) or list(columns)
    if len(rows) > MOST_ROWS:
        raise UserError(ExportText.TOO_MANY_ROWS.fill(count=len(rows), most=MOST_ROWS))
    cells = [[_build_text_cell(build_cell(column, row.get(column))) for column in names] for row in rows]
    widths = [_measure(lines) for lines in zip(names, *cells, strict=True)]
    sheet = Sheet(name, names, cells, widths)
    if workbook == "ods":
        from kiosk.sheets.ods import build_ods  # noqa: PLC0415 - only an export in this format needs it

        return build_ods(sheet)
    return _build_xlsx(sheet)


def _build_text_cell(cell: Cell) -> Cell:
    """The cell; in a text, control characters are written out, as no XML can hold them. Raises: UserError."""
    if not isinstance(cell, str):
        return cell
    text = escape_controls(cell)
    if len(text) > LONGEST_TEXT:
        raise UserError(ExportText.TEXT_TOO_LONG.fill(longest=LONGEST_TEXT))
    return text


def _measure(cells: Sequence[Cell]) -> int:
    widest = max(cell_len(format_value(cell)) for cell in cells)
    return min(max(widest + 2, NARROWEST), WIDEST)


def _build_xlsx(sheet: Sheet) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - 60 ms to load, for an export alone

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": MADE})
        page, bold = workbook.add_worksheet(sheet.name), workbook.add_format({"bold": True})
        dates, instants = (workbook.add_format({"num_format": form}) for form in (DATE_FORMAT, INSTANT_FORMAT))
        page.freeze_panes(1, 0)
        for number, (name, width) in enumerate(zip(sheet.header, sheet.widths, strict=True)):
            page.set_column(number, number, width)
            page.write_string(0, number, name, bold)
        for row, cells in enumerate(sheet.rows, 1):
            for number, cell in enumerate(cells):
                match cell:
                    case str():
                        page.write_string(row, number, cell)
                    case datetime():
                        page.write_datetime(row, number, cell, instants)
                    case date():
                        page.write_datetime(row, number, datetime.combine(cell, time()), dates)
                    case int() | float():
                        page.write_number(row, number, cell)
                    case None:
                        pass
    return file.getvalue()
