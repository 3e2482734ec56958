"""The installed program, where the user of the units can start it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.kiosk_program import KIOSK
from tests.support.public_program import find_service_user, is_usable, make_public_program


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
