"""`kiosk desk`: the coordinator's web pages, served until a signal ends them."""

from pathlib import Path

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, pass_home
from kiosk.desk.server import ADDRESS, PORT, Place, serve_desk
from kiosk.home import Home
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example(
        "kiosk desk",
        "kiosk desk --address 0.0.0.0 --host desk.example.org --certificate desk.pem --key desk.key",
        "kiosk desk --trusted-proxy 127.0.0.1 --host desk.example.org",
    ),
    help=HelpText.DESK.fill(),
)
@click.option("--address", default=ADDRESS, metavar="IP", help=HelpText.OPTION_ADDRESS.fill(address=ADDRESS))
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, help=HelpText.OPTION_PORT.fill(port=PORT))
@click.option("--certificate", type=FOLDER_TYPE, metavar="FILE", help=HelpText.OPTION_CERTIFICATE.fill())
@click.option("--key", type=FOLDER_TYPE, metavar="FILE", help=HelpText.OPTION_KEY.fill())
@click.option("--host", "hosts", multiple=True, metavar="NAME", help=HelpText.OPTION_HOST.fill())
@click.option("--trusted-proxy", "proxy", metavar="IP", help=HelpText.OPTION_TRUSTED_PROXY.fill())
@pass_home
def desk(
    home: Home,
    address: str,
    port: int,
    certificate: Path | None,
    key: Path | None,
    hosts: tuple[str, ...],
    proxy: str | None,
) -> None:
    """Serve the desk."""
    text = CommandLineText.DESK_BEHIND_PROXY if proxy else CommandLineText.DESK_LISTENS
    place = Place(address, port, certificate, key, hosts, proxy)
    serve_desk(home, place, lambda url: click.echo(text.fill(url=url, proxy=proxy)))
