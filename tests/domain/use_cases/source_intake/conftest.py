"""The hub of a log, of each kind of store; each test has kiosks of its own."""

from collections.abc import Iterator
from itertools import count

import pytest

from domain.model.kiosk_register import Alarm
from tests.support.log_stores import STORES, LogStore, build_store_of_kind
from tests.support.source_doors import Hub, SourceDoor, open_hub

_NUMBERS = count(1)


@pytest.fixture(scope="package", params=STORES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LogStore:
    """A place for a hub's log, of each kind; one for all tests, in which each has kiosks of its own."""
    return build_store_of_kind(request, tmp_path_factory.mktemp("hub"))


@pytest.fixture(scope="package")
def hub(store: LogStore) -> Iterator[Hub]:
    with open_hub(store) as hub:
        yield hub


@pytest.fixture
def door(hub: Hub) -> SourceDoor:
    """A kiosk that has joined, with ten taps."""
    return join_kiosk(hub)


def build_door() -> SourceDoor:
    """A kiosk with a name of its own."""
    return SourceDoor(f"kiosk {next(_NUMBERS)}")


def join_kiosk(hub: Hub, taps: int = 10) -> SourceDoor:
    door = build_door()
    hub.admit(door)
    door.tap(taps)
    return door


def find_alarm(hub: Hub, door: SourceDoor) -> Alarm | None:
    return hub.intake.load_register().find(door.log_id).alarm
