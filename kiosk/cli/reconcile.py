"""`kiosk reconcile`: the nightly job. One at a time, safe to run twice, to kill and to run again."""

from collections.abc import Sequence
from datetime import date

import click

from domain.act import Act
from domain.errors import DomainError
from domain.spans import second
from kiosk.backups.heads.comparison import VerifiedLog
from kiosk.backups.heads.head_notes import explain_closed_witnesses, list_heads_folders
from kiosk.backups.heads.last_verification import was_whole_verified
from kiosk.backups.heads.signed_heads import copy_heads, sign_head
from kiosk.cli.errors import run_each
from kiosk.cli.lazy_group import format_example
from kiosk.cli.list_output import ListOutput, list_output, print_list
from kiosk.cli.options import ServiceDate, pass_home
from kiosk.cli.printing import PAGE, Row
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.nightly.reconcile import (
    build_night_act,
    explain_unreconciled,
    hold_night_lock,
    prepare_night,
    reconcile_days,
    replace_altered_views,
)
from kiosk.nightly.report_files import write_reports
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.people_check import explain_faults
from kiosk.source_proofs import demand_proved_sources
from kiosk.views_repair import run_repaired
from kiosk.words.help import HelpText
from projections.read_models.day_findings import OUTCOMES

COLUMNS = (
    "date",
    "duties",
    *OUTCOMES,
    "unscheduled_visits",
    "refused_taps",
    "late_facts",
    "exits_raised",
    "exits_withdrawn",
    "head",
    "provisional",
)
"""The keys of a reconciled day, in order."""


@click.command(
    epilog=format_example("kiosk reconcile", "kiosk reconcile --date 2026-11-19 --format json"),
    help=HelpText.RECONCILE.fill(),
)
@click.option("--date", "upto", type=ServiceDate(), metavar="DATE", help=HelpText.OPTION_RECONCILE_UNTIL.fill())
@list_output
@pass_home
def reconcile(home: Home, upto: date | None, output: ListOutput) -> int:
    """Verify the log and those of its kiosks, reconcile the days that are over, print them and write their reports.

    What goes wrong beside that keeps none of the other steps from being done: a day is settled once, and no later run
    would print it. Where the people store is not as the log says, or a head is not signed, the status is 1.
    """
    with hold_night_lock(home.path):
        verified = VerifiedLog(home)
        demand_proved_sources(home.log)
        act = build_night_act(home, upto, home.people.ensure_actor(SYSTEM_ACTOR))
        days, rows = prepare_night(home, upto, act, verified.demand_after), list[Row]()
        is_whole = was_whole_verified(home.path)
        run_each(
            lambda: run_repaired(home, lambda: replace_altered_views(home, days, act, was_whole_verified=is_whole)),
            lambda: _reconcile(home, days, upto, act, rows),
            lambda: print_list("reconcile", rows, output, COLUMNS, PAGE),  # a night that is interrupted has said so
            lambda: run_repaired(home, lambda: _write_reports(home, act)),
            lambda: _sign_head(home),
            lambda: _demand_whole_people(verified),
        )
    return 0


def _reconcile(home: Home, days: Sequence[date], upto: date | None, act: Act, rows: list[Row]) -> None:
    """Reconcile the days; a row each. Raises: UserError where one that was asked for cannot be reconciled yet."""
    try:
        rows.extend(reconcile_days(home, days, upto, act))  # the days before one that is refused are in it
    except DomainError as refusal:
        raise UserError(home.format_refusal(refusal), EXIT_NO) from None
    if why := explain_unreconciled(home, upto):
        click.echo(f"kiosk: {why}", err=True)


def _write_reports(home: Home, act: Act) -> None:
    home.views.catch_up(second(act.recorded))
    write_reports(home)


def _sign_head(home: Home) -> None:
    """Sign the head of the log, copy it elsewhere, and look whether what witnesses co-signed can be read.

    Raises: ExceptionGroup of what went wrong.
    """
    try:
        sign_head(home)
    except UserError as error:
        raise UserError(str(error), EXIT_NO) from None
    closed = (
        why for folder in list_heads_folders(home.path, home.settings) for why in explain_closed_witnesses(folder)
    )
    if complaints := [UserError(why, EXIT_NO) for why in (*copy_heads(home.path, home.settings), *closed)]:
        raise ExceptionGroup("copies of heads", complaints)


def _demand_whole_people(verified: VerifiedLog) -> None:
    """Check that the people store is as the log says. Raises: UserError."""
    if verified.people.faults:
        raise UserError(explain_faults(verified.people), EXIT_NO)
