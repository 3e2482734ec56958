"""Rows on standard output: a table for people, JSON and CSV for programs. Nothing else is printed there."""

import csv
import re
import sys
from collections.abc import Sequence
from typing import Any

import click
import msgspec
from rich.cells import cell_len

from kiosk.escaping import escape_line

Row = dict[str, Any]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
"""Beginnings that make a spreadsheet compute a cell (OWASP ASVS 1.2.10, and their full-width forms)."""
GAP = "  "
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
HASH = re.compile(r"[0-9a-f]{64}")


def print_rows(rows: Sequence[Row], output: str, columns: Sequence[str] = ()) -> None:
    """Print rows as `table`, `json` or `csv`. `columns` are those of CSV without rows."""
    if output == "json":
        click.echo(msgspec.json.encode(rows).decode())
    elif output == "csv":
        _print_csv(rows, columns)
    else:
        _print_table(rows)


def _print_csv(rows: Sequence[Row], columns: Sequence[str]) -> None:
    names = _list_columns(rows) or columns
    if names:
        writer = csv.writer(sys.stdout, lineterminator="\r\n")
        writer.writerow(names)
        writer.writerows([escape_cell(format_value(row.get(name))) for name in names] for row in rows)


def escape_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _print_table(rows: Sequence[Row]) -> None:
    if not rows:
        click.echo("nothing", err=True)
        return
    rows = _fill_columns(rows)
    lines = [
        list(rows[0].keys()),
        *([escape_line(shorten(format_value(value))) for value in row.values()] for row in rows),
    ]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True))
        click.echo(GAP.join(padded).rstrip())


def _fill_columns(rows: Sequence[Row]) -> list[Row]:
    """Every row with the columns of all, so that they stand under each other."""
    columns = _list_columns(rows)
    return [{column: row.get(column) for column in columns} for row in rows]


def _list_columns(rows: Sequence[Row]) -> Sequence[str]:
    return list(dict.fromkeys(column for row in rows for column in row))


def format_value(value: object) -> str:
    """A value as a person reads it in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_format_item(item) for item in value)
    return str(value)


def shorten(text: str) -> str:
    """As a table has room for it: an instant without offset and idle seconds, the beginning of a hash."""
    if INSTANT.fullmatch(text):
        return text[:19].removesuffix(":00").replace("T", " ")
    return f"{text[:12]}…" if HASH.fullmatch(text) else text


def _format_item(item: object) -> str:
    if isinstance(item, dict):
        return f"{_format_clock(item['from'])}-{_format_clock(item['to'])} {item['reason']}"
    return str(item)


def _format_clock(instant: str | None) -> str:
    return instant[11:16] if instant else ""
