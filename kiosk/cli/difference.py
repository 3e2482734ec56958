"""`kiosk difference`: what changed in the read models between two recorded instants, and by which events."""

import click

from kiosk.cli.options import example, in_home, output_format
from kiosk.cli.printing import print_rows
from kiosk.cli.reads import recorded_instant
from kiosk.errors import Mistake
from kiosk.home import Home
from kiosk.statements.difference import as_sentence, difference


@click.command(
    "difference", epilog=example("kiosk difference --as-of 2026-12-01T00:00 --as-of 2026-12-05T00:00 --format json")
)
@click.option("--as-of", "instants", multiple=True, required=True, metavar="INSTANT", help="Twice: from when, to when.")
@output_format("table", "json")
@in_home
def tell_difference(home: Home, instants: tuple[str, ...], output: str) -> None:
    """Compare what the log said at two recorded instants, line by line."""
    if len(instants) != 2:
        raise Mistake("say --as-of twice: --as-of 2026-12-01T00:00 --as-of 2026-12-05T00:00")
    earlier, later = sorted(recorded_instant(home, text) for text in instants)
    rows = difference(home, earlier, later)
    if output == "json":
        print_rows(rows, output)
    else:
        click.echo("\n".join(map(as_sentence, rows)) or "nothing changed", err=not rows)
