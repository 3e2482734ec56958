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
from kiosk.words.help import HelpText

COMMANDS = {
    "init": ("kiosk.cli.init:init", "make a home"),
    "run": ("kiosk.cli.run:run", HelpText.ENTRANCE_FULL_SCREEN),
    "demo": ("kiosk.cli.demo:demo", HelpText.DAY_REGISTRATION_OFFICE),
    "apply": ("kiosk.cli.apply:apply", HelpText.RUN_BATCH_COMMANDS),
    "tap": ("kiosk.cli.tap:tap_card", HelpText.ONE_TAP_SCRIPT),
    "readers": ("kiosk.cli.readers:readers", HelpText.CARD_READERS),
    "issue": ("kiosk.cli.issue:issue", HelpText.GIVE_VOLUNTEER_CARD_TAPPING),
    "reconcile": ("kiosk.cli.reconcile:reconcile", HelpText.NIGHTLY_JOB),
    "erase": ("kiosk.cli.erase:erase", HelpText.ERASE_PERSON),
    "visits": ("kiosk.cli.reads:visits", HelpText.VISITS_EACH_WORTH),
    "duties": ("kiosk.cli.reads:duties", HelpText.DUTIES_BECAME_EACH),
    "hours": ("kiosk.cli.reads:hours", "credited hours"),
    "absences": ("kiosk.cli.reads:absences", HelpText.ABSENCES_UNEXCUSED_EXCUSED),
    "exits": ("kiosk.cli.reads:exits", "exit cases"),
    "presence": ("kiosk.cli.reads:presence", HelpText.WHO),
    "explain": ("kiosk.cli.explain:explain_day", HelpText.EVERY_MINUTE_DAY_CREDITED_NOT),
    "roster": ("kiosk.cli.roster:roster", HelpText.COORDINATOR_S_LIVE_ROSTER),
    "coordinator": ("kiosk.cli.coordinator:coordinator", HelpText.WHO_SETTLE_ROSTER),
    "replay": ("kiosk.cli.replay:replay", HelpText.REBUILD_READ_MODELS_EVENTS),
    "difference": ("kiosk.cli.difference:print_difference", HelpText.CHANGED_BETWEEN_TWO_RECORDED_INSTANTS),
    "status": ("kiosk.cli.status:status", HelpText.PENDING_WRONG),
    "install-service": ("kiosk.cli.install_service:install_service", HelpText.SYSTEMD_RUN_ENTRANCE_NIGHTS),
    "backup": ("kiosk.cli.backup:backup", HelpText.COPY_HOME_WHILE_USED),
    "restore": ("kiosk.cli.restore:restore_home", HelpText.HOME_BACKUP_PROVED),
    "verify": ("kiosk.cli.verify:verify", HelpText.PROVE_EVENT_LOG_WHOLE_UNALTERED),
}
"""A command a line: where it is, and what `kiosk --help` says of it."""


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    epilog=format_example(
        "kiosk init --home ./office", "kiosk apply day.jsonl --home ./office", "kiosk verify --home ./office"
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
    help=HelpText.KIOSK,
)
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    envvar="KIOSK_HOME",
    default=DEFAULT_HOME,
    metavar="DIR",
    help=HelpText.FOLDER_KIOSK_TOML_DATABASES,
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
