"""`kiosk init`: make a home."""

from pathlib import Path

import click

from kiosk.cli.options import format_example, pass_home_folder
from kiosk.errors import UserError
from kiosk.home import SETTINGS_FILE, Home
from kiosk.settings import format_unknown_zone, is_zone
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example("kiosk init --home ./office", "kiosk init --simulation --home ./trial"), help=HelpText.INIT
)
@click.option("--simulation", is_flag=True, help=HelpText.TAKE_CLOCK_BATCH_FILES_DECIDED)
@click.option("--zone", metavar="ZONE", help=HelpText.TIME_ZONE_SERVICE_DAYS)
@pass_home_folder
def init(folder: Path, simulation: bool, zone: str | None) -> None:
    """Make a home: a new folder with settings, an empty event log and a people store."""
    if zone is not None and not is_zone(zone):
        raise UserError(format_unknown_zone(zone))
    with Home.make(folder, simulation=simulation, zone=zone) as home:
        kind = "a simulation" if home.simulation else "a home"
        click.echo(CliText.SETTINGS.fill(folder=folder, kind=kind, folder_2=folder / SETTINGS_FILE))
