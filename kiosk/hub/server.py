"""Serves the hub of a home: its desk, and beside it the addresses for its kiosks."""

import resource
import ssl
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

from starlette.routing import Route

from kiosk.desk.pages import Pages
from kiosk.desk.server import Neighbour, Place, serve_desk
from kiosk.home import Home
from kiosk.hub.app import HubApp, Shared
from kiosk.hub.bodies import BodyGate
from kiosk.hub.unit import HubUnit
from kiosk.hub_certificate import CERTIFICATE_FILE, CERTIFICATE_KEY

MOST_CONNECTIONS = 4_000
"""Each kiosk holds two, while it waits for news."""
OLDEST_TLS = ssl.TLSVersion.TLSv1_3
"""Every kiosk is a program of ours, and every browser of the last years speaks it."""
FILES_BESIDE = 200
"""Open files that are no connections."""


def build_neighbour(home: Home, now: Callable[[], float] = monotonic, gate: BodyGate | None = None) -> Neighbour:
    """What is served for kiosks beside the desk of a home. `now`: seconds on a stopwatch."""
    unit = HubUnit(home, now)
    app = HubApp(unit, Shared(gate))
    return Neighbour(_HubSection(app), app.stop, unit.lock.close, OLDEST_TLS, MOST_CONNECTIONS)


class _HubSection:
    """Kiosks have no account at the desk: each message proves itself."""

    def __init__(self, app: HubApp) -> None:
        self._app = app

    def list_routes(self, _: Pages, /) -> Iterable[Route]:
        """The addresses for kiosks."""
        return self._app.list_routes()


def serve_hub(home: Home, place: Place, report: Callable[[str], None]) -> None:
    """Serve the hub of a home until a signal ends it; `report` is given its address. Raises: UserError."""
    allow_connections(MOST_CONNECTIONS + FILES_BESIDE)
    serve_desk(home, place, report, build_neighbour(home))


def use_own_certificate(place: Place, home: Path) -> Place:
    """Where to serve, with the certificate of the home, where it has one and no other was given."""
    own = home / CERTIFICATE_FILE, home / CERTIFICATE_KEY
    if place.certificate or place.key or place.proxy or not all(file.exists() for file in own):
        return place
    return place._replace(certificate=own[0], key=own[1])


def allow_connections(wanted: int) -> None:
    """As many open files as the system lets this program have; most begin with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
