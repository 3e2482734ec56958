"""The rows of a list as a file for a spreadsheet program: CSV, XLSX or ODS.

Rule: the same rows make the same bytes. A text is written as a text, whatever it begins with.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, TextIO

from rich.cells import cell_len

from kiosk.errors import UserError
from kiosk.sheets.cells import Cell, Money, Row, Share, Sheet, build_cell, escape_cell, format_value, list_columns
from kiosk.text.escaping import escape_controls
from kiosk.words.sheets import ExportText

WorkbookFormat = Literal["xlsx", "ods"]

MOST_ROWS, LONGEST_TEXT = 1_048_575, 32_767
"""Rows below the header, and characters of a cell, that spreadsheet programs take."""
NARROWEST, WIDEST = 8, 60
"""Characters that a column is wide."""
MADE = datetime(1980, 1, 1)  # noqa: DTZ001 - the earliest time that a ZIP file knows, local by definition
"""When each workbook says that it was made: two of one content are the same file."""
LONGEST_NAME = 31
"""Characters of the name of a sheet."""
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
"""What spreadsheet programs take in no name of a sheet."""
DATE_FORMAT, ROC_DATE_FORMAT = "yyyy-mm-dd", "[$-404]e/mm/dd"
"""The second counts the years of the Republic of China."""


def write_csv(file: TextIO, rows: Sequence[Row], columns: Sequence[str] = ()) -> None:
    """Write the rows as CSV with a header; `columns` are its names where there are no rows."""
    names = list_columns(rows) or columns
    if names:
        write_csv_rows(file, rows, names)


def write_csv_rows(file: TextIO, rows: Iterable[Row], names: Sequence[str]) -> None:
    """Write rows that come one by one, with the columns that all of them have."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_write_value(row.get(name)) for name in names] for row in rows)


def _write_value(value: object) -> str:
    """A number as it is, below nothing too; in a text nothing becomes a formula."""
    text = format_value(value)
    return text if isinstance(value, int | float) else escape_cell(text)


def build_workbook(name: str, rows: Sequence[Row], columns: Sequence[str], workbook: WorkbookFormat) -> bytes:
    """The rows as a workbook with one sheet; `columns` are its header where there are no rows. Raises: UserError."""
    names = list_columns(rows) or list(columns)
    cells = [[build_cell(column, row.get(column)) for column in names] for row in rows]
    return build_sheets([build_sheet(name, names, cells)], workbook)


def build_sheet(name: str, header: list[str], rows: Sequence[Sequence[Cell]], *, uses_roc_dates: bool = False) -> Sheet:
    """A sheet whose columns are as wide as what stands in them. Raises: UserError."""
    if len(rows) > MOST_ROWS:
        raise UserError(ExportText.TOO_MANY_ROWS.fill(count=len(rows), most=MOST_ROWS))
    cells = [[_build_text_cell(cell) for cell in row] for row in rows]
    widths = [_measure(lines) for lines in zip(header, *cells, strict=True)]
    return Sheet(name, header, cells, widths, uses_roc_dates)


def build_sheets(sheets: Sequence[Sheet], workbook: WorkbookFormat) -> bytes:
    """A workbook with these sheets, one or more."""
    named = [sheet._replace(name=name) for sheet, name in zip(sheets, _build_names(sheets), strict=True)]
    if workbook == "ods":
        from kiosk.sheets.ods import build_ods  # noqa: PLC0415 - only an export in this format needs it

        return build_ods(named)
    return _build_xlsx(named)


def _build_names(sheets: Sequence[Sheet]) -> list[str]:
    """Names that spreadsheet programs take, no two the same, upper or lower case."""
    names: list[str] = []
    for number, sheet in enumerate(sheets, 1):
        words = escape_controls(sheet.name).translate(_NOT_IN_NAMES).split()
        name = " ".join(words)[:LONGEST_NAME].strip() or str(number)
        taken = {known.casefold() for known in names}
        names.append(f"{name[: LONGEST_NAME - 4]} {number}" if name.casefold() in taken else name)
    return names


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


def _build_xlsx(sheets: Sequence[Sheet]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - 60 ms to load, for an export alone

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": MADE})
        bold = workbook.add_format({"bold": True})
        formats = {form: workbook.add_format({"num_format": form}) for form in _list_formats(sheets)}
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for number, (name, width) in enumerate(zip(sheet.header, sheet.widths, strict=True)):
                page.set_column(number, number, width)
                page.write_string(0, number, name, bold)
            for row, cells in enumerate(sheet.rows, 1):
                for number, cell in enumerate(cells):
                    _write_xlsx_cell(page, (row, number), cell, formats.get(_find_format(cell, sheet)))
    return file.getvalue()


def _list_formats(sheets: Sequence[Sheet]) -> list[str]:
    """The formats that cells of these sheets have, in the order in which they are met."""
    found = (_find_format(cell, sheet) for sheet in sheets for row in sheet.rows for cell in row)
    return list(dict.fromkeys(filter(None, found)))


def _find_format(cell: Cell, sheet: Sheet) -> str:
    """How a spreadsheet program shows a value; empty for one that it shows as it is."""
    day = ROC_DATE_FORMAT if sheet.uses_roc_dates else DATE_FORMAT
    match cell:
        case datetime():
            return f"{day} hh:mm:ss"
        case date():
            return day
        case timedelta():
            return "[h]:mm"
        case Share():
            return "0.0%"
        case Money():
            return "#,##0"
        case _:
            return ""


def _write_xlsx_cell(page: Any, place: tuple[int, int], cell: Cell, form: Any) -> None:
    match cell:
        case str():
            page.write_string(*place, cell)
        case datetime() | timedelta():
            page.write_datetime(*place, cell, form)
        case date():
            page.write_datetime(*place, datetime.combine(cell, time()), form)
        case int() | float():
            page.write_number(*place, cell, form)
        case None:
            pass
