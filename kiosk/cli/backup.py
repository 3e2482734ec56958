"""`kiosk backup`: copy the home while it is used, and verify the copy."""

from datetime import datetime
from pathlib import Path

import click
import msgspec

from domain.clock import CLOCK_MARGIN, MachineClock
from kiosk.backups.backup import BACKUPS_TO_KEEP, back_up, find_free_instant
from kiosk.backups.folder import Description
from kiosk.backups.record import FOLDER
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, WholeNumber, output_format, pass_home
from kiosk.home import Home
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText

MOST_BACKUPS = 100_000
"""Backups kept at most: one an hour for eleven years."""


@click.command(
    epilog=format_example("kiosk backup /mnt/usb/kiosk", "kiosk backup --keep 30"), help=HelpText.BACKUP.fill()
)
@click.argument("to", type=FOLDER_TYPE, required=False)
@click.option(
    "--keep",
    type=WholeNumber(1, MOST_BACKUPS),
    default=BACKUPS_TO_KEEP,
    metavar="N",
    help=HelpText.OPTION_BACKUPS_KEPT.fill(backups_to_keep=BACKUPS_TO_KEEP),
)
@output_format("table", "json")
@pass_home
def backup(home: Home, to: Path | None, keep: int, output: str) -> None:
    """Make the backup and print what it holds."""
    where = to or home.path / FOLDER
    now = choose_instant(home, where)
    backup_folder, description = back_up(home, where, keep, now)
    click.echo(
        _format_json(backup_folder, description) if output == "json" else _format_lines(backup_folder, description)
    )


def choose_instant(home: Home, where: Path) -> datetime:
    """Now; by a clock that is far ahead an estimate, which may have been used before."""
    now = MachineClock().now()
    if home.simulation or (estimate := home.now_recorded()) >= now - CLOCK_MARGIN:
        return now
    return find_free_instant(where, estimate)


def _format_json(folder: Path, description: Description) -> str:
    facts = {
        "folder": str(folder),
        "made_at": description.made_at,
        "events": description.position,
        "head": description.chain,
    }
    return msgspec.json.encode(facts).decode()


def _format_lines(folder: Path, description: Description) -> str:
    return CommandLineText.BACKUP_MADE.fill(folder=folder, position=description.position, chain=description.chain)
