"""Serves the desk with uvicorn until a signal stops it; the pages' sources are composed from the home here.

Rule: loopback unless asked otherwise, alone or behind a proxy that speaks TLS, and another address only with a
certificate. A signal ends it within three seconds, with status 0, whatever browsers still look.
"""

import ipaddress
import os
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from starlette.types import ASGIApp

from kiosk.accounts.accounts import Accounts
from kiosk.desk.app import DeskApp, Section
from kiosk.desk.home_access import HomeCommands, HomeLock, HomeReader, SharedRoster
from kiosk.desk.pending.pages import PendingPages
from kiosk.desk.pending.source import HomePending
from kiosk.desk.sections import build_sections
from kiosk.desk.security import BehindProxy
from kiosk.desk.served.source import ServedSource
from kiosk.desk.unit.kiosk_source import KioskSource
from kiosk.desk.web_server import ServerConfig, TimeLimits, WebServer
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.log_messages import log_to_home
from kiosk.roster.source import HomeRosterSource
from kiosk.words.command_line import CommandLineText

ADDRESS, PORT = "127.0.0.1", 8440
SECONDS_TO_END = 1
"""For answers under way when a signal comes."""
MOST_CONNECTIONS = 500
USUAL_PORTS = {"http": 80, "https": 443}
"""Which a browser leaves out of the name."""


