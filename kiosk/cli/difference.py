"""`kiosk difference`: what changed in the read models between two recorded instants, and by which events."""

import click

from kiosk.batch.recorded_instant import parse_recorded_instant
from kiosk.cli.home_to_read import print_quarantine
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import output_format, pass_home_to_read
from kiosk.cli.printing import format_change, print_rows
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.statements.difference import compare_views
from kiosk.statements.statements import Statements
from kiosk.text.typed import narrow
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from projections.engine.as_of import views_as_of


@click.command(
    "difference",
    epilog=format_example("kiosk difference --as-of 2026-12-01T00:00 --as-of 2026-12-05T00:00 --format json"),
    help=HelpText.DIFFERENCE.fill(),
)
@click.option(
    "--as-of",
    "instants",
    type=narrow,
    multiple=True,
    required=True,
    metavar="INSTANT",
    help=HelpText.OPTION_TWO_INSTANTS.fill(),
)
@output_format("table", "json")
@pass_home_to_read
def print_difference(home: Home, instants: tuple[str, ...], output: str) -> None:
    """Print what changed between the earlier and the later instant."""
    if len(instants) != 2:
        raise UserError(CommandLineText.NEEDS_TWO_INSTANTS.fill())
    earlier, later = sorted(parse_recorded_instant(home, text) for text in instants)
    live = Statements.catch_up_live(home)
    with views_as_of(home.log, earlier, live=live) as before, views_as_of(home.log, later, live=live) as after:
        print_quarantine(after)
        rows = compare_views(home, (earlier, before), (later, after))
    if output == "json":
        print_rows(rows, output)
    else:
        click.echo("\n".join(map(format_change, rows)) or CommandLineText.NOTHING_CHANGED.fill(), err=not rows)
