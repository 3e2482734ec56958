"""`kiosk hub-certificate`: a certificate for the hub, without openssl."""

import re
from ipaddress import ip_address
from pathlib import Path

import click

from domain.clock import MachineClock
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, pass_home_folder
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_folder import demand_writable_home
from kiosk.hub_certificate import CERTIFICATE_FILE, CERTIFICATE_KEY, make_certificate
from kiosk.settings import load_zone
from kiosk.words.hub import HubHelp, HubText

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?=.{{1,253}}\Z)(\*\.)?{_LABEL}(\.{_LABEL})*", re.IGNORECASE)
"""A name in the name service; other scripts are written as xn--. `*.` stands for each name before a domain."""


@click.command(
    "hub-certificate",
    epilog=format_example(
        "kiosk hub-certificate --host hub.example.org --host 192.0.2.10",
        "kiosk hub-certificate --units /srv/units --host '*.hub.example.org'",
    ),
    help=HubHelp.HUB_CERTIFICATE.fill(),
)
@click.option(
    "--host", "hosts", multiple=True, required=True, metavar="NAME", help=HubHelp.OPTION_CERTIFIED_HOST.fill()
)
@click.option("--units", type=FOLDER_TYPE, metavar="DIR", help=HubHelp.OPTION_CERTIFIED_UNITS.fill())
@pass_home_folder
def hub_certificate(home: Path, hosts: tuple[str, ...], units: Path | None) -> None:
    """Make a certificate in the home."""
    for host in hosts:
        if not _is_host(host):
            raise UserError(HubText.BAD_HOST.fill(host=host))
    if units is None:
        demand_writable_home(home)
    elif not units.is_dir():
        raise UserError(HubText.NO_UNITS.fill(folder=units))
    folder = units or home
    for name in (CERTIFICATE_FILE, CERTIFICATE_KEY):
        if (folder / name).exists():
            raise UserError(HubText.CERTIFICATE_EXISTS.fill(path=folder / name), EXIT_NO)
    made = make_certificate(folder, hosts, MachineClock().now())
    until = made.until.astimezone(load_zone(folder)).date()
    path = folder / CERTIFICATE_FILE
    click.echo(HubText.CERTIFICATE_MADE.fill(path=path, until=until, fingerprint=made.fingerprint))


def _is_host(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return HOST.fullmatch(host) is not None
    return True