class Place(NamedTuple):
    """Where the desk is served."""

    address: str = ADDRESS
    port: int = PORT
    certificate: Path | None = None
    key: Path | None = None
    hosts: Sequence[str] = ()
    """Names by which browsers call it, beside the address; behind a proxy the only ones."""
    proxy: str | None = None
    """The IP address of a proxy that speaks TLS to the browsers, as it asks the desk."""
    limits: TimeLimits = TimeLimits()

    @property
    def scheme(self) -> str:
        """`https` with a certificate."""
        return "https" if self.certificate else "http"

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach it over TLS."""
        return self.certificate is not None or self.proxy is not None

    def demand_safe(self) -> None:
        """Check that passwords stay readable for nobody else. Raises: UserError."""
        try:
            is_loopback = ipaddress.ip_address(self.address).is_loopback
        except ValueError:
            raise UserError(CommandLineText.BAD_ADDRESS.fill(address=self.address)) from None
        if (self.certificate is None) != (self.key is None):
            raise UserError(CommandLineText.CERTIFICATE_AND_KEY.fill())
        if not is_loopback and self.certificate is None:
            raise UserError(CommandLineText.ADDRESS_NEEDS_CERTIFICATE.fill(address=self.address))
        self._demand_proxy()
        if self.certificate and self.key:
            _demand_certificate(self.certificate, self.key)

    def _demand_proxy(self) -> None:
        if self.proxy is None:
            return
        try:
            is_local = ipaddress.ip_address(self.proxy).is_loopback
        except ValueError:
            raise UserError(CommandLineText.BAD_PROXY.fill(proxy=self.proxy)) from None
        if not self.hosts:
            raise UserError(CommandLineText.PROXY_NEEDS_HOST.fill())
        if ipaddress.ip_address(self.address).is_loopback and not is_local:
            raise UserError(CommandLineText.PROXY_ELSEWHERE.fill(proxy=self.proxy, address=self.address))

    def format_host(self, name: str, port: int) -> str:
        """A name as a browser sends it."""
        bracketed = f"[{name}]" if ":" in name else name
        return bracketed if port == USUAL_PORTS[self.scheme] else f"{bracketed}:{port}"

    def list_hosts(self, port: int) -> list[str]:
        """Every name that the desk answers to."""
        if self.proxy:
            return list(self.hosts)
        own = ("localhost", "127.0.0.1", "::1") if ipaddress.ip_address(self.address).is_loopback else ()
        return [self.format_host(name, port) for name in (self.address, *own, *self.hosts)]


def _demand_certificate(certificate: Path, key: Path) -> None:
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        text = CommandLineText.BAD_CERTIFICATE.fill(certificate=certificate, key=key, reason=reason)
        raise UserError(text) from None


class Neighbour(NamedTuple):
    """What is served beside the desk, at the same address."""

    section: Section
    stop: Callable[[], Awaitable[None]]
    """Answer those who wait, in the event loop: the program ends."""
    close: Callable[[], None]
    """Let no thread of it ask the home any more."""
    oldest_tls: ssl.TLSVersion
    most_connections: int


BuildServer = Callable[[int], WebServer]
"""Given the port on which it is to answer."""


def serve_desk(home: Home, place: Place, report: Callable[[str], None], neighbour: Neighbour | None = None) -> None:
    """Serve the desk of a home until a signal ends it; `report` is given its address. Raises: UserError."""
    run_server(home.path, place, lambda port: build_server(home, place, port, neighbour), report)


def run_server(folder: Path, place: Place, build: BuildServer, report: Callable[[str], None]) -> None:
    """Run a server until a signal ends it; its messages are kept in a folder. Raises: UserError."""
    with _open_server(folder, place, build) as opened:
        report(opened.url)
        opened.server.run(sockets=[opened.listening])


@contextmanager
def serve_in_thread(home: Home, place: Place, neighbour: Neighbour | None = None) -> Generator[str]:
    """Serve the desk of a home in a thread of its own until the block ends; its address. Raises: UserError."""
    with run_in_thread(home.path, place, lambda port: build_server(home, place, port, neighbour)) as url:
        yield url


@contextmanager
def run_in_thread(folder: Path, place: Place, build: BuildServer) -> Generator[str]:
    """Run a server in a thread of its own until the block ends; its address. Raises: UserError."""
    with _open_server(folder, place, build) as opened:
        thread = threading.Thread(target=opened.server.run, args=([opened.listening],), daemon=True)
        thread.start()
        try:
            yield opened.url
        finally:
            opened.server.stop_from_outside()
            thread.join()


class _Opened(NamedTuple):
    """A server with the socket on which it is to answer."""

    server: WebServer
    listening: socket.socket
    url: str


@contextmanager
def _open_server(folder: Path, place: Place, build: BuildServer) -> Generator[_Opened]:
    place.demand_safe()
    with log_to_home(folder), _listen(place) as listening:
        port: int = listening.getsockname()[1]
        url = f"{place.scheme}://{place.format_host(place.address, port)}/"
        server = build(port)
        try:
            yield _Opened(server, listening, url)
        finally:
            server.let_go()


def build_server(home: Home, place: Place, port: int, neighbour: Neighbour | None = None) -> WebServer:
    """A server of the desk of a home, not yet running; its socket is handed to it."""
    desk, lock = compose_desk(home, place, [neighbour.section] if neighbour else [])

    async def end_streams() -> None:
        desk.feed.close()
        if neighbour:
            await neighbour.stop()

    def let_go() -> None:
        lock.close()
        if neighbour:
            neighbour.close()

    tls, most = (neighbour.oldest_tls, neighbour.most_connections) if neighbour else (None, MOST_CONNECTIONS)
    return WebServer(build_config(desk.build(place.list_hosts(port)), place, most, tls), end_streams, let_go)


def compose_desk(home: Home, place: Place, beside: Sequence[Section] = ()) -> tuple[DeskApp, HomeLock]:
    """The desk of a home with its sections and some more, and the lock under which it asks the read models."""
    reader = HomeReader(home)
    source, accounts, commands = HomeRosterSource(home), Accounts(home), HomeCommands(home, lock=reader.lock)
    pending = HomePending(reader, commands, source.pending)
    sections = [PendingPages(pending), *build_sections(reader, accounts, commands), *beside]
    served = ServedSource(reader, commands)
    desk = DeskApp(
        SharedRoster(reader, source),
        pending,
        accounts,
        sections,
        load_served=served.load_recent,
        list_missing_kiosks=KioskSource(reader, commands).list_missing,
        list_quarantine=lambda: reader.quarantine,
        is_secure=place.is_secure,
    )
    return desk, reader.lock


def build_config(app: ASGIApp, place: Place, most_connections: int, oldest_tls: ssl.TLSVersion | None) -> ServerConfig:
    """How an application is served."""
    config = ServerConfig(
        BehindProxy(app, place.proxy) if place.proxy else app,
        place.limits,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # what a browser states is believed of no one; what a proxy says, by `BehindProxy`
        timeout_graceful_shutdown=SECONDS_TO_END,
        limit_concurrency=most_connections,
        ssl_certfile=place.certificate,
        ssl_keyfile=place.key,
    )
    config.load()
    if config.ssl and oldest_tls:
        config.ssl.minimum_version = oldest_tls
    return config


@contextmanager
def _listen(place: Place) -> Generator[socket.socket]:
    family = socket.AF_INET6 if ":" in place.address else socket.AF_INET
    try:
        listening = socket.create_server((place.address, place.port), family=family)
    except OSError as error:
        text = CommandLineText.CANNOT_LISTEN.fill(
            address=place.address, port=place.port, reason=os.strerror(error.errno or 0)
        )
        raise UserError(text) from None
    with listening:
        yield listening
