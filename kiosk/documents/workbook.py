"""A document as XLSX, ODS or CSV, for spreadsheet programs and for other programs.

Rule: in a workbook numbers, dates and lengths of time are typed, so that they can be reckoned with, and its last sheet
holds what stands around the tables. CSV is for programs: plain values under the names of the columns.
"""

import csv
import io
from datetime import date, datetime, timedelta
from uuid import UUID

from kiosk.documents.definition import Column
from kiosk.documents.formatting import format_plain
from kiosk.documents.written import WrittenCell, WrittenDocument, WrittenTable
from kiosk.errors import UserError
from kiosk.sheets.cells import Cell, Money, Share, Sheet, escape_cell
from kiosk.sheets.export import WorkbookFormat, build_sheet, build_sheets
from kiosk.words.documents.shared import DocumentText, find_document_words
from kiosk.words.language import find_language


def build_document_workbook(document: WrittenDocument, workbook: WorkbookFormat) -> bytes:
    """One sheet a table, and one about the document. Raises: UserError."""
    return build_sheets([*map(_build_sheet, document.tables), _build_about(document)], workbook)


def _build_sheet(table: WrittenTable) -> Sheet:
    lines = [*table.rows, *([table.totals] if table.totals else [])]
    rows = [[_build_cell(*pair) for pair in zip(line, table.columns, strict=True)] for line in lines]
    header = [column.heading for column in table.columns]
    return build_sheet(table.title or table.name, header, rows, uses_roc_dates=find_language() != "en")


def _build_cell(cell: WrittenCell, column: Column) -> Cell:
    """The value where a spreadsheet has a type for it; its text where it has none, or the value is not known."""
    value = cell.value
    match value:
        case bool() | None | UUID():
            return cell.text
        case datetime():
            return value.replace(tzinfo=None)
        case date():
            return cell.text if column.kind == "month" else value
        case int() | float():
            return _build_figure(value, column)
        case _:
            return cell.text


def _build_figure(value: float, column: Column) -> Cell:
    match column.kind:
        case "minutes":
            return timedelta(minutes=value)
        case "share":
            return Share(value)
        case "money":
            return Money(value)
        case _:
            return value


def _build_about(document: WrittenDocument) -> Sheet:
    words = find_document_words()
    lines = [
        (words.document, document.title),
        (words.unit, document.unit),
        (words.of_period, document.period),
        *document.facts,
        *document.origin,
        *([(words.code, document.code), ("", words.check_hint.format(code=document.code))] if document.code else []),
        *([("", words.simulation)] if document.is_simulation else []),
        *(("", remark) for table in document.tables for remark in table.remarks),
        *(("", remark) for remark in document.remarks),
        *((function, "") for function in document.signatures),
    ]
    return build_sheet(words.about, list(lines[0]), lines[1:])


# --- CSV ---


def choose_table(document: WrittenDocument, name: str | None) -> WrittenTable:
    """The table with a name, or the only one. Raises: UserError."""
    names = ", ".join(table.name for table in document.tables)
    if name is None and len(document.tables) != 1:
        raise UserError(DocumentText.WHICH_TABLE.fill(tables=names))
    found = [table for table in document.tables if name in (None, table.name)]
    if not found:
        raise UserError(DocumentText.NO_TABLE.fill(name=name, tables=names))
    return found[0]


def build_document_csv(table: WrittenTable) -> bytes:
    """A table without its totals; it begins with a byte order mark, or Excel takes it for Big5."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_build_plain(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _build_plain(cell: WrittenCell) -> str:
    text = format_plain(cell.value)
    return escape_cell(text) if isinstance(cell.value, str) else text
