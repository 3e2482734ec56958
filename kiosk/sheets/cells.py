"""Rows of a statement as cells: texts for people, and typed values for a spreadsheet.

Rule: what comes from outside never becomes a formula, and in what is for people stands no value as Python writes it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from kiosk.words.codes import find_word
from kiosk.words.command_line import CommandLineText

Row = Mapping[str, Any]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
"""Beginnings that make a spreadsheet compute a cell (OWASP ASVS 1.2.10, and their full-width forms)."""
ITEM_END = "; "
"""Between the items of a list in one cell."""
DATES = frozenset({"date", "agreement_from", "agreement_to", "raised_on"})
"""Columns of civil dates."""
INSTANTS = frozenset({"check_in", "check_out", "start", "end", "since", "recorded_at"})
"""Columns of instants. A spreadsheet knows no offset: it gets the local time."""


class Share(float):
    """A number from 0 to 1 that is shown in per cent."""


class Money(int):
    """An amount of whole NT$."""


Cell = str | int | float | date | datetime | timedelta | None
"""What a spreadsheet keeps in a cell; a datetime is local, without offset, a timedelta shown as hours and minutes."""


class Sheet(NamedTuple):
    """One table with a header, ready to be written."""

    name: str
    header: list[str]
    rows: list[list[Cell]]
    widths: list[int]
    """Of each column, in characters."""
    uses_roc_dates: bool = False


def list_columns(rows: Sequence[Row]) -> list[str]:
    """The columns of all rows, in order of their first appearance."""
    return list(dict.fromkeys(column for row in rows for column in row))


def escape_cell(text: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def format_value(value: object) -> str:
    """A value as a person reads it in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return (CommandLineText.YES if value else CommandLineText.NO).fill()
    if isinstance(value, list):
        return ITEM_END.join(_format_item(item) for item in value)
    return str(value)


def _format_item(item: object) -> str:
    if isinstance(item, dict):
        return f"{format_clock(item['from'])}-{format_clock(item['to'])} {find_word('value', item['reason'])}"
    return str(item)


def format_clock(instant: str | None) -> str:
    """The time of day of an instant, with its seconds where there are any: nothing is rounded."""
    return instant[11:19].removesuffix(":00") if instant else ""


def build_cell(column: str, value: object) -> Cell:
    """A value as a spreadsheet keeps it: numbers as numbers, dates and local times as such, all else as text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = format_value(value)
    try:
        if column in DATES:
            return date.fromisoformat(text)
        if column in INSTANTS:
            return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text or None
    return text or None
