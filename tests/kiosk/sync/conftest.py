"""A hub with a unit, and a kiosk of it with its two lines, for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.exchange_lines import Lines, open_lines
from tests.support.hub_site import HubSite, serve_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubSite]:
    with serve_site(tmp_path_factory.mktemp("site") / "unit") as served:
        yield served


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Of the kiosk: each test has one of its own."""
    return request.node.name[-50:]


@pytest.fixture
def lines(site: HubSite, tmp_path: Path, name: str) -> Iterator[Lines]:
    with open_lines(site.join(tmp_path / "kiosk", name), site.url) as opened:
        yield opened
