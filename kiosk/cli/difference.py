"""`kiosk difference`: what changed in the read models between two recorded instants, and by which events."""

import click

from kiosk.cli.options import format_example, output_format, pass_home
from kiosk.cli.printing import print_rows
from kiosk.cli.reads import parse_recorded_instant
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.statements.difference import compare_instants, format_change
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText


@click.command(
    "difference",
    epilog=format_example("kiosk difference --as-of 2026-12-01T00:00 --as-of 2026-12-05T00:00 --format json"),
    help=HelpText.PRINT_DIFFERENCE,
)
@click.option("--as-of", "instants", multiple=True, required=True, metavar="INSTANT", help=HelpText.TWICE_WHEN_WHEN)
@output_format("table", "json")
@pass_home
def print_difference(home: Home, instants: tuple[str, ...], output: str) -> None:
    """Compare what the log said at two recorded instants, line by line."""
    if len(instants) != 2:
        raise UserError(CliText.SAY_TWICE)
    earlier, later = sorted(parse_recorded_instant(home, text) for text in instants)
    rows = compare_instants(home, earlier, later)
    if output == "json":
        print_rows(rows, output)
    else:
        click.echo("\n".join(map(format_change, rows)) or "nothing changed", err=not rows)
