from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.log.event_log import EventLog
from domain.log.sqlite import create_sqlite_log
from tests.support.toy_aggregates import NAMES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def log(path: Path) -> Iterator[EventLog]:
    log = create_sqlite_log(path, NAMES)
    yield log
    log.close()
