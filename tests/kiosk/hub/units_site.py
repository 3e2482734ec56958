"""A hub that serves several units, each an own home, and browsers and kiosks that call one of them by its name."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from typing_extensions import override

from kiosk.desk.server import Place, run_in_thread
from kiosk.hub.units_app import build_units_server
from tests.kiosk.desk.conftest import Browser, Page
from tests.support.hub_client import HubAddress


class UnitBrowser(Browser):
    """A browser at the desk of one unit. Names under `localhost` are this machine in every browser."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(port)
        self.host = host

    @override
    def send(self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]) -> Page:
        return super().send(method, path, body, {"Host": self.host, **headers})


class UnitsSite(NamedTuple):
    """A hub that is served."""

    folder: Path
    port: int

    def name_host(self, unit: str) -> str:
        return f"{unit}.localhost:{self.port}"

    def find_hub(self, unit: str) -> HubAddress:
        """Where the kiosks of a unit find its hub."""
        return HubAddress("127.0.0.1", self.port, self.name_host(unit))

    def open_browser(self, unit: str, account: str | None = None) -> UnitBrowser:
        """A browser at the desk of a unit, logged in where an account is named."""
        browser = UnitBrowser(self.name_host(unit), self.port)
        if account:
            assert browser.log_in(account).status == 303
        return browser


@contextmanager
def serve_units_in(folder: Path) -> Generator[UnitsSite]:
    """The units in a folder, on a free port, until the test is done."""
    place = Place(port=0)
    with run_in_thread(folder, place, lambda port: build_units_server(folder, (), place, port)) as url:
        port = urlsplit(url).port
        assert port
        yield UnitsSite(folder, port)
