"""`kiosk backup`: a copy of the home, proved, while people tap."""

from pathlib import Path

import click
import msgspec

from domain.clock import MachineClock
from kiosk.backups.backup import FOLDER, KEPT, back_up
from kiosk.backups.folder import Description
from kiosk.cli.options import example, in_home, output_format
from kiosk.home import Home


@click.command(epilog=example("kiosk backup /mnt/usb/kiosk", "kiosk backup --keep 30"))
@click.argument("to", type=click.Path(path_type=Path), required=False)
@click.option("--keep", type=click.IntRange(min=1), default=KEPT, metavar="N", help=f"Backups kept; default {KEPT}.")
@output_format("table", "json")
@in_home
def backup(home: Home, to: Path | None, keep: int, output: str) -> None:
    """Back the home up to a new folder in TO, while it is used; default the folder `backups` in the home.

    It holds personal data, and is its owner's alone. Another disk survives what this one does not.
    """
    folder, made = back_up(home, to or home.path / FOLDER, keep, MachineClock().now())
    click.echo(_as_json(folder, made) if output == "json" else _as_lines(folder, made))


def _as_json(folder: Path, made: Description) -> str:
    facts = {"folder": str(folder), "made_at": made.made_at, "events": made.position, "head": made.chain}
    return msgspec.json.encode(facts).decode()


def _as_lines(folder: Path, made: Description) -> str:
    return f"{folder} holds {made.position:,} events, whole and proved\nhead {made.chain}"
