"""`kiosk reconcile`: the nightly job. One at a time, safe to run twice, to kill and to run again."""

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import click

from domain.act import Act
from domain.clock import MachineClock
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import output_format, pass_home
from kiosk.cli.printing import print_rows
from kiosk.cli.reads import ServiceDate
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.lockfile import hold_lock_file
from kiosk.nightly.last_verification import write_verification
from kiosk.nightly.reconcile import reconcile_pending_days
from kiosk.nightly.report import write_reports
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from kiosk.words.log_errors import explain_verdict


@click.command(
    epilog=format_example("kiosk reconcile", "kiosk reconcile --date 2026-11-19 --format json"),
    help=HelpText.RECONCILE.fill(),
)
@click.option("--date", "upto", type=ServiceDate(), metavar="DATE", help=HelpText.OPTION_RECONCILE_UNTIL.fill())
@output_format("table", "json", "csv")
@pass_home
def reconcile(home: Home, upto: date | None, output: str) -> None:
    """Verify the log, reconcile the days that are over, print them and write their reports."""
    now = home.clock.now()
    with hold_night_lock(home.path):
        demand_whole_log(home)
        rows = reconcile_pending_days(home, upto, Act(now, home.people.ensure_actor("system"), now))
        print_rows(rows, output)
        write_reports(home)


def demand_whole_log(home: Home) -> None:
    """Verify the log before the nightly job. Raises: UserError where it is not whole."""
    verdict = home.log.verify()
    write_verification(home.path, verdict, MachineClock().now())
    if not verdict.whole:
        raise UserError(CommandLineText.NOTHING_RECONCILED.fill(verdict=explain_verdict(verdict)), EXIT_NO)


def hold_night_lock(path: Path) -> AbstractContextManager[None]:
    """Hold the home for one nightly job. Raises: UserError while another one runs."""
    return hold_lock_file(path / "reconcile.lock", CommandLineText.RECONCILE_RUNNING.fill(path=path))
