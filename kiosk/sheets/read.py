"""A table from a file of an office: XLSX, XLS, ODS or text. What it is, its content says, not its name.

Rule: a file is data from outside. Its size is limited before it is read, and a workbook is parsed in a process of its
own; whatever is wrong with it is one sentence.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from domain.typed_decoding import decode_json
from kiosk.errors import UserError
from kiosk.input_files import read_input_file
from kiosk.sheets.text_table import read_text_table
from kiosk.sheets.workbook import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SECONDS,
    MOST_UNPACKED,
    CellValue,
    WorkbookAnswer,
    WorkbookFault,
)
from kiosk.words.errors import BatchText
from kiosk.words.sheets import TableText

LONGEST_FILE = 20 << 20
"""Bytes: 5,000 rows with twenty columns have one or two million."""
WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""A ZIP file, an empty one, and the compound file of XLS and of encrypted workbooks."""
PDF, HTML = b"%PDF", (b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml")
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, the first as row 1, and how the file is called."""

    name: str
    sheet: str | None
    """None for a text file."""
    rows: list[list[CellValue]]

    def cell(self, row: int, column: int) -> CellValue:
        """A cell, by its place in `rows`; empty where the row is shorter."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


class SheetUnclear(UserError):
    """A workbook has several sheets, or not the one that is wanted; `sheets` are those that it has."""

    def __init__(self, sentence: str, sheets: list[str]) -> None:
        super().__init__(sentence)
        self.sheets = sheets


def name_column(column: int) -> str:
    """The letters of a column as a spreadsheet shows them: A is 0, AA is 26."""
    head, tail = divmod(column, LETTERS)
    return (name_column(head - 1) if head else "") + chr(ord("A") + tail)


def read_table_file(path: Path, sheet: str | None = None) -> Table:
    """The table in a file. Raises: UserError."""
    try:
        content = read_input_file(path, LONGEST_FILE)
    except OSError as error:
        raise UserError(BatchText.CANNOT_OPEN.fill(name=path, strerror=error.strerror)) from None
    return read_table(str(path), content, sheet)


def read_table(name: str, content: bytes, sheet: str | None = None) -> Table:
    """The table in the bytes of a file of this name; `sheet` chooses one of several. Raises: UserError."""
    if len(content) > LONGEST_FILE:
        raise UserError(TableText.FILE_TOO_LARGE.fill(name=name, longest=LONGEST_FILE))
    if content.startswith(WORKBOOK_STARTS):
        return _read_workbook(name, content, sheet)
    if sheet is not None:
        raise UserError(TableText.NO_SHEETS.fill(name=name))
    beginning = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(PDF):
        raise UserError(TableText.IS_PDF.fill(name=name))
    if beginning.startswith(HTML):
        raise UserError(TableText.IS_WEB_PAGE.fill(name=name))
    rows = read_text_table(name, content)
    if not any(str(cell).strip() for row in rows for cell in row):
        raise UserError(TableText.EMPTY.fill(name=name))
    return Table(name, None, rows)


def _read_workbook(name: str, content: bytes, sheet: str | None) -> Table:
    command = [sys.executable, "-P", "-m", "kiosk.sheets.workbook", *([] if sheet is None else [sheet])]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, the file goes to its standard input
            command, input=content, capture_output=True, timeout=3 * MOST_SECONDS, check=False
        )
        answer = decode_json(done.stdout, WorkbookAnswer)
    except (subprocess.TimeoutExpired, msgspec.DecodeError):  # it was ended by its limits, or by a fault of the parser
        raise UserError(TableText.NOT_READ_WITHIN_LIMITS.fill(name=name)) from None
    if answer.rows is None:
        sentence, sheets = _explain_fault(name, sheet, answer.fault), answer.fault.sheets if answer.fault else []
        raise SheetUnclear(sentence, sheets) if sheets else UserError(sentence)
    return Table(name, answer.rows.sheet, answer.rows.rows)


def _explain_fault(name: str, sheet: str | None, fault: WorkbookFault | None) -> str:
    match fault:
        case WorkbookFault(kind="encrypted"):
            return TableText.ENCRYPTED.fill(name=name)
        case WorkbookFault(kind="unpacked_too_large"):
            return TableText.UNPACKED_TOO_LARGE.fill(name=name, most=MOST_UNPACKED)
        case WorkbookFault(kind="too_many_cells"):
            return TableText.TOO_MANY_CELLS.fill(name=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
        case WorkbookFault(kind="which_sheet", sheets=sheets):
            return TableText.WHICH_SHEET.fill(name=name, sheets=", ".join(sheets))
        case WorkbookFault(kind="no_sheet", sheets=sheets) if sheet is not None:
            return TableText.NO_SHEET.fill(name=name, sheet=sheet, sheets=", ".join(sheets))
        case WorkbookFault(kind="no_sheet"):
            return TableText.EMPTY.fill(name=name)
        case _:
            return TableText.NO_WORKBOOK.fill(name=name)
