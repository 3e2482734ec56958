"""`kiosk move-log`: the event log of a home into a database, into another one, or back into a file."""

from pathlib import Path

import click

from kiosk.backups.record import FOLDER
from kiosk.cli.backup import choose_instant
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, pass_home_folder
from kiosk.home_files import LOG_FILE
from kiosk.log_move import Move, move_log
from kiosk.store_settings import Store
from kiosk.words.moves import MoveHelp, MoveText

IN_FILE = "file"
"""What `--to` says for a log in a file."""


@click.command(
    "move-log",
    epilog=format_example(
        "kiosk move-log --to postgresql://office@db.example.org/city --home ./office",
        "kiosk move-log --to file --backups /mnt/usb/kiosk --home ./office",
    ),
    help=MoveHelp.MOVE_LOG.fill(),
)
@click.option("--to", "place", required=True, metavar="PLACE", help=MoveHelp.OPTION_TO.fill())
@click.option("--backups", type=FOLDER_TYPE, metavar="DIR", help=MoveHelp.OPTION_BACKUPS.fill())
@pass_home_folder
def move(folder: Path, place: str, backups: Path | None) -> None:
    """Move the log, and print where it is and where the old one is kept."""
    address = None if place == IN_FILE else place
    moved = move_log(folder, address, backups or folder / FOLDER, choose_instant)
    click.echo("\n".join(_format_lines(folder, moved)))


def _format_lines(folder: Path, moved: Move) -> list[str]:
    place = moved.store.address if moved.store else MoveText.A_FILE.fill(file=folder / LOG_FILE)
    position, chain = moved.head
    lines = [MoveText.MOVED.fill(path=folder, place=place, position=position, chain=chain.hex())]
    if moved.added < position:
        lines.append(MoveText.UNIT_CONTINUED.fill(added=moved.added))
    lines.append(
        MoveText.UNIT_KEPT.fill(address=moved.kept.address, unit=moved.kept.unit)
        if isinstance(moved.kept, Store)
        else MoveText.FILE_KEPT.fill(file=moved.kept)
    )
    return [*lines, MoveText.BACKUP.fill(folder=moved.backup)]
