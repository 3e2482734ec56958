"""`kiosk run`: the entrance, full-screen, with the card readers of kiosk.toml."""

from pathlib import Path

import click

from kiosk.cli.options import format_example, pass_home_folder
from kiosk.words.help import HelpText


@click.command(epilog=format_example("kiosk run", "kiosk run --home /var/lib/kiosk"), help=HelpText.RUN)
@pass_home_folder
def run(folder: Path) -> int:
    """Open the entrance."""
    from kiosk.entrance.launch import open_entrance  # noqa: PLC0415 - loads the screen, which --help does not need

    return open_entrance(folder)
