"""A table in a text file: its encoding, what stands between its cells, its rows.

Rule: what can be read in two ways is refused; a file is read whole or not at all.
"""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from contextlib import suppress

from kiosk.errors import UserError
from kiosk.sheets.cells import FORMULA
from kiosk.sheets.workbook import MOST_COLUMNS, MOST_ROWS, CellValue
from kiosk.words.sheets import TableText

BEGINNINGS = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))
ENCODINGS = ("utf-8", "cp950")
"""cp950 is Big5 as Windows writes it."""
SEPARATORS = ",\t;"
SAMPLE = 30
"""Lines by which the separator is found."""
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
"""As other programs write a text that a spreadsheet would take for a number: ="0912345678"."""


def read_text_table(name: str, content: bytes) -> list[list[CellValue]]:
    """The rows of a text file. Raises: UserError."""
    text = _decode(name, content)
    if "\0" in text:
        raise UserError(TableText.NUL_CHARACTER.fill(name=name, row=text[: text.index("\0")].count("\n") + 1))
    rows: list[list[CellValue]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=_find_separator(text)):
            if len(cells) > MOST_COLUMNS or len(rows) >= MOST_ROWS:
                raise UserError(TableText.TOO_MANY_CELLS.fill(name=name, rows=MOST_ROWS, columns=MOST_COLUMNS))
            rows.append([_unquote(cell) for cell in cells])
    except csv.Error as error:
        raise UserError(TableText.NOT_A_TABLE.fill(name=name, row=len(rows) + 1, reason=error)) from None
    return rows


def _decode(name: str, content: bytes) -> str:
    marked = next((encoding for mark, encoding in BEGINNINGS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(TableText.ENCODING.fill(name=name))


def _find_separator(text: str) -> str:
    """The separator by which most of the first rows have one width, of several the one with the widest rows."""
    sample = "\n".join(text[: SAMPLE << 12].splitlines()[:SAMPLE])

    def rate(separator: str) -> tuple[int, int]:
        with suppress(csv.Error):
            widths = Counter(map(len, csv.reader(io.StringIO(sample), delimiter=separator)))
            return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
        return (0, 0)

    return max(SEPARATORS, key=rate)


def _unquote(cell: str) -> str:
    """A cell without what keeps a spreadsheet from computing it."""
    if match := _TEXT_FORMULA.fullmatch(cell.strip()):
        return match[1]
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
