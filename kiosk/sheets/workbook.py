"""A program of its own that reads one workbook: `python -m kiosk.sheets.workbook [SHEET] < FILE > JSON`.

Rule: a file from outside is unpacked and parsed here, in a process with little memory and time, so that no file can
take the memory of the kiosk or end it. A part is measured while it is unpacked, whatever the file says of its size.
"""

import io
import resource
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zipfile import BadZipFile, ZipFile

import msgspec

CellValue = str | int | float | bool
"""What stands in a cell; a date as 2026-11-19, with a time of day as 2026-11-19 08:58:00."""
FaultKind = Literal["no_workbook", "encrypted", "unpacked_too_large", "too_many_cells", "which_sheet", "no_sheet"]

MOST_MEMORY = 1 << 30
"""Bytes of address space: a workbook of twenty thousand rows takes a fifth of it."""
MOST_SECONDS = 20
"""Of computing; 5,000 rows take less than one."""
MOST_UNPACKED = 100 << 20
"""Bytes of all parts of a workbook: some fifty times what 5,000 rows have."""
MOST_PARTS = 1_000
MOST_ROWS, MOST_COLUMNS = 20_000, 256
CHUNK = 1 << 20
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds an XLSX with a password (MS-OFFCRYPTO 2.3.4.4)."""
IS_ENCRYPTED = 0x1
"""The bit of a ZIP entry's flags."""


class WorkbookFault(msgspec.Struct):
    """Why a workbook cannot be read."""

    kind: FaultKind
    sheets: list[str] = []


class WorkbookRows(msgspec.Struct):
    """A sheet as it was read."""

    sheet: str
    rows: list[list[CellValue]]
    """From the first row and column of the sheet on, as people count them."""


class WorkbookAnswer(msgspec.Struct):
    """What the program prints: one of the two."""

    rows: WorkbookRows | None = None
    fault: WorkbookFault | None = None


class UnreadableWorkbook(Exception):
    """The workbook cannot be read; `fault` says why."""

    def __init__(self, kind: FaultKind, sheets: Sequence[str] = ()) -> None:
        super().__init__(kind)
        self.fault = WorkbookFault(kind, list(sheets))


def read_workbook(content: bytes, wanted: str | None) -> WorkbookRows:
    """The rows of a sheet, the only one by default. Raises: UnreadableWorkbook."""
    from python_calamine import CalamineError, PasswordError, load_workbook  # noqa: PLC0415 - after the limits are set

    if content.startswith(b"PK"):
        demand_small_parts(content)
    elif ENCRYPTED_PACKAGE in content:
        raise UnreadableWorkbook("encrypted")
    try:
        workbook = load_workbook(io.BytesIO(content))
        names = [sheet.name for sheet in workbook.sheets_metadata if str(sheet.visible).endswith(".Visible")]
        sheet = _choose_sheet(workbook, names, wanted)
        return WorkbookRows(sheet.name, _read_rows(sheet))
    except PasswordError:
        raise UnreadableWorkbook("encrypted") from None
    except (CalamineError, OSError, ValueError):
        raise UnreadableWorkbook("no_workbook") from None


def demand_small_parts(content: bytes) -> None:
    """Check that a ZIP file unpacks to a sensible size. Raises: UnreadableWorkbook."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise UnreadableWorkbook("unpacked_too_large")
            if any(part.flag_bits & IS_ENCRYPTED for part in parts):
                raise UnreadableWorkbook("encrypted")
            room = MOST_UNPACKED
            for part in parts:
                with archive.open(part) as unpacked:
                    while chunk := unpacked.read(CHUNK):
                        room -= len(chunk)
                        if room < 0:
                            raise UnreadableWorkbook("unpacked_too_large")
            if any(b"manifest:algorithm-name" in archive.read(part) for part in parts if "manifest" in part.filename):
                raise UnreadableWorkbook("encrypted")
    except (BadZipFile, NotImplementedError, EOFError, ValueError, OSError, RuntimeError) as error:
        raise UnreadableWorkbook("no_workbook") from error


def _choose_sheet(workbook: Any, names: Sequence[str], wanted: str | None) -> Any:
    """The sheet that is wanted, or the only one with cells in it. Raises: UnreadableWorkbook."""
    if wanted is not None:
        if wanted not in workbook.sheet_names:
            raise UnreadableWorkbook("no_sheet", names)
        return workbook.get_sheet_by_name(wanted)
    filled = [sheet for sheet in map(workbook.get_sheet_by_name, names) if sheet.height]
    if len(filled) > 1:
        raise UnreadableWorkbook("which_sheet", [sheet.name for sheet in filled])
    if not filled:
        raise UnreadableWorkbook("no_sheet", names)
    return filled[0]


def _read_rows(sheet: Any) -> list[list[CellValue]]:
    row, column = sheet.end or (0, 0)
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        raise UnreadableWorkbook("too_many_cells")
    rows = [[_convert(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        for row in range(first + 1, min(last + 1, len(rows))):
            if column < len(rows[row]) and rows[row][column] == "":
                rows[row][column] = rows[first][column]
    return rows


def _convert(cell: Any) -> CellValue:
    match cell:
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case float() if cell.is_integer():
            return int(cell)
        case _:
            return cell


def main() -> None:
    """Read standard input within the limits, print the answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = WorkbookAnswer(rows=read_workbook(sys.stdin.buffer.read(), *(sys.argv[1:2] or [None])))
    except UnreadableWorkbook as unreadable:
        answer = WorkbookAnswer(fault=unreadable.fault)
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    main()
