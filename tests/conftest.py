from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cast import ANN, BEN, CAT
from tests.support.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office in which Ann, Ben and Cat serve."""
    office = Office(tmp_path, ANN, BEN, CAT)
    yield office
    office.close_down()
