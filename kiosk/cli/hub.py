"""`kiosk hub`: the desk and the kiosks of a unit, or of many units, served until a signal ends it."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import click

from domain.clock import MachineClock
from kiosk.cli.desk import pass_place
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, pass_home_folder
from kiosk.desk.server import USUAL_PORTS, Place
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_files import HUB_LOCK, hold_lock_file, is_held
from kiosk.hub.metrics import serve_metrics
from kiosk.hub.server import serve_hub, use_own_certificate
from kiosk.hub.units import UnitNames, is_unit, list_units
from kiosk.hub.units_app import serve_units
from kiosk.hub_certificate import read_certificate
from kiosk.words.hub import HubHelp, HubText


@click.command(
    epilog=format_example(
        "kiosk hub --address 0.0.0.0 --host hub.example.org",
        "kiosk hub --address 0.0.0.0 --host hub.example.org --certificate hub.pem --key hub.key",
        "kiosk hub --trusted-proxy 127.0.0.1 --host hub.example.org",
        "kiosk hub --units /srv/units --domain hub.example.org --address 0.0.0.0 --certificate hub.pem --key hub.key",
    ),
    help=HubHelp.HUB.fill(),
)
@click.option("--units", type=FOLDER_TYPE, metavar="DIR", help=HubHelp.OPTION_UNITS.fill())
@click.option("--domain", "domains", multiple=True, metavar="NAME", help=HubHelp.OPTION_DOMAIN.fill())
@click.option("--metrics", metavar="IP:PORT", help=HubHelp.OPTION_METRICS.fill())
@pass_home_folder
@pass_place
def hub(place: Place, folder: Path, units: Path | None, domains: tuple[str, ...], metrics: str | None) -> None:
    """Serve the hub."""
    place = use_own_certificate(place, units or folder)
    text = HubText.BEHIND_PROXY if place.proxy else HubText.LISTENS

    def report(url: str) -> None:
        click.echo(text.fill(url=url, proxy=place.proxy))
        if units:
            _say_address_of_unit(units, domains, place, url)
        _warn_of_end(place)

    with ExitStack() as beside:
        if metrics:
            list_homes = (lambda: list_units(units)) if units else (lambda: {folder.absolute().name: folder})
            click.echo(HubText.METRICS_AT.fill(url=beside.enter_context(serve_metrics(metrics, list_homes))))
        if units:
            if units.is_dir():  # else it is refused
                beside.enter_context(_stay_alone(units))
                _demand_unserved(list_units(units).values())
            serve_units(units, domains, place, report)
        else:
            home = beside.enter_context(Home.open(folder))
            beside.enter_context(_stay_alone(folder))
            named = (folder.absolute(), folder.resolve())
            _demand_unserved(path.parent for path in named if is_unit(path.parent, path.name))
            serve_hub(home, place, report)


def _say_address_of_unit(units: Path, domains: tuple[str, ...], place: Place, url: str) -> None:
    """Of the first unit: the address that they share answers to none of them."""
    names = UnitNames(units, domains, place, urlsplit(url).port or USUAL_PORTS[place.scheme])
    unit = next(iter(list_units(units)), None)
    if unit and (hosts := names.list_hosts(unit)):
        scheme = "https" if place.proxy else place.scheme
        click.echo(HubText.UNIT_AT.fill(unit=unit, url=f"{scheme}://{hosts[0]}/"))


def _stay_alone(folder: Path) -> AbstractContextManager[None]:
    """One hub serves a folder: sessions of kiosks and waits for passwords are in its memory. Raises: UserError."""
    return hold_lock_file(folder / HUB_LOCK, HubText.RUNNING.fill(folder=folder))


def _demand_unserved(folders: Iterable[Path]) -> None:
    """A unit is served alone or in a folder of units: who holds its own lock looks for the other. Raises: UserError."""
    for folder in folders:
        if is_held(folder / HUB_LOCK):
            raise UserError(HubText.RUNNING.fill(folder=folder), EXIT_NO)


def _warn_of_end(place: Place) -> None:
    with suppress(OSError, ValueError):  # what is read with it is what uvicorn reads
        if place.certificate and (known := read_certificate(place.certificate)).is_near_end(MachineClock().now()):
            text = HubText.CERTIFICATE_ENDS.fill(path=place.certificate, until=known.until.date())
            click.echo(HubText.CERTIFICATE_WARNING.fill(text=text), err=True)
