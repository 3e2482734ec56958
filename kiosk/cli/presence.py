"""`kiosk presence`: who is in, as rows or as the muster sheet for an evacuation."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from domain.spans import Second, second
from kiosk.cli.home_to_read import print_quarantine
from kiosk.cli.lazy_group import format_example
from kiosk.cli.list_output import SCREEN_TABLE, ListOutput, list_output
from kiosk.cli.names import NamesOption, pass_names_options, record_names_wanted
from kiosk.cli.options import as_of_option, parse_instant_option, pass_home_folder, run_in_home
from kiosk.cli.reads import ReadOptions, print_queried_rows
from kiosk.errors import UserError
from kiosk.statements.columns import COLUMNS
from kiosk.statements.statement_rows import FilterOptions, StatementRows
from kiosk.text.typed import narrow
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText

if TYPE_CHECKING:
    from kiosk.home import Home


@click.command(
    epilog=format_example("kiosk presence --at 2026-11-19T10:30 --format json", "kiosk presence --muster | lp"),
    help=HelpText.PRESENCE.fill(),
)
@click.option("--at", "stated", type=narrow, metavar="INSTANT", help=HelpText.OPTION_PRESENT_AT.fill())
@click.option("--muster", is_flag=True, help=HelpText.OPTION_MUSTER.fill())
@pass_names_options
@as_of_option
@list_output
@pass_home_folder
def presence(
    folder: Path, stated: str | None, muster: bool, names: NamesOption, as_of: str | None, output: ListOutput
) -> None:
    """Print the rows, or the muster sheet."""
    if muster:
        if output != SCREEN_TABLE:
            raise UserError(CommandLineText.MUSTER_HAS_NO_FORMAT.fill())
        run_in_home(folder, lambda home: _print_muster(home, stated, as_of, names), to_read=True)
        return
    print_queried_rows(
        folder,
        "presence",
        lambda rows, _: rows.list_present(_parse_instant(rows, stated)),
        ReadOptions(FilterOptions(), names, as_of, output),
        COLUMNS["presence"],
    )


def _parse_instant(home: "Home | StatementRows", stated: str | None) -> Second | None:
    return None if stated is None else second(parse_instant_option(home, "--at", stated))


def _print_muster(home: "Home", stated: str | None, as_of: str | None, names: NamesOption) -> None:
    at = _parse_instant(home, stated)
    from kiosk.batch.recorded_instant import parse_recorded_instant  # noqa: PLC0415 - rows load no batch
    from kiosk.roster import run  # noqa: PLC0415 - it loads the screens, and only a sheet needs them

    past = None if as_of is None else parse_recorded_instant(home, as_of)
    view = run.load_muster(home, at, past, print_quarantine)
    if record_names_wanted(home, "muster", [one.person.number for one in view.present], names):
        view = run.show_full_names(home, view)
    click.echo(run.build_muster_sheet(view), nl=False)
