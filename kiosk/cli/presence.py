"""`kiosk presence`: who is in, as rows or as the muster sheet for an evacuation."""

import click

from domain.spans import second
from kiosk.batch.recorded_instant import parse_recorded_instant
from kiosk.cli.lazy_group import format_example
from kiosk.cli.list_output import SCREEN_TABLE, ListOutput, list_output
from kiosk.cli.names import NamesOption, pass_names_options, print_named_rows, record_names_wanted
from kiosk.cli.options import parse_instant_option, pass_home_to_read
from kiosk.cli.reads import as_of_option, open_statements
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.statements.columns import COLUMNS
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example("kiosk presence --at 2026-11-19T10:30 --format json", "kiosk presence --muster | lp"),
    help=HelpText.PRESENCE.fill(),
)
@click.option("--at", "stated", metavar="INSTANT", help=HelpText.OPTION_PRESENT_AT.fill())
@click.option("--muster", is_flag=True, help=HelpText.OPTION_MUSTER.fill())
@pass_names_options
@as_of_option
@list_output
@pass_home_to_read
def presence(
    home: Home, stated: str | None, muster: bool, names: NamesOption, as_of: str | None, output: ListOutput
) -> None:
    """Print the rows, or the muster sheet."""
    if muster:
        if output != SCREEN_TABLE:
            raise UserError(CommandLineText.MUSTER_HAS_NO_FORMAT.fill())
        _print_muster(home, stated, as_of, names)
        return
    with open_statements(home, as_of) as statements:
        at = None if stated is None else second(parse_instant_option(home, "--at", stated))
        rows = statements.list_present(at)
    print_named_rows(home, "presence", rows, output, names, COLUMNS["presence"])


def _print_muster(home: Home, stated: str | None, as_of: str | None, names: NamesOption) -> None:
    at = None if stated is None else second(parse_instant_option(home, "--at", stated))
    from kiosk.roster import run  # noqa: PLC0415 - it loads the screens, and only a sheet needs them

    view = run.load_muster(home, at, None if as_of is None else parse_recorded_instant(home, as_of))
    if record_names_wanted(home, "muster", [one.person.number for one in view.present], names):
        view = run.show_full_names(home, view)
    click.echo(run.build_muster_sheet(view), nl=False)
