"""`kiosk roster`: who is in, who is late, what nobody does; live, full-screen."""

import click

from kiosk.cli.options import example, in_home
from kiosk.cli.reads import as_of_option, recorded_instant
from kiosk.home import Home


@click.command(epilog=example("kiosk roster", "kiosk roster --as-of 2026-11-19T10:30"))
@as_of_option
@in_home
def roster(home: Home, as_of: str | None) -> None:
    """The coordinator's live roster. It changes nothing; q leaves it."""
    from kiosk.roster.running import open_roster  # noqa: PLC0415 - loads the screen, which --help does not need

    open_roster(home, None if as_of is None else recorded_instant(home, as_of))
