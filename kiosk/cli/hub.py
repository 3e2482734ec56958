"""`kiosk hub`: the desk and the kiosks of a unit, served until a signal ends it."""

from contextlib import suppress

import click

from domain.clock import MachineClock
from kiosk.cli.desk import pass_place
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import pass_home
from kiosk.desk.server import Place
from kiosk.home import Home
from kiosk.hub.certificate import read_certificate, use_own_certificate
from kiosk.hub.server import serve_hub
from kiosk.words.hub import HubHelp, HubText


@click.command(
    epilog=format_example(
        "kiosk hub --address 0.0.0.0 --host hub.example.org",
        "kiosk hub --address 0.0.0.0 --host hub.example.org --certificate hub.pem --key hub.key",
        "kiosk hub --trusted-proxy 127.0.0.1 --host hub.example.org",
    ),
    help=HubHelp.HUB.fill(),
)
@pass_home
@pass_place
def hub(place: Place, home: Home) -> None:
    """Serve the hub."""
    place = use_own_certificate(place, home.path)
    text = HubText.BEHIND_PROXY if place.proxy else HubText.LISTENS

    def report(url: str) -> None:
        click.echo(text.fill(url=url, proxy=place.proxy))
        _warn_of_end(place, home)

    serve_hub(home, place, report)


def _warn_of_end(place: Place, home: Home) -> None:
    with suppress(OSError, ValueError):  # what is read with it is what uvicorn reads
        if place.certificate and (known := read_certificate(place.certificate)).is_near_end(MachineClock().now()):
            until = known.until.astimezone(home.zone).date()
            click.echo(HubText.CERTIFICATE_ENDS.fill(path=place.certificate, until=until), err=True)
