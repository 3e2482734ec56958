import shutil
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.kiosk.roster.morning_data import MORNING
from tests.support.kiosk_program import run_kiosk, write_batch


@pytest.fixture(scope="session")
def _morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a simulation in which the morning was carried out, to be copied."""
    folder = tmp_path_factory.mktemp("morning")
    Home.make(folder / "home", simulation=True).close()
    ended = run_kiosk("apply", write_batch(folder / "morning.jsonl", *MORNING), "--home", folder / "home")
    assert ended.err == ""
    return folder / "home"


@pytest.fixture
def home(_morning: Path, tmp_path: Path) -> Path:
    """A home in which the morning has come to 10:10."""
    return shutil.copytree(_morning, tmp_path / "home")
