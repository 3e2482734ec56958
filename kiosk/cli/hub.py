"""`kiosk hub`: the desk and the kiosks of a unit, served until a signal ends it."""

import click

from kiosk.cli.desk import pass_place
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import pass_home
from kiosk.desk.server import Place
from kiosk.home import Home
from kiosk.hub.server import serve_hub
from kiosk.words.hub import HubHelp, HubText


@click.command(
    epilog=format_example(
        "kiosk hub --address 0.0.0.0 --host hub.example.org --certificate hub.pem --key hub.key",
        "kiosk hub --trusted-proxy 127.0.0.1 --host hub.example.org",
    ),
    help=HubHelp.HUB.fill(),
)
@pass_home
@pass_place
def hub(place: Place, home: Home) -> None:
    """Serve the hub."""
    text = HubText.BEHIND_PROXY if place.proxy else HubText.LISTENS
    serve_hub(home, place, lambda url: click.echo(text.fill(url=url, proxy=place.proxy)))
