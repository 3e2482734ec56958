"""`--format` and `--output` of the commands that list: on the screen, or as a file for a spreadsheet program."""

import io
from collections.abc import Callable, Sequence
from contextlib import nullcontext, redirect_stdout
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from kiosk.cli.options import CleanPath, demand_new_file
from kiosk.cli.printing import UNLIMITED, Row, print_rows
from kiosk.errors import UserError
from kiosk.home_files import write_private
from kiosk.words.help import HelpText
from kiosk.words.language import use_language

WORKBOOKS = ("xlsx", "ods")
FORMATS = ("table", "json", "csv", *WORKBOOKS)


class ListOutput(NamedTuple):
    """Where a list goes, and how it is written there."""

    format: str = "table"
    file: Path | None = None
    """None: standard output."""


SCREEN_TABLE = ListOutput()


def list_output(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--format` and `--output`, for a command that takes them as its `output`. All but a table is English."""

    @wraps(command)
    def with_output(*args: Any, output_format: str | None, output_file: Path | None, **kwargs: Any) -> Any:
        output = parse_list_output(output_format, output_file)
        with nullcontext() if output.format == "table" else use_language("en"):
            return command(*args, output=output, **kwargs)

    to_file = click.option(
        "--output", "output_file", type=CleanPath(), metavar="FILE", help=HelpText.OPTION_OUTPUT.fill()
    )
    return click.option(
        "--format", "output_format", type=click.Choice(FORMATS), help=HelpText.OPTION_FORMAT_LIST.fill()
    )(to_file(with_output))


def parse_list_output(form: str | None, file: Path | None) -> ListOutput:
    """Where a list goes; without a format it is that of the file's name. Raises: UserError, before any work is done."""
    suffix = file.suffix.removeprefix(".").lower() if file else ""
    form = form or (suffix if suffix in FORMATS else "table")
    if file is None and form in WORKBOOKS:
        from kiosk.words.sheets import ExportText  # noqa: PLC0415 - only for the error

        raise UserError(ExportText.NEEDS_FILE.fill(output=form))
    if file:
        demand_new_file(file)
    return ListOutput(form, file)


def print_list(
    name: str, rows: Sequence[Row], output: ListOutput, columns: Sequence[str] = (), page: int = UNLIMITED
) -> None:
    """Print a list, or write it to its file. `columns` are its header where there are no rows. Raises: UserError."""
    if output.file is None:
        print_rows(rows, output.format, columns, page)
        return
    from kiosk.words.sheets import ExportText  # noqa: PLC0415 - what is printed needs no file

    write_private(output.file, _build_file(name, rows, output.format, columns))
    click.echo(ExportText.WRITTEN.fill(path=output.file, count=len(rows)), err=True)


def _build_file(name: str, rows: Sequence[Row], form: str, columns: Sequence[str]) -> bytes:
    if form in WORKBOOKS:
        from kiosk.sheets.export import build_workbook  # noqa: PLC0415 - what is printed needs no workbook

        return build_workbook(name, rows, columns, "ods" if form == "ods" else "xlsx")
    text = io.StringIO(newline="")
    with redirect_stdout(text):
        print_rows(rows, form, columns)
    return text.getvalue().encode()
