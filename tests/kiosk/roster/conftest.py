import shutil
from pathlib import Path

import pytest

from kiosk.accounts.coordinators import Coordinators
from kiosk.accounts.pins import Pin
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from tests.kiosk.roster.authenticated import LIN, PIN
from tests.kiosk.roster.morning_data import MORNING
from tests.support.kiosk_program import run_kiosk, write_batch


@pytest.fixture(scope="session")
def _morning_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a simulation to which the batch of the morning was applied, to be copied."""
    folder = tmp_path_factory.mktemp("morning")
    Home.make(folder / "home", simulation=True).close()
    ended = run_kiosk("apply", write_batch(folder / "morning.jsonl", *MORNING), "--home", folder / "home")
    assert ended.err == ""
    return folder / "home"


@pytest.fixture
def home(_morning_home: Path, tmp_path: Path) -> Path:
    """A simulated home at 10:10 of the morning in `morning_data`."""
    return shutil.copytree(_morning_home, tmp_path / "home")


@pytest.fixture
def home_with_pin(home: Path) -> Path:
    """The morning, with a coordinator who has a PIN."""
    with Home.open(home) as opened:
        Coordinators(opened).set_pin(LIN, Pin(PIN), opened.people.ensure_actor(SYSTEM_ACTOR))
    return home
