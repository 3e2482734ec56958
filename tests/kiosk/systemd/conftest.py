"""The installed program, where the user of the units can start it, and units that are written for a home."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.home import Home
from kiosk.systemd.install import build_unit_files, install_files
from kiosk.systemd.units import build_settings
from tests.support.kiosk_program import KIOSK
from tests.support.public_program import find_service_user, is_usable, make_public_program

USER = "nobody"
"""A user that every machine has, and that is not root."""


@pytest.fixture(scope="module")
def program() -> Iterator[Path]:
    """The installed program, where its user can start it."""
    if os.geteuid() != 0:
        yield KIOSK
        return
    with make_public_program() as public:
        if not is_usable(public, find_service_user()):
            pytest.skip(f"{find_service_user()} cannot read this checkout: nobody can say whether the program starts")
        yield public


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """An empty folder for unit files."""
    (tmp_path / "units").mkdir()
    return tmp_path / "units"


def write_units(home: Path, folder: Path, backups: Path | None = None) -> dict[str, str]:
    """The files for a home, written; a simulation gets units too, where nobody asks whether it should."""
    with Home.open(home) as opened:
        files = build_unit_files(build_settings(opened, KIOSK, USER, folder, backups))
    install_files(files, folder)
    return files
