"""`kiosk init`: make a home."""

from pathlib import Path

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import pass_home_folder
from kiosk.errors import UserError
from kiosk.home import SETTINGS_FILE, Home
from kiosk.home_log import plan_store
from kiosk.settings import format_unknown_zone, is_zone
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example("kiosk init --home ./office", "kiosk init --simulation --home ./trial"),
    help=HelpText.INIT.fill(),
)
@click.option("--simulation", is_flag=True, help=HelpText.OPTION_SIMULATION.fill())
@click.option("--zone", metavar="ZONE", help=HelpText.OPTION_ZONE.fill())
@click.option("--store", metavar="ADDRESS", envvar="KIOSK_STORE", help=HelpText.OPTION_STORE.fill())
@pass_home_folder
def init(folder: Path, simulation: bool, zone: str | None, store: str | None) -> None:
    """Make the home and print where its settings are."""
    if zone is not None and not is_zone(zone):
        raise UserError(format_unknown_zone(zone))
    unit = plan_store(store) if store else None
    with Home.make(folder, simulation=simulation, zone=zone, store=unit) as home:
        kind = (CommandLineText.A_SIMULATION if home.simulation else CommandLineText.A_HOME).fill()
        click.echo(CommandLineText.HOME_MADE.fill(folder=folder, kind=kind, folder_2=folder / SETTINGS_FILE))
