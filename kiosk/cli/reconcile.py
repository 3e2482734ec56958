"""`kiosk reconcile`: the nightly job. One at a time, safe to run twice, to kill and to run again."""

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import click

from domain.act import Act
from domain.clock import MachineClock
from kiosk.cli.options import example, in_home, output_format
from kiosk.cli.printing import print_rows
from kiosk.cli.reads import ServiceDate
from kiosk.errors import NO, Mistake
from kiosk.home import Home
from kiosk.lockfile import only_one
from kiosk.nightly.last_verification import keep_proof
from kiosk.nightly.reconcile import reconcile as settle
from kiosk.nightly.report import write_reports


@click.command(epilog=example("kiosk reconcile", "kiosk reconcile --date 2026-11-19 --format json"))
@click.option("--date", "upto", type=ServiceDate(), metavar="DATE", help="Up to this service day; default yesterday.")
@output_format("table", "json", "csv")
@in_home
def reconcile(home: Home, upto: date | None, output: str) -> None:
    """Prove the log, settle every service day that is over and not settled yet, and write a report of each."""
    now = home.clock.now()
    with only_night(home.path):
        demand_whole_log(home)
        rows = settle(home, upto, Act(now, home.people.actor("system"), now))
        print_rows(rows, output)
        write_reports(home)


def demand_whole_log(home: Home) -> None:
    """Nothing is settled on a log that does not fit. Raises: Mistake."""
    verdict = home.log.verify()
    keep_proof(home.path, verdict, MachineClock().now())
    if not verdict.whole:
        raise Mistake(f"nothing was settled: {verdict.trouble}: restore a backup", NO)


def only_night(path: Path) -> AbstractContextManager[None]:
    """Hold the home for one nightly job. Raises: Mistake while another one runs."""
    return only_one(path / "reconcile.lock", f"a reconciliation of {path} is running already: let it finish")
