"""`kiosk desk`: the coordinator's web pages, served until a signal ends them."""

from collections.abc import Callable
from functools import reduce, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, WholeNumber, pass_home
from kiosk.desk.server import ADDRESS, PORT, Place, serve_desk
from kiosk.home import Home
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText

P = ParamSpec("P")
R = TypeVar("R")

PLACE_OPTIONS = (
    click.option("--address", default=ADDRESS, metavar="IP", help=HelpText.OPTION_ADDRESS.fill(address=ADDRESS)),
    click.option("--port", type=WholeNumber(0, 65535), default=PORT, help=HelpText.OPTION_PORT.fill(port=PORT)),
    click.option("--certificate", type=FOLDER_TYPE, metavar="FILE", help=HelpText.OPTION_CERTIFICATE.fill()),
    click.option("--key", type=FOLDER_TYPE, metavar="FILE", help=HelpText.OPTION_KEY.fill()),
    click.option("--host", "hosts", multiple=True, metavar="NAME", help=HelpText.OPTION_HOST.fill()),
    click.option("--trusted-proxy", "proxy", metavar="IP", help=HelpText.OPTION_TRUSTED_PROXY.fill()),
)
"""Where to serve, the first of them first in the help."""
PLACE_NAMES = ("address", "port", "certificate", "key", "hosts", "proxy")


def pass_place(command: Callable[Concatenate[Place, P], R]) -> Callable[P, R]:
    """Give a command where it is to serve, as its options say, as its first argument."""

    @wraps(command)
    def with_place(*args: P.args, **kwargs: P.kwargs) -> R:
        chosen: dict[str, Any] = {name: kwargs.pop(name) for name in PLACE_NAMES}
        return command(Place(**chosen), *args, **kwargs)

    return reduce(lambda decorated, option: option(decorated), reversed(PLACE_OPTIONS), with_place)  # pyright: ignore[reportReturnType] - click adds the arguments that are missing here


@click.command(
    epilog=format_example(
        "kiosk desk",
        "kiosk desk --address 0.0.0.0 --host desk.example.org --certificate desk.pem --key desk.key",
        "kiosk desk --trusted-proxy 127.0.0.1 --host desk.example.org",
    ),
    help=HelpText.DESK.fill(),
)
@pass_home
@pass_place
def desk(place: Place, home: Home) -> None:
    """Serve the desk."""
    text = CommandLineText.DESK_BEHIND_PROXY if place.proxy else CommandLineText.DESK_LISTENS
    serve_desk(home, place, lambda url: click.echo(text.fill(url=url, proxy=place.proxy)))
