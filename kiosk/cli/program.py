"""The program `kiosk`: which commands there are, and what becomes of whatever goes wrong in them.

Rule: a command's module is loaded when it is run, so that `kiosk --help` costs nothing. A person's mistake ends with
one sentence and status 1 or 2; only a fault of ours shows a traceback, and never the values in it.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kiosk.cli.errors import run_and_report
from kiosk.cli.options import DEFAULT_HOME, format_example
from kiosk.cli.table import LazyGroup

COMMANDS = {
    "init": ("kiosk.cli.init:init", "make a home"),
    "run": ("kiosk.cli.run:run", "the entrance, full-screen"),
    "demo": ("kiosk.cli.demo:demo", "a day at a registration office"),
    "apply": ("kiosk.cli.apply:apply", "run a batch of commands"),
    "tap": ("kiosk.cli.tap:tap_card", "one tap from a script"),
    "readers": ("kiosk.cli.readers:readers", "card readers: list, watch, identify, test"),
    "issue": ("kiosk.cli.issue:issue", "give a volunteer a card by tapping it"),
    "reconcile": ("kiosk.cli.reconcile:reconcile", "the nightly job: settle the days that are over"),
    "erase": ("kiosk.cli.erase:erase", "erase a person; the hours stay"),
    "visits": ("kiosk.cli.reads:visits", "visits, and what each is worth"),
    "duties": ("kiosk.cli.reads:duties", "duties, and what became of each"),
    "hours": ("kiosk.cli.reads:hours", "credited hours"),
    "absences": ("kiosk.cli.reads:absences", "absences, unexcused and excused"),
    "exits": ("kiosk.cli.reads:exits", "exit cases"),
    "presence": ("kiosk.cli.reads:presence", "who is in"),
    "explain": ("kiosk.cli.explain:explain_day", "every minute of a day, credited or not, and why"),
    "roster": ("kiosk.cli.roster:roster", "the coordinator's live roster"),
    "coordinator": ("kiosk.cli.coordinator:coordinator", "who may settle at the roster, and their PINs"),
    "replay": ("kiosk.cli.replay:replay", "rebuild the read models from the events, and compare"),
    "difference": ("kiosk.cli.difference:print_difference", "what changed between two recorded instants, and why"),
    "status": ("kiosk.cli.status:status", "what is pending, what is wrong, and what to do"),
    "install-service": ("kiosk.cli.install_service:install_service", "have systemd run the entrance and the nights"),
    "backup": ("kiosk.cli.backup:backup", "copy the home while it is used, and prove the copy"),
    "restore": ("kiosk.cli.restore:restore_home", "a home from a backup, proved; or only on trial"),
    "verify": ("kiosk.cli.verify:verify", "prove that the event log is whole and unaltered"),
}
"""A command a line: where it is, and what `kiosk --help` says of it."""


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    epilog=format_example(
        "kiosk init --home ./office", "kiosk apply day.jsonl --home ./office", "kiosk verify --home ./office"
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    envvar="KIOSK_HOME",
    default=DEFAULT_HOME,
    metavar="DIR",
    help="The folder with kiosk.toml and the databases (KIOSK_HOME; default ./kiosk-home). "
    "May also stand after the command.",
)
@click.version_option(package_name="kiosk")
@click.pass_context
def kiosk(context: click.Context, home: Path) -> None:
    """Check-in for organisations with volunteers: hours that are right, provable and explainable."""
    context.obj = home


def run(arguments: Sequence[str]) -> int:
    """Run one command line. The exit status: 0 done; 1 no, or refused; 2 wrong usage or input; 70 our fault."""
    return run_and_report(kiosk, arguments)


def main() -> None:
    """Where the installed program begins. Whatever it writes is its owner's alone."""
    os.umask(0o077)
    sys.exit(run(sys.argv[1:]))
