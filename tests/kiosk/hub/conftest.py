"""The hub of one home, in which every command was carried out; each test has kiosks of its own."""

from collections.abc import Callable, Generator
from itertools import count
from pathlib import Path
from shutil import copytree
from time import monotonic

import pytest

from kiosk.home import Home
from tests.support.hub_client import HubAddress, JoinedKiosk, join_kiosk, serve_hub_of
from tests.support.source_doors import SourceDoor

_NUMBERS = count(1)


class Stopwatch:
    """The seconds of a hub, which a test moves on."""

    def __init__(self) -> None:
        self.moved = 0.0

    def read(self) -> float:
        return monotonic() + self.moved


@pytest.fixture(scope="package")
def home(marked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Home]:
    """The home."""
    with Home.open(copytree(marked_home, tmp_path_factory.mktemp("hub") / "home")) as opened:
        yield opened


@pytest.fixture(scope="package")
def stopwatch() -> Stopwatch:
    """By which nonces and tokens grow old."""
    return Stopwatch()


@pytest.fixture(scope="package")
def hub(home: Home, stopwatch: Stopwatch) -> Generator[HubAddress]:
    """Its hub."""
    with serve_hub_of(home, now=stopwatch.read) as address:
        yield address


@pytest.fixture
def join(home: Home, hub: HubAddress) -> Callable[[], JoinedKiosk]:
    """Makes a kiosk with a name of its own, which has joined and is heard."""
    return lambda: join_kiosk(home, hub, SourceDoor(f"kiosk-{next(_NUMBERS)}"))


@pytest.fixture
def kiosk(join: Callable[[], JoinedKiosk]) -> JoinedKiosk:
    """Such a kiosk."""
    return join()
