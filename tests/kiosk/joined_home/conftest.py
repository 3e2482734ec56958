"""A unit, made once, and kiosks that have joined its hub."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from kiosk.home import Home
from tests.support.joined_kiosk import join, make_unit, send


@pytest.fixture(scope="session")
def made_unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a unit that is not written to."""
    return make_unit(tmp_path_factory.mktemp("unit") / "home")


@pytest.fixture
def unit(made_unit: Path, tmp_path: Path) -> Iterator[Home]:
    """The unit, open, to be written to."""
    copytree(made_unit, tmp_path / "unit")
    with Home.open(tmp_path / "unit") as home:
        yield home


@pytest.fixture
def side(unit: Home, tmp_path: Path) -> Path:
    """The home of a kiosk called side, with all that its unit has recorded."""
    path = join(tmp_path / "side", unit)
    send(path, unit)
    return path
