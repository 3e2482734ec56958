"""The program `kiosk`: which commands there are, and the status it ends with.

Rule: a command's module is loaded when it is run, so that `kiosk --help` costs nothing. A user's error ends with
one sentence and status 1 or 2; only a fault of the program shows a traceback, and never the values in it.
"""

import gc
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from kiosk.cli.errors import HOME_VARIABLE, run_and_report
from kiosk.cli.help_formatter import HelpFormatter
from kiosk.cli.lazy_group import LazyCommand, LazyGroup, format_example
from kiosk.errors import UserError
from kiosk.input_files import SETTINGS_FILE, read_input_file
from kiosk.words.heads import ProofHelp, WitnessHelp
from kiosk.words.help import HelpText
from kiosk.words.hub import HubHelp
from kiosk.words.kiosks import KiosksHelp
from kiosk.words.language import StaffLanguage, choose_language, use_program_language
from kiosk.words.moves import MoveHelp
from kiosk.words.sync import SyncHelp
from kiosk.words.what_if import WhatIfHelp

click.Context.formatter_class = HelpFormatter  # of every command, whichever module makes it

DEFAULT_HOME = "kiosk-home"

COMMANDS = {
    "init": LazyCommand("kiosk.cli.init:init", HelpText.SHORT_INIT),
    "run": LazyCommand("kiosk.cli.run:run", HelpText.SHORT_RUN),
    "demo": LazyCommand("kiosk.cli.demo:demo", HelpText.SHORT_DEMO),
    "apply": LazyCommand("kiosk.cli.apply:apply", HelpText.SHORT_APPLY),
    "import": LazyCommand("kiosk.cli.import_table:import_table", HelpText.SHORT_IMPORT),
    "tap": LazyCommand("kiosk.cli.tap:tap_card", HelpText.SHORT_TAP),
    "readers": LazyCommand("kiosk.cli.readers.group:readers", HelpText.SHORT_READERS),
    "issue": LazyCommand("kiosk.cli.issue:issue", HelpText.SHORT_ISSUE),
    "reconcile": LazyCommand("kiosk.cli.reconcile:reconcile", HelpText.SHORT_RECONCILE),
    "erase": LazyCommand("kiosk.cli.erase:erase", HelpText.SHORT_ERASE),
    "visits": LazyCommand("kiosk.cli.reads:visits", HelpText.SHORT_VISITS),
    "duties": LazyCommand("kiosk.cli.reads:duties", HelpText.SHORT_DUTIES),
    "hours": LazyCommand("kiosk.cli.reads:hours", HelpText.SHORT_HOURS),
    "absences": LazyCommand("kiosk.cli.reads:absences", HelpText.SHORT_ABSENCES),
    "exits": LazyCommand("kiosk.cli.reads:exits", HelpText.SHORT_EXITS),
    "month": LazyCommand("kiosk.cli.month:month", HelpText.SHORT_MONTH),
    "pending": LazyCommand("kiosk.cli.reads:pending", HelpText.SHORT_PENDING),
    "volunteers": LazyCommand("kiosk.cli.volunteers:volunteers", HelpText.SHORT_VOLUNTEERS),
    "ministry": LazyCommand("kiosk.cli.ministry:ministry", HelpText.SHORT_MINISTRY),
    "awards": LazyCommand("kiosk.cli.awards:awards", HelpText.SHORT_AWARDS),
    "accesses": LazyCommand("kiosk.cli.reads:accesses", HelpText.SHORT_ACCESSES),
    "document": LazyCommand("kiosk.cli.document:document", HelpText.SHORT_DOCUMENT),
    "bundle": LazyCommand("kiosk.cli.bundle:bundle", HelpText.SHORT_BUNDLE),
    "presence": LazyCommand("kiosk.cli.presence:presence", HelpText.SHORT_PRESENCE),
    "explain": LazyCommand("kiosk.cli.explain:explain_day", HelpText.SHORT_EXPLAIN),
    "event": LazyCommand("kiosk.cli.event:print_event", HelpText.SHORT_EVENT),
    "roster": LazyCommand("kiosk.cli.roster:roster", HelpText.SHORT_ROSTER),
    "coordinator": LazyCommand("kiosk.cli.coordinator:coordinator", HelpText.SHORT_COORDINATOR),
    "desk": LazyCommand("kiosk.cli.desk:desk", HelpText.SHORT_DESK),
    "kiosks": LazyCommand("kiosk.cli.kiosks:kiosks", KiosksHelp.SHORT_KIOSKS),
    "add-kiosk": LazyCommand("kiosk.cli.kiosks:add_kiosk", KiosksHelp.SHORT_ADD_KIOSK),
    "hub": LazyCommand("kiosk.cli.hub:hub", HubHelp.SHORT_HUB),
    "hub-certificate": LazyCommand("kiosk.cli.hub_certificate:hub_certificate", HubHelp.SHORT_HUB_CERTIFICATE),
    "join": LazyCommand("kiosk.cli.join:join", SyncHelp.SHORT_JOIN),
    "sync": LazyCommand("kiosk.cli.join:sync", SyncHelp.SHORT_SYNC),
    "notify": LazyCommand("kiosk.cli.notify:notify", HelpText.SHORT_NOTIFY),
    "account": LazyCommand("kiosk.cli.account:account", HelpText.SHORT_ACCOUNT),
    "token": LazyCommand("kiosk.cli.token:token", HelpText.SHORT_TOKEN),
    "replay": LazyCommand("kiosk.cli.replay:replay", HelpText.SHORT_REPLAY),
    "difference": LazyCommand("kiosk.cli.difference:print_difference", HelpText.SHORT_DIFFERENCE),
    "what-if": LazyCommand("kiosk.cli.what_if:what_if", WhatIfHelp.SHORT),
    "status": LazyCommand("kiosk.cli.status:status", HelpText.SHORT_STATUS),
    "install-service": LazyCommand("kiosk.cli.install_service:install_service", HelpText.SHORT_INSTALL_SERVICE),
    "backup": LazyCommand("kiosk.cli.backup:backup", HelpText.SHORT_BACKUP),
    "restore": LazyCommand("kiosk.cli.restore:restore_home", HelpText.SHORT_RESTORE),
    "move-log": LazyCommand("kiosk.cli.move_log:move", MoveHelp.SHORT),
    "verify": LazyCommand("kiosk.cli.verify:verify", HelpText.SHORT_VERIFY),
    "prove": LazyCommand("kiosk.cli.prove:prove", ProofHelp.SHORT_PROVE),
    "witness": LazyCommand("kiosk.cli.witness:witness", WitnessHelp.SHORT_WITNESS),
}
"""In the order of `kiosk --help`."""


