"""`kiosk reconcile`: the nightly job."""

from datetime import date

import click

from domain.act import Act
from kiosk.cli.options import example, in_home, output_format
from kiosk.cli.printing import print_rows
from kiosk.cli.reads import ServiceDate
from kiosk.home import Home
from kiosk.night import reconcile as settle


@click.command(epilog=example("kiosk reconcile", "kiosk reconcile --date 2026-11-19 --format json"))
@click.option("--date", "upto", type=ServiceDate(), metavar="DATE", help="Up to this service day; default yesterday.")
@output_format("table", "json", "csv")
@in_home
def reconcile(home: Home, upto: date | None, output: str) -> None:
    """Settle every service day that is over and not settled yet. Safe to run twice."""
    now = home.clock.now()
    print_rows(settle(home, upto, Act(now, home.people.actor("system"), now)), output)
