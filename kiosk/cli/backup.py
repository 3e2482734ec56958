"""`kiosk backup`: a copy of the home, proved, while people tap."""

from pathlib import Path

import click
import msgspec

from domain.clock import MachineClock
from kiosk.backups.backup import BACKUPS_TO_KEEP, FOLDER, back_up
from kiosk.backups.folder import Description
from kiosk.cli.options import format_example, output_format, pass_home
from kiosk.home import Home
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText


@click.command(epilog=format_example("kiosk backup /mnt/usb/kiosk", "kiosk backup --keep 30"), help=HelpText.BACKUP)
@click.argument("to", type=click.Path(path_type=Path), required=False)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=BACKUPS_TO_KEEP,
    metavar="N",
    help=HelpText.BACKUPS_KEPT.fill(backups_to_keep=BACKUPS_TO_KEEP),
)
@output_format("table", "json")
@pass_home
def backup(home: Home, to: Path | None, keep: int, output: str) -> None:
    """Back the home up to a new folder in TO, while it is used; default the folder `backups` in the home."""
    folder, made = back_up(home, to or home.path / FOLDER, keep, MachineClock().now())
    click.echo(_format_json(folder, made) if output == "json" else _format_lines(folder, made))


def _format_json(folder: Path, made: Description) -> str:
    facts = {"folder": str(folder), "made_at": made.made_at, "events": made.position, "head": made.chain}
    return msgspec.json.encode(facts).decode()


def _format_lines(folder: Path, made: Description) -> str:
    return CliText.HOLDS_EVENTS_WHOLE_PROVED.fill(folder=folder, position=made.position, chain=made.chain)
