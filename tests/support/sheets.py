"""Files as offices send them: CSV in any encoding, XLSX with formulas, dates and merged cells."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter


def build_text_table(rows: Sequence[Sequence[object]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """A CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def build_xlsx(rows: Sequence[Sequence[Any]], change: Callable[[Any, Any], object] | None = None) -> bytes:
    """A workbook with one sheet; `change` gets the workbook and the sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("名冊")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, int | float):
                    sheet.write_number(number, column, cell)
                elif cell:
                    sheet.write_string(number, column, cell)
        if change:
            change(workbook, sheet)
    return file.getvalue()
