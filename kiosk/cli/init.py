"""`kiosk init`: make a home."""

from pathlib import Path

import click

from kiosk.cli.options import format_example, pass_home_folder
from kiosk.errors import UserError
from kiosk.home import SETTINGS_FILE, Home
from kiosk.settings import format_unknown_zone, is_zone


@click.command(epilog=format_example("kiosk init --home ./office", "kiosk init --simulation --home ./trial"))
@click.option("--simulation", is_flag=True, help="Take the clock from batch files. Decided once, for ever.")
@click.option("--zone", metavar="ZONE", help="The time zone of the service days; default Asia/Taipei.")
@pass_home_folder
def init(folder: Path, simulation: bool, zone: str | None) -> None:
    """Make a home: a new folder with settings, an empty event log and a people store."""
    if zone is not None and not is_zone(zone):
        raise UserError(format_unknown_zone(zone))
    with Home.make(folder, simulation=simulation, zone=zone) as home:
        kind = "a simulation" if home.simulation else "a home"
        click.echo(f"{folder} is {kind}. Its settings are in {folder / SETTINGS_FILE}.")