def _demand_path(context: click.Context, option: click.Parameter, value: str) -> Path:
    """The folder, or a usage error: an empty one, of a script without a value, is not the folder that it runs in."""
    if not value:
        from kiosk.words.command_line import CommandLineText  # noqa: PLC0415 - only for the error

        raise click.BadParameter(CommandLineText.NO_PATH.fill(), context, option)
    return Path(value)


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    epilog=format_example(
        "kiosk init --home ./office", "kiosk apply day.jsonl --home ./office", "kiosk verify --home ./office"
    ),
    context_settings={"help_option_names": ["-h", "--help"], "color": True},  # what is printed is escaped, not dropped
    help=HelpText.PROGRAM.fill(),
)
@click.option(
    "--home",
    callback=_demand_path,
    envvar=HOME_VARIABLE,
    default=DEFAULT_HOME,
    metavar="DIR",
    help=HelpText.OPTION_HOME.fill(),
)
@click.version_option(package_name="kiosk")
@click.pass_context
def kiosk(context: click.Context, home: Path) -> None:
    """Keep the folder of the home for the command."""
    context.obj = home


def run(arguments: Sequence[str]) -> int:
    """Run one command line. The exit status: 0 done; 1 no, or refused; 2 wrong usage or input; 70 a program fault."""
    with use_program_language(choose_program_language(arguments, os.environ)):
        return run_and_report(kiosk, arguments)


OBJECTS_OF_A_START = 50_000
"""Objects that loading a command makes at most: all stay, and to look for garbage among them finds none."""


def main() -> None:
    """Entry point of the installed program. What it writes is readable by its owner only."""
    os.umask(0o077)
    gc.set_threshold(OBJECTS_OF_A_START)
    sys.exit(run(sys.argv[1:]))


# --- The language of a run ---

HOME_OPTION = "--home"
SETTING = re.compile(r"^\s*language\s*=", re.MULTILINE)


def choose_program_language(arguments: Sequence[str], environment: Mapping[str, str]) -> StaffLanguage:
    """What the environment asks for, else the setting of the home, else English.

    It is known before the arguments are understood, for something may be wrong with them.
    """
    home = _find_home(arguments) or environment.get(HOME_VARIABLE) or DEFAULT_HOME
    return choose_language(environment) or _load_setting(Path(home) / SETTINGS_FILE) or "en"


def _find_home(arguments: Sequence[str]) -> str | None:
    """The last that is named, as Click takes it."""
    named = None
    for position, argument in enumerate(arguments):
        if argument == HOME_OPTION:
            named = next(iter(arguments[position + 1 :]), None)
        elif argument.startswith(f"{HOME_OPTION}="):
            named = argument.removeprefix(f"{HOME_OPTION}=")
    return named


def _load_setting(file: Path) -> StaffLanguage | None:
    """The setting; None where there is none. What is wrong with the file is said when the home is opened."""
    try:
        text = read_input_file(file).decode()
        if not SETTING.search(text):
            return None
        import tomllib  # noqa: PLC0415 - 5 ms to load, for those who have the setting

        language = tomllib.loads(text).get("language")
    except (OSError, UserError, ValueError):
        return None
    return language if language in ("zh-TW", "en") else None
