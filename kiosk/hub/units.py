"""The units of a hub that serves many: each a home in one folder, called by its name under a domain.

Rule: of a unit only what is asked for is open: for its kiosks the home, for its people the desk, over a home opened
again. A home that cannot be opened is named in the messages and answered for with 503; all others go on.
"""

import ipaddress
import logging
import re
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import NamedTuple, TypeVar

from anyio import to_thread
from starlette.applications import Starlette
from starlette.types import ASGIApp

from domain.log.errors import LogError
from domain.log.writer_lock import LOCK_TIMEOUT
from kiosk.desk.app import DeskApp
from kiosk.desk.home_access import HomeLock
from kiosk.desk.security import Protected
from kiosk.desk.server import Place, compose_desk
from kiosk.desk.sessions import IDLE_SECONDS
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import HUB_LOCK, is_held
from kiosk.hub.app import HubApp, Shared
from kiosk.hub.log_watch import PositionPoller
from kiosk.hub.on_demand import CannotBeUsed, OnDemand
from kiosk.hub.unit import HubUnit
from kiosk.input_files import SETTINGS_FILE
from kiosk.words.hub import HubText
from kiosk.words.log_errors import explain_trouble

P = TypeVar("P")
LOG = logging.getLogger(__name__)
MOST_DESKS = 100
"""Open at once; for one more that is asked for, the one is closed that was longest unused."""
MOST_HOMES = 2_000
"""Open at once for kiosks."""
MOST_THREADS = 32
"""That work for kiosks at once."""
OPEN_TIMEOUT = 2.0
"""Seconds for which a program that holds a home keeps it from being opened: its kiosks come back."""
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
"""What stands before a dot in the name of a machine."""


def is_unit(folder: Path, name: str) -> bool:
    """Whether a home that can be called by its name is in a folder, usable or not."""
    return bool(_LABEL.fullmatch(name)) and (folder / name / SETTINGS_FILE).exists()


def list_units(folder: Path) -> dict[str, Path]:
    """The homes of the units in a folder, by name; none where it cannot be read now."""
    try:
        names = sorted(entry.name for entry in folder.iterdir() if is_unit(folder, entry.name))
    except OSError:
        return {}
    return {name: folder / name for name in names}


class UnitNames:
    """By which names the units are called."""

    def __init__(self, folder: Path, domains: tuple[str, ...], place: Place, port: int) -> None:
        self._folder = folder
        own = ("localhost",) if ipaddress.ip_address(place.address).is_loopback and not place.proxy else ()
        self._ends = [self._format_end(domain.lower(), place, port) for domain in (*domains, *own)]

    @staticmethod
    def _format_end(domain: str, place: Place, port: int) -> str:
        return f".{domain if place.proxy else place.format_host(domain, port)}"

    def find_unit(self, host: str) -> str | None:
        """The unit that is called by a name with its port; None where no unit is."""
        called = host.lower()
        for end in self._ends:
            name = called.removesuffix(end)
            if name != called and is_unit(self._folder, name):
                return name
        return None

    def list_hosts(self, unit: str) -> list[str]:
        """What a unit answers to."""
        return [f"{unit}{end}" for end in self._ends]


class WirePart(NamedTuple):
    """What is open of a unit for its kiosks."""

    home: Home
    unit: HubUnit
    hub: HubApp
    app: ASGIApp


class DeskPart(NamedTuple):
    """What is open of a unit for its people."""

    home: Home
    desk: DeskApp
    lock: HomeLock
    app: ASGIApp
    following: AsyncExitStack


class Units:
    """The units that are open."""

    def __init__(self, folder: Path, names: UnitNames, place: Place) -> None:
        self._folder, self._names, self._place = folder, names, place
        self._reported: dict[str, str] = {}
        """Why a unit cannot be opened."""
        self._shared = Shared(most_threads=MOST_THREADS)
        self.poller = PositionPoller()
        self.wires = OnDemand(self._open_wire, self._close_wire, most=MOST_HOMES, idle_seconds=IDLE_SECONDS)
        self.desks = OnDemand(self._open_desk, self._close_desk, most=MOST_DESKS, idle_seconds=IDLE_SECONDS)

    async def end_streams(self) -> None:
        """Answer all who wait for something new: the server is to end."""
        for wire in self.wires.list_open():
            await wire.hub.stop()
        for part in self.desks.list_open():
            part.desk.feed.close()

    async def close_idle(self) -> None:
        """Close what was not used for long: every session of such a desk is over."""
        await self.wires.close_idle()
        await self.desks.close_idle()

    async def close_all(self) -> None:
        """Close everything."""
        await self.wires.close_all()
        await self.desks.close_all()

    # --- Opening and closing ---

    async def _open(self, name: str, build: Callable[[Home], P]) -> P:
        """What is built over the home of a unit, in a thread. Raises: CannotBeUsed."""

        def open_and_build() -> P:
            with ExitStack() as opened:
                if is_held(self._folder / name / HUB_LOCK):  # begun since, or by another way to the folder
                    raise UserError(HubText.RUNNING.fill(folder=self._folder / name))
                home = opened.enter_context(Home.open(self._folder / name, timeout=OPEN_TIMEOUT))
                home.log.limit_wait(LOCK_TIMEOUT)
                part = build(home)
                opened.pop_all()
                return part

        try:
            part = await to_thread.run_sync(open_and_build)
        except (UserError, LogError) as error:
            self._report(name, explain_trouble(error))
            raise CannotBeUsed(name) from None
        self._reported.pop(name, None)
        return part

    def _report(self, name: str, reason: str) -> None:
        """Once, however often it is asked for."""
        if self._reported.get(name) != reason:
            LOG.warning("%s", HubText.CANNOT_OPEN.fill(unit=name, reason=reason))
        self._reported[name] = reason

    async def _open_wire(self, name: str) -> WirePart:
        home, unit = await self._open(name, lambda home: (home, HubUnit(home)))
        watch = self.poller.add(home.settings.store) if home.settings.store else None
        hub = HubApp(unit, self._shared, watch)
        app = Protected(Starlette(routes=hub.list_routes()), self._names.list_hosts(name))
        return WirePart(home, unit, hub, app)

    async def _close_wire(self, part: WirePart) -> None:
        if part.home.settings.store:
            self.poller.remove(part.home.settings.store)
        await to_thread.run_sync(lambda: _close(part.unit.lock, part.home))

    async def _open_desk(self, name: str) -> DeskPart:
        home, (desk, lock) = await self._open(name, lambda home: (home, compose_desk(home, self._place)))
        following = AsyncExitStack()
        await following.enter_async_context(desk.follow())
        return DeskPart(home, desk, lock, desk.build(self._names.list_hosts(name)), following)

    async def _close_desk(self, part: DeskPart) -> None:
        part.desk.feed.close()
        await part.following.aclose()
        await to_thread.run_sync(lambda: _close(part.lock, part.home))


def _close(lock: HomeLock, home: Home) -> None:
    lock.close()  # threads of requests that were not waited for may still ask
    home.close()
