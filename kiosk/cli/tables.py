"""Tables for people: no wider than there is room, and nothing of a row left out.

Rule: as long as a table is too wide, its headers are broken, then the date of the row is not said twice, then lists get
a line an item; what is still too wide stands below, under its own headers, with the columns that say whose row it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile, zip_longest

import msgspec
from msgspec.structs import replace

from kiosk.sheets.cells import ITEM_END
from kiosk.text.cells import measure_cells

GAP = "  "
KEYS = frozenset({"shift", "volunteer", "date", "week", "month", "rule"})
"""Columns that say whose row it is, where a table begins with them."""


class Column(msgspec.Struct, frozen=True, dict=True):
    """A column: its header and its cells, each as lines."""

    name: str
    """The key of the rows."""
    title: str
    """The key or its word; it may be broken where an underscore stands."""
    head: list[str]
    cells: list[list[str]]

    @cached_property
    def width(self) -> int:
        """Cells of the terminal that its longest line takes."""
        return max(map(measure_cells, {line for lines in (self.head, *self.cells) for line in lines}))


def format_table(titles: Mapping[str, str], rows: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    """The lines of a table of at least one row, which fit into so many cells of the terminal.

    `titles` are the headings by the keys of the rows.
    """
    columns = [
        Column(name, title, [title if title == name else title.replace("_", "")], [[text] for text in cells])
        for (name, title), cells in zip(titles.items(), zip(*rows, strict=True), strict=True)
    ]
    for make_narrower in (_break_headers, _omit_dates, _break_lists):
        if _measure(columns) > room:
            columns = make_narrower(columns)
    for number, part in enumerate(_split(columns, room)):
        if number:
            yield ""
        widths = [column.width for column in part]
        for line in zip(*([column.head, *column.cells] for column in part), strict=True):
            yield from _format_row(line, widths)


def _measure(columns: Sequence[Column]) -> int:
    return sum(column.width + len(GAP) for column in columns) - len(GAP)


def _break_headers(columns: Sequence[Column]) -> list[Column]:
    return [replace(column, head=column.title.split("_")) for column in columns]


def _omit_dates(columns: Sequence[Column]) -> list[Column]:
    """Instants of the day that the column `date` says already, as a time of day."""
    dates = next((column.cells for column in columns if column.name == "date"), None)
    if dates is None:
        return list(columns)
    return [
        replace(
            column,
            cells=[[cell[0].removeprefix(f"{date[0]} ")] for cell, date in zip(column.cells, dates, strict=True)],
        )
        for column in columns
    ]


def _break_lists(columns: Sequence[Column]) -> list[Column]:
    return [replace(column, cells=[cell[0].split(ITEM_END) for cell in column.cells]) for column in columns]


def _split(columns: Sequence[Column], room: int) -> Iterator[list[Column]]:
    """The columns in parts that fit; one that is too wide by itself stands alone beside the keys."""
    keys = list(takewhile(lambda column: column.name in KEYS, columns))
    part = list(keys)
    for column in columns[len(keys) :]:
        if len(part) > len(keys) and _measure([*part, column]) > room:
            yield part
            part = list(keys)
        part.append(column)
    yield part


def _format_row(cells: Sequence[list[str]], widths: Sequence[int]) -> Iterator[str]:
    for texts in zip_longest(*cells, fillvalue=""):
        padded = (text + " " * (width - measure_cells(text)) for text, width in zip(texts, widths, strict=True))
        yield GAP.join(padded).rstrip()
