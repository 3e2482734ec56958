"""`kiosk run`: the entrance, full-screen, with the card readers of kiosk.toml."""

from pathlib import Path

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import pass_home_folder
from kiosk.entrance.launch import open_entrance
from kiosk.words.help import HelpText


@click.command(epilog=format_example("kiosk run", "kiosk run --home /var/lib/kiosk"), help=HelpText.RUN.fill())
@pass_home_folder
def run(folder: Path) -> int:
    """Open the entrance; its exit status."""
    return open_entrance(folder)
