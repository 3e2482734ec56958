"""Serves many units from one address: whose a request is, its host name says, and nothing else.

Rule: a name that is no unit's is answered as a wrong name of a desk is, so that nobody learns which units there are.
Sessions, tokens and codes are each unit's own.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from ssl import TLSVersion

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from kiosk.desk.security import Protected
from kiosk.desk.server import Place, WebServer, build_config, run_server
from kiosk.errors import UserError
from kiosk.hub.app import MEDIA_TYPE
from kiosk.hub.on_demand import RETRY_SECONDS, CannotBeUsed
from kiosk.hub.refusals import build_busy
from kiosk.hub.server import FILES_BESIDE, allow_connections
from kiosk.hub.turns import NoTurn
from kiosk.hub.units import MOST_HOMES, UnitNames, Units
from kiosk.log_messages import naming_unit
from kiosk.wire_protocol.encoding import encode
from kiosk.wire_protocol.messages import CHALLENGE, EXCHANGE, JOIN, NAMES, SESSION
from kiosk.words.hub import HubText

MESSAGES = frozenset({JOIN, CHALLENGE, SESSION, EXCHANGE, NAMES})
MOST_CONNECTIONS = 5_000
"""Two of each kiosk of a city, and its browsers."""
FILES_A_HOME = 4
SWEEP_SECONDS = 30.0
"""Between two looks for what is long idle."""


class UnitsApp:
    """The application."""

    def __init__(self, names: UnitNames, units: Units) -> None:
        self._names, self._units = names, units
        self._unknown = Protected(PlainTextResponse(""), ())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live as long as the server does."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            named = Headers(scope=scope).getlist("host")
            unit = self._names.find_unit(named[0]) if len(named) == 1 else None
            await (self._answer(unit, scope, receive, send) if unit else self._unknown(scope, receive, send))

    async def _answer(self, unit: str, scope: Scope, receive: Receive, send: Send) -> None:
        is_message = scope["path"] in MESSAGES
        parts = self._units.wires if is_message else self._units.desks
        with naming_unit(unit):
            try:
                async with parts.use(unit) as part:
                    await part.app(scope, receive, send)
            except (CannotBeUsed, NoTurn) as error:
                seconds = error.seconds if isinstance(error, NoTurn) else RETRY_SECONDS
                refusal = _refuse_message(seconds) if is_message else _refuse_page(seconds)
                await Protected(refusal, self._names.list_hosts(unit))(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        tasks = [asyncio.create_task(work) for work in (self._units.poller.run(), self._sweep())]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await self._units.close_all()
        await send({"type": "lifespan.shutdown.complete"})

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            await self._units.close_idle()


def _refuse_message(seconds: float) -> Response:
    return Response(encode(build_busy(seconds)), 503, media_type=MEDIA_TYPE)


def _refuse_page(seconds: float) -> Response:
    return PlainTextResponse(HubText.UNIT_CLOSED.fill(), 503, headers={"retry-after": f"{seconds:.0f}"})


def build_units_server(folder: Path, domains: tuple[str, ...], place: Place, port: int) -> WebServer:
    """A server of the units in a folder, not yet running; its socket is handed to it."""
    names = UnitNames(folder, domains, place, port)
    units = Units(folder, names, place)
    config = build_config(UnitsApp(names, units), place, MOST_CONNECTIONS, TLSVersion.TLSv1_3)
    return WebServer(config, units.end_streams, lambda: None)


def serve_units(folder: Path, domains: tuple[str, ...], place: Place, report: Callable[[str], None]) -> None:
    """Serve the units in a folder until a signal ends it; `report` is given its address. Raises: UserError."""
    if not folder.is_dir():
        raise UserError(HubText.NO_UNITS.fill(folder=folder))
    allow_connections(MOST_CONNECTIONS + FILES_A_HOME * MOST_HOMES + FILES_BESIDE)
    run_server(folder, place, lambda port: build_units_server(folder, domains, place, port), report)
