"""`kiosk run`: the entrance, full-screen, with the card readers of kiosk.toml."""

import click

from kiosk.cli.options import example, in_home
from kiosk.home import Home


@click.command(epilog=example("kiosk run", "kiosk run --home /var/lib/kiosk"))
@in_home
def run(home: Home) -> int:
    """Open the entrance. It ends only when it is told to by its supervisor (SIGTERM)."""
    from kiosk.opening import open_entrance  # noqa: PLC0415 - loads the screen, which --help does not need

    return open_entrance(home)
