"""`kiosk hub-certificate`: a certificate for the hub, without openssl."""

import re
from ipaddress import ip_address

import click

from domain.clock import MachineClock
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import pass_home
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.hub_certificate import CERTIFICATE_FILE, CERTIFICATE_KEY, make_certificate
from kiosk.words.hub import HubHelp, HubText

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*", re.IGNORECASE)
"""A name in the name service; other scripts are written as xn--."""


@click.command(
    "hub-certificate",
    epilog=format_example("kiosk hub-certificate --host hub.example.org --host 192.0.2.10"),
    help=HubHelp.HUB_CERTIFICATE.fill(),
)
@click.option(
    "--host", "hosts", multiple=True, required=True, metavar="NAME", help=HubHelp.OPTION_CERTIFIED_HOST.fill()
)
@pass_home
def hub_certificate(home: Home, hosts: tuple[str, ...]) -> None:
    """Make a certificate in the home."""
    for host in hosts:
        if not _is_host(host):
            raise UserError(HubText.BAD_HOST.fill(host=host))
    for name in (CERTIFICATE_FILE, CERTIFICATE_KEY):
        if (home.path / name).exists():
            raise UserError(HubText.CERTIFICATE_EXISTS.fill(path=home.path / name), EXIT_NO)
    made = make_certificate(home.path, hosts, MachineClock().now())
    until = made.until.astimezone(home.zone).date()
    path = home.path / CERTIFICATE_FILE
    click.echo(HubText.CERTIFICATE_MADE.fill(path=path, until=until, fingerprint=made.fingerprint))


def _is_host(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return HOST.fullmatch(host) is not None
    return True
