"""A home in which Ann has come and gone, and a backup of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.backups.backup import back_up
from kiosk.home import Home
from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import ANNS_UNIT_LINES, ProgramResult, line

NIGHT = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
ANN_CAME = line("tap", "2026-11-19T08:58", card="04000000000001")
ANN_WENT = line("tap", "2026-11-19T12:01", card="04000000000001")


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    """A home in which Ann has come and gone."""
    assert apply(simulation, *ANNS_UNIT_LINES, ANN_CAME, ANN_WENT).status == 0
    return simulation


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    with Home.open(home) as opened:
        return back_up(opened, tmp_path / "usb", 14, NIGHT)[0]


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Where no home stands yet."""
    return tmp_path / "new"


def sentence(ended: ProgramResult) -> str:
    assert ended.err.count("\n") == 1, ended.err
    return ended.first_error_line.removeprefix("kiosk: ")
