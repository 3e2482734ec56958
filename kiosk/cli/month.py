"""`kiosk month`: what is open in a month, closing it, and what was stated of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from domain.months import format_month, parse_month
from kiosk.cli.home_to_read import find_instant, hold_statements, read_home
from kiosk.cli.lazy_group import PlainGroup, format_example
from kiosk.cli.list_output import ListOutput, list_output, print_list
from kiosk.cli.names import NO_NAMES, NamesOption, pass_names_options, print_named_rows
from kiosk.cli.options import as_of_option, parse_actor, pass_home, pass_home_folder
from kiosk.statements.month import MONTH_COLUMNS, MonthRows, list_statement_rows
from kiosk.statements.statement_rows import Row
from kiosk.text.typed import narrow
from kiosk.words.month_help import MonthHelp

if TYPE_CHECKING:
    from kiosk.desk.home_access import Command
    from kiosk.home import Home
    from kiosk.standing_home import HomeToRead


class MonthName(click.ParamType):
    """A month, 2026-11 or 115-11."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Its first day, or a usage error."""
        try:
            return value if isinstance(value, date) else parse_month(narrow(str(value)))
        except ValueError:
            self.fail(MonthHelp.THIS_MONTH.fill(text=str(value)), param, ctx)


month_argument = click.argument("month", type=MonthName())


@click.group(
    cls=PlainGroup,
    epilog=format_example(
        "kiosk month check 2026-11",
        "kiosk month close 2026-11 --by lin",
        'kiosk month close 2026-11 --by lin --reason "a visit was void"',
        "kiosk month lines 2026-11 --output november.xlsx",
        "kiosk month difference 2026-11",
    ),
    help=MonthHelp.MONTH.fill(),
)
def month() -> None:
    """The group has no option of its own."""


@month.command("list", epilog=format_example("kiosk month list"), help=MonthHelp.LIST.fill())
@as_of_option
@list_output
@pass_home_folder
def list_months(folder: Path, as_of: str | None, output: ListOutput) -> None:
    """List the statements."""

    def read(home: "HomeToRead") -> list[Row]:
        with hold_statements(home, as_of) as statements:
            return list_statement_rows(home, statements, find_instant(home, as_of))

    print_list("month-list", read_home(folder, read, may_stand=as_of is None), output, MONTH_COLUMNS["list"])


# --- What is in a month ---


def _add_read_command(
    name: str, help_text: MonthHelp, query: Callable[[MonthRows], list[Row]], *, may_stand: bool = True
) -> None:
    def print_rows_of_month(
        folder: Path, month: date, names: NamesOption, as_of: str | None, output: ListOutput
    ) -> None:
        def read(home: "HomeToRead") -> None:
            with hold_statements(home, as_of) as statements:
                rows = query(MonthRows(home, statements, month, find_instant(home, as_of)))
            print_named_rows(cast("Home", home), f"month-{name}", rows, output, names, MONTH_COLUMNS[name])

        read_home(folder, read, may_stand=may_stand and as_of is None and names == NO_NAMES)

    command = as_of_option(list_output(pass_names_options(pass_home_folder(print_rows_of_month))))
    example = format_example(f"kiosk month {name} 2026-11")
    month.command(name, epilog=example, help=help_text.fill())(month_argument(command))


_add_read_command("check", MonthHelp.CHECK, MonthRows.list_open)
_add_read_command("lines", MonthHelp.LINES, MonthRows.list_lines)
_add_read_command("slips", MonthHelp.SLIPS, MonthRows.list_slips)
_add_read_command("difference", MonthHelp.DIFFERENCE, MonthRows.list_differences, may_stand=False)


# --- What is done ---


@month.command(
    "close",
    epilog=format_example(
        "kiosk month close 2026-11 --by lin", 'kiosk month close 2026-11 --by lin --reason "a visit was void"'
    ),
    help=MonthHelp.CLOSE.fill(),
)
@month_argument
@click.option("--by", metavar="ACTOR", required=True, help=MonthHelp.OPTION_BY.fill())
@click.option("--reason", metavar="TEXT", help=MonthHelp.OPTION_REASON.fill())
@pass_home
def close(home: "Home", month: date, by: str, reason: str | None) -> int:
    """Close a month."""
    return _carry_out(home, {"do": "close_month", "month": format_month(month), "reason": reason}, by)


@month.command("enter", epilog=format_example("kiosk month enter 2026-11 --by lin"), help=MonthHelp.ENTER.fill())
@month_argument
@click.option("--by", metavar="ACTOR", required=True, help=MonthHelp.OPTION_BY.fill())
@pass_home
def enter(home: "Home", month: date, by: str) -> int:
    """Record that a month stands in the record books."""
    return _carry_out(home, {"do": "enter_record_books", "month": format_month(month)}, by)


def _carry_out(home: "Home", command: "Command", by: str) -> int:
    from kiosk.desk.home_access import HomeCommands  # noqa: PLC0415 - what is only read loads no desk

    (result,) = HomeCommands(home).run([command], parse_actor(by), "")
    click.echo(f"kiosk: {result.sentence}" if result.status else result.sentence, err=bool(result.status))
    return result.status
