"""Rows on standard output: a table for people, JSON and CSV for programs. Nothing else is printed there.

Rule: in what is for people stands no value as Python writes it.
"""

import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import click
import msgspec

from kiosk.sheets.cells import ITEM_END, format_value, list_columns
from kiosk.text.escaping import escape_line
from kiosk.words.codes import find_word
from kiosk.words.command_line import CommandLineText

if TYPE_CHECKING:
    from kiosk.statements.changed_row import ChangedField

Row = dict[str, Any]

ROWS_AT_ONCE = 1_000
"""Rows of a stream that are written at once."""
PAGE = 100
"""Columns of a table for people that goes to no terminal."""
UNLIMITED = 1 << 16
"""Columns of a table that goes to no terminal: a script may read it line by line."""
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
CODE_COLUMNS = frozenset(
    {"status", "outcome", "kind", "mode", "standing", "decision", "reason", "reason_lost", "week", "month"}
)
"""Columns whose values are codes; of a reason those that the rules name."""
TRAINING_COLUMNS = frozenset({"trainings", "trainings_missing"})
HASH = re.compile(r"[0-9a-f]{64}")


def print_rows(rows: Sequence[Row], output: str, columns: Sequence[str] = (), page: int = UNLIMITED) -> None:
    """Print rows as `table`, `json` or `csv`. `columns` are those of CSV without rows.

    A table fits the terminal; where there is none, so many columns as `page` has.
    """
    if output == "json":
        click.echo(msgspec.json.encode(rows).decode())
    elif output == "csv":
        from kiosk.sheets.export import write_csv  # noqa: PLC0415 - 10 ms to load, for this format alone

        write_csv(sys.stdout, rows, columns)
    else:
        _print_table(rows, page)


def print_row_stream(rows: Iterable[Row], output: str, columns: Sequence[str]) -> None:
    """Print rows as they come, as `json` or `csv`: the same bytes, in little memory. All have these columns."""
    if output == "csv":
        from kiosk.sheets.export import write_csv_rows  # noqa: PLC0415 - 10 ms to load, for this format alone

        write_csv_rows(sys.stdout, rows, columns)
        return
    waiting, before = iter(rows), "["
    while page := list(islice(waiting, ROWS_AT_ONCE)):
        click.echo(before + msgspec.json.encode(page).decode()[1:-1], nl=False)
        before = ","
    click.echo("[]" if before == "[" else "]")


def _print_table(rows: Sequence[Row], page: int) -> None:
    if not rows:
        click.echo(CommandLineText.NO_ROWS.fill(), err=True)
        return
    from kiosk.cli.tables import format_table  # noqa: PLC0415 - same

    rows = _fill_columns(rows)
    texts = [[escape_line(shorten(_format_cell(name, value))) for name, value in row.items()] for row in rows]
    room = shutil.get_terminal_size((PAGE, 0)).columns if sys.stdout.isatty() else page
    titles = {name: find_word("column", name) for name in rows[0]}
    for line in format_table(titles, texts, room):
        click.echo(line)


def _format_cell(name: str, value: Any) -> str:
    """A value in words, where its column holds codes."""
    if value and name in CODE_COLUMNS:
        return find_word("value", value)
    if value and name in TRAINING_COLUMNS:
        return ITEM_END.join(map(_format_training, value))
    return format_value(value)


def _format_training(training: str) -> str:
    kind, _, category = training.partition(" ")
    return f"{find_word('training', kind)} {category}".rstrip()


def _fill_columns(rows: Sequence[Row]) -> list[Row]:
    """Every row with the columns of all, so that they stand under each other."""
    columns = list_columns(rows)
    return [{column: row.get(column) for column in columns} for row in rows]


def shorten(text: str) -> str:
    """As a table has room for it: an instant without offset and idle seconds, the beginning of a hash."""
    if INSTANT.fullmatch(text):
        return text[:19].removesuffix(":00").replace("T", " ")
    return f"{text[:12]}…" if HASH.fullmatch(text) else text


# --- A row that changed ---


def format_change(row: Row) -> str:
    """A changed row: its key, the fields that differ, before and after, then what a person did, then other events."""
    from kiosk.statements.changed_row import describe_change  # noqa: PLC0415 - it loads the home
    from kiosk.statements.explained_day import format_events  # noqa: PLC0415 - same

    change = describe_change(row)
    fields = [f"  {_format_field(one)}" for one in change.fields]
    acts = [f"  {act.text}" for act in change.acts]
    rest = [f"  {format_events(change.events)}"] if change.events else []
    return "\n".join(map(escape_line, [change.title, *fields, *acts, *rest]))


def _format_field(changed: "ChangedField") -> str:
    change = " -> ".join(filter(None, (changed.before, changed.after)))
    return CommandLineText.FIELD_CHANGED.fill(name=changed.label, change=change)
