"""`kiosk reconcile`: the nightly job. One at a time, safe to run twice, to kill and to run again."""

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import click

from domain.act import Act
from domain.clock import MachineClock
from kiosk.cli.options import format_example, output_format, pass_home
from kiosk.cli.printing import print_rows
from kiosk.cli.reads import ServiceDate
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.lockfile import hold_lock_file
from kiosk.nightly.last_verification import write_verification
from kiosk.nightly.reconcile import reconcile_pending_days
from kiosk.nightly.report import write_reports
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText
from kiosk.words.log_errors import explain_verdict


@click.command(
    epilog=format_example("kiosk reconcile", "kiosk reconcile --date 2026-11-19 --format json"), help=HelpText.RECONCILE
)
@click.option("--date", "upto", type=ServiceDate(), metavar="DATE", help=HelpText.UP_SERVICE_DAY)
@output_format("table", "json", "csv")
@pass_home
def reconcile(home: Home, upto: date | None, output: str) -> None:
    """Prove the log, settle every service day that is over and not settled yet, and write a report of each."""
    now = home.clock.now()
    with hold_night_lock(home.path):
        demand_whole_log(home)
        rows = reconcile_pending_days(home, upto, Act(now, home.people.ensure_actor("system"), now))
        print_rows(rows, output)
        write_reports(home)


def demand_whole_log(home: Home) -> None:
    """Nothing is settled on a log that does not fit. Raises: Mistake."""
    verdict = home.log.verify()
    write_verification(home.path, verdict, MachineClock().now())
    if not verdict.whole:
        raise UserError(CliText.NOTHING_SETTLED.fill(verdict=explain_verdict(verdict)), EXIT_NO)


def hold_night_lock(path: Path) -> AbstractContextManager[None]:
    """Hold the home for one nightly job. Raises: Mistake while another one runs."""
    return hold_lock_file(path / "reconcile.lock", CliText.RECONCILIATION_RUNNING_ALREADY.fill(path=path))
